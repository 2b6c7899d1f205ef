import { SECRET_RULES } from '../../src/core/secrets/rules/table';
import type { SecretRule } from '../../src/core/secrets/secretRule';
import { generate, seeded } from './generate';

/** A secret made up after the public format of its provider. */
export interface Token {
  readonly rule: string;
  readonly text: string;
}

const LEAST_PREFIX = 3;

/** Rules whose secrets say by how they begin whose they are. */
function isDistinctive({ prefixes, confidence, check }: SecretRule): boolean {
  const known = prefixes !== undefined && prefixes.every((prefix) => prefix.length >= LEAST_PREFIX);
  return known && (confidence ?? 'high') === 'high' && (check ?? 'format') === 'format';
}

/** `perRule` tokens of every distinctive rule, the same in every run. */
export function distinctiveTokens(perRule: number): readonly Token[] {
  const random = seeded(20_261_121);
  return SECRET_RULES.filter(isDistinctive).flatMap(({ id, pattern }) =>
    Array.from({ length: perRule }, () => ({ rule: id, text: generate(pattern.source, random) })),
  );
}
