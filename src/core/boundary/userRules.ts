import type { ExtraRule } from '../secrets/scanner';

/** What is wrong with a rule that a user wrote. */
export type UserRuleFault =
  | 'not-a-rule' // no object with an id and a pattern
  | 'bad-id'
  | 'duplicate-id'
  | 'bad-keywords'
  | 'not-a-regex'
  | 'too-long'
  | 'matches-nothing' // the empty text
  | 'unbounded'; // it could take minutes on a text made for it

export interface UserRules {
  readonly rules: readonly ExtraRule[];
  /** `at` is the place in the list, from 1. */
  readonly faults: readonly { readonly at: number; readonly fault: UserRuleFault }[];
}

const MOST_RULES = 100;
const LONGEST_PATTERN = 500;
const MOST_REPEATS = 4_096;
const ID = /^[a-z][a-z0-9-]{1,39}$/u;
const KEYWORD = /^[\x21-\x7e]{2,60}$/u;

/** Reads the list of a setting. A rule that cannot be used is named and left out; the others count. Never throws. */
export function readUserRules(value: readonly unknown[]): UserRules {
  const rules: ExtraRule[] = [];
  const faults: { at: number; fault: UserRuleFault }[] = [];
  value.slice(0, MOST_RULES).forEach((item, index) => {
    const read = readRule(item, rules);
    if (typeof read === 'string') faults.push({ at: index + 1, fault: read });
    else rules.push(read);
  });
  return { rules, faults };
}

function readRule(item: unknown, before: readonly ExtraRule[]): ExtraRule | UserRuleFault {
  if (typeof item !== 'object' || item === null || !('id' in item) || !('pattern' in item)) return 'not-a-rule';
  const { id, pattern } = item;
  if (typeof id !== 'string' || typeof pattern !== 'string') return 'not-a-rule';
  if (!ID.test(id)) return 'bad-id';
  if (before.some((rule) => rule.id === id)) return 'duplicate-id';
  const keywords: unknown = 'keywords' in item ? item.keywords : undefined;
  if (keywords !== undefined && !isKeywords(keywords)) return 'bad-keywords';
  return patternFault(pattern) ?? { id, pattern, ...(keywords === undefined ? {} : { keywords }) };
}

function isKeywords(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length > 0 && value.length <= 20 && value.every(isKeyword);
}

function isKeyword(value: unknown): boolean {
  return typeof value === 'string' && KEYWORD.test(value);
}

function patternFault(pattern: string): UserRuleFault | undefined {
  if (pattern.length > LONGEST_PATTERN) return 'too-long';
  try {
    if (new RegExp(pattern, 'u').test('')) return 'matches-nothing';
  } catch {
    return 'not-a-regex';
  }
  return isBounded(pattern) ? undefined : 'unbounded';
}

const TOKEN = /\\.|\[\^?\]?(?:\\.|[^\]\\]){0,200}\]|\{(\d{1,6})(,?)(\d{0,6})\}|[()*+?|]|[\s\S]/gsu;

/** No `*`, `+` or `{n,}`, no repeated group with a repetition in it, no back-reference: at worst polynomial and short. */
function isBounded(pattern: string): boolean {
  if (/\\[1-9k]/u.test(pattern)) return false;
  const groups: boolean[] = [false];
  let repeatsInside = false;
  for (const [token, least, comma, most] of pattern.matchAll(TOKEN)) {
    const times = timesOf(token, least, comma, most);
    if (times > MOST_REPEATS || (times > 0 && repeatsInside)) return false;
    if (times > 0) groups[groups.length - 1] = true;
    if (token === '(') groups.push(false);
    repeatsInside = token === ')' && closeGroup(groups);
  }
  return true;
}

/** How often a quantifier repeats at most; 0 for what is none, or does not repeat. */
function timesOf(token: string, least: string | undefined, comma = '', most = ''): number {
  if (token === '*' || token === '+') return Infinity;
  if (least === undefined) return 0;
  if (comma === '') return Number(least);
  return most === '' ? Infinity : Number(most);
}

/** True if something in the group that ends here is repeated; then so is something in the one around it. */
function closeGroup(groups: boolean[]): boolean {
  const inside = groups.pop() ?? false;
  if (inside) groups[groups.length - 1] = true;
  return inside;
}
