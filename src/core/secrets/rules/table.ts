import type { SecretRule } from '../secretRule';
import { AI_RULES } from './ai';
import { CLOUD_RULES } from './cloud';
import { CODE_RULES } from './code';
import { GENERIC_RULES } from './generic';
import { MONEY_RULES } from './money';
import { SAAS_RULES } from './saas';

/**
 * Every rule. Facts about token formats (prefix, alphabet, length, name), nothing else. Of overlapping matches the surer
 * names the replacement, then the one that stands first. To add a format, add a line to a table.
 */
export const SECRET_RULES: readonly SecretRule[] = [
  ...AI_RULES,
  ...CODE_RULES,
  ...CLOUD_RULES,
  ...MONEY_RULES,
  ...SAAS_RULES,
  ...GENERIC_RULES,
];
