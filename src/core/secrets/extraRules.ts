import { AgentDreamsError } from '../errors';
import type { SecretRule } from './secretRule';

/** A rule of the user's. */
export interface ExtraRule {
  /** Lower-case letters, digits and dashes. */
  readonly id: string;
  /** Source of a JavaScript regex; a group named `secret` marks what to redact. Every repetition must be bounded. */
  readonly pattern: string;
  /** One of them has to stand within 64 characters before the match or in it. */
  readonly keywords?: readonly string[];
}

const MOST_RULES = 100;
const LONGEST_PATTERN = 500;
const MOST_STEPS = 5_000;

function refuse(rule: string, problem: string, remedy: string): never {
  throw new AgentDreamsError('invalid-setting', `The secret rule "${rule}" ${problem}. ${remedy}`, { rule });
}

/** The pattern without what only looks like syntax: escapes and classes, each as one letter. */
function skeleton(pattern: string): string {
  return pattern.replace(/\\(?:u\{[^}]{0,8}\}|[pPk][{<][^}>]{0,64}[}>]|.)/gsu, 'a').replace(/\[[^\]]{0,500}\]/gu, 'a');
}

/** How many steps a bounded pattern may take at most, by the product of nested repetitions; throws if unbounded. */
function mostSteps(id: string, pattern: string): number {
  const text = skeleton(pattern);
  if (/[*+]|\{\d+,\}/u.test(text)) {
    refuse(id, 'repeats without a limit', 'Write a bounded repetition, such as {1,64}, in place of * or +.');
  }
  const totals: number[] = [0];
  const add = (steps: number): void => {
    totals.push((totals.pop() ?? 0) + steps);
  };
  let last = 1;
  for (const [token, least, most = least] of text.matchAll(/\{(\d{1,500})(?:,(\d{1,500}))?\}|./gsu)) {
    if (token === '(') {
      totals.push(0);
    } else if (token === ')') {
      last = Math.max(1, totals.pop() ?? 1);
      add(last);
    } else if (most !== undefined) {
      add(last * Math.max(0, Number(most) - 1) * last);
    } else {
      last = 1;
      add(1);
    }
  }
  return totals.reduce((sum, total) => sum + total, 0);
}

function compile(id: string, pattern: string): RegExp {
  try {
    return new RegExp(pattern, 'gu');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return refuse(id, `is no valid regular expression (${reason})`, 'Correct the pattern.');
  }
}

/** The longest letters that every match must hold, so that a rule without keywords needs not be tried everywhere. */
function literalRun(pattern: string): string | undefined {
  if (/[|?]|\{0/u.test(pattern.replace(/\(\?(?:<\w{1,64}>|:)/gu, '('))) return undefined;
  const bare = pattern.replace(/\(\?<\w+>|\\.|\[[^\]]*\]|.?\{[^}]*\}|[()^$.]/gu, '\n');
  const runs = bare.split('\n').filter((run) => /^[\x21-\x7e]{3,}$/u.test(run));
  return runs.sort((a, b) => b.length - a.length)[0]?.toLowerCase();
}

function toRule({ id, pattern, keywords }: ExtraRule): SecretRule {
  if (!/^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/u.test(id)) {
    refuse(id.slice(0, 64), 'has a name that cannot be used', 'Use lower-case letters, digits and dashes, 64 at most.');
  }
  if (pattern.length === 0 || pattern.length > LONGEST_PATTERN) {
    refuse(id, 'has a pattern that is empty or too long', `Use at most ${LONGEST_PATTERN} characters.`);
  }
  const compiled = compile(id, pattern);
  if (/\\[1-9k]/u.test(pattern)) refuse(id, 'refers back to a group', 'Remove the back reference.');
  if (compiled.test('')) refuse(id, 'matches the empty text', 'Let the pattern require at least one character.');
  if (mostSteps(id, pattern) > MOST_STEPS) {
    refuse(id, 'repeats too much', 'Nest no repetitions, and use smaller limits.');
  }
  const given = (keywords ?? []).map((keyword) => keyword.toLowerCase());
  const found = given.length > 0 ? given : [literalRun(pattern) ?? ''];
  if (!found.every((keyword) => /^[\x20-\x7e]{3,64}$/u.test(keyword))) {
    refuse(id, 'has no usable keyword', 'Add keywords: 3 to 64 plain letters that stand in or just before the secret.');
  }
  compiled.lastIndex = 0;
  return { id, provider: 'user', keywords: found, pattern: compiled, check: 'exact', floor: 0, confidence: 'high' };
}

/** The user's rules, checked. Throws AgentDreamsError `invalid-setting` that names the rule and says what to do. */
export function extraRules(rules: readonly ExtraRule[]): readonly SecretRule[] {
  if (rules.length > MOST_RULES) {
    refuse(rules[MOST_RULES]?.id ?? '', 'is one too many', `Keep at most ${MOST_RULES} rules.`);
  }
  return rules.map(toRule);
}
