import type { SecretMatch, SecretScanner } from '../ports';
import { decodedBase64, decodedPercent } from './encodedText';
import { exactRules, type ExactValue } from './exactValues';
import { extraRules, type ExtraRule } from './extraRules';
import { createKeywordIndex, type Keyword } from './keywordIndex';
import { toPlainText } from './plainText';
import { isPlausible } from './plausible';
import { SECRET_RULES } from './rules/table';
import type { SecretRule } from './secretRule';
import type { TextView } from './textView';

export type { ExactValue } from './exactValues';
export type { ExtraRule } from './extraRules';

/** What a scanner looks for beyond the built-in table. */
export interface ScannerOptions {
  /** Matched literally, also in escaped, percent-encoded and base64 text. Short and common values are ignored. */
  readonly exactValues?: readonly ExactValue[];
  /** Rules of the user's; throws `invalid-setting` for one that cannot be used safely. */
  readonly extraRules?: readonly ExtraRule[];
}

const BEFORE = 64;
const AFTER = 512;
const NEARBY = 400;
const NO_MATCHES: readonly RankedMatch[] = [];
const CONFIDENCE = { high: 0, medium: 1_000_000, low: 2_000_000 } as const;

interface RankedMatch extends SecretMatch {
  readonly rank: number;
}

interface Window {
  from: number;
  to: number;
}

/** The rules by the keywords that call for them. */
interface RuleIndex {
  readonly keywords: readonly Keyword[];
  /** Per keyword its rules. */
  readonly owners: readonly (readonly Owner[])[];
}

/**
 * A rule that a keyword calls for, and how the keyword is spelled if its case counts. What is asked at each keyword is
 * spelled out: all owners are alike to the compiler, unlike the rules.
 */
interface Owner {
  readonly index: number;
  readonly rule: SecretRule;
  readonly prefix: string | undefined;
  readonly wholeWord: boolean;
  readonly endsWord: boolean;
  readonly next: string | undefined;
  readonly nearby: string | undefined;
  /** Compiled when it is needed first. */
  pattern: RegExp | undefined;
}

function toOwner(rule: SecretRule, index: number, at: number): Owner {
  const { wholeWord = false, endsWord = false, next, nearby } = rule;
  return { index, rule, prefix: rule.prefixes?.[at], wholeWord, endsWord, next, nearby, pattern: undefined };
}

function indexRules(rules: readonly SecretRule[]): RuleIndex {
  const owners = new Map<string, Owner[]>();
  rules.forEach((rule, index) => {
    rule.keywords.forEach((keyword, at) => {
      const list = owners.get(keyword) ?? [];
      list.push(toOwner(rule, index, at));
      owners.set(keyword, list);
    });
  });
  const keywords = Array.from(owners, ([text, list]) => ({
    text,
    startsWord: list.every(({ prefix }) => prefix !== undefined),
  }));
  return { keywords, owners: [...owners.values()] };
}

function rankOf(rule: SecretRule, index: number): number {
  return CONFIDENCE[rule.confidence ?? 'high'] + index;
}

/** Where in the text the secret of a match stands. */
function secretRange(match: RegExpExecArray): readonly [start: number, secret: string] {
  const { secret, secret2, secret3 } = match.groups ?? {};
  const value = secret ?? secret2 ?? secret3;
  if (value === undefined) return [match.index, match[0]];
  return [match.index + match[0].lastIndexOf(value), value];
}

function isLower(code: number): boolean {
  return code >= 97 && code <= 122;
}

function isLetter(code: number): boolean {
  return isLower(code) || (code >= 65 && code <= 90);
}

function isAlphanumeric(code: number): boolean {
  return isLetter(code) || (code >= 48 && code <= 57);
}

function isInsideWord(text: string, start: number): boolean {
  return start > 0 && isLower(text.charCodeAt(start)) && isLower(text.charCodeAt(start - 1));
}

function beginsSecret(text: string, start: number, prefix: string): boolean {
  return !(start > 0 && isAlphanumeric(text.charCodeAt(start - 1))) && text.startsWith(prefix, start);
}

/** The one letter beyond ASCII that becomes one of ASCII. */
const KELVIN = '\u212a';

/** A few letters of other scripts get longer in lower case, and one turns into a "k"; then ASCII alone is changed. */
function inLowerCase(text: string): string {
  const lower = text.toLowerCase();
  if (lower.length === text.length && !text.includes(KELVIN)) return lower;
  return text.replace(/[A-Z]{1,64}/g, (letters) => letters.toLowerCase());
}

/** One search of one view. */
class Search {
  readonly matches: RankedMatch[] = [];
  /** Per rule, where its last match stood: nothing inside it is searched again. */
  private readonly last = new Map<number, Window>();
  private readonly windows = new Map<number, Window[]>();
  /** Per text that has to be nearby: none begins between `from` and `to`. */
  private readonly absent = new Map<string, Window>();

  constructor(
    private readonly rules: readonly SecretRule[],
    private readonly view: TextView,
  ) {}

  keyword(owner: Owner, start: number, end: number): void {
    if (!this.mayBegin(owner, start, end)) return;
    const { index, rule } = owner;
    owner.pattern ??= rule.pattern;
    const { pattern } = owner;
    if (!pattern.sticky) {
      this.widen(index, start - (rule.before ?? BEFORE), end + (rule.after ?? AFTER));
      return;
    }
    const last = this.last.get(index);
    if (last && start >= last.from && start < last.to) return;
    pattern.lastIndex = start;
    const match = pattern.exec(this.view.text);
    if (match && this.take(rule, index, match, 0)) {
      this.last.set(index, { from: match.index, to: match.index + match[0].length });
    }
  }

  finish(): readonly RankedMatch[] {
    for (const [index, list] of this.windows) {
      const rule = this.rules[index];
      if (rule) for (const window of list) this.searchWindow(rule, index, window);
    }
    return this.matches;
  }

  /** What can be told without the pattern. */
  private mayBegin({ prefix, wholeWord, endsWord, next, nearby }: Owner, start: number, end: number): boolean {
    const { text } = this.view;
    if (prefix !== undefined && !beginsSecret(text, start, prefix)) return false;
    if (wholeWord && isInsideWord(text, start)) return false;
    if (endsWord && isLetter(text.charCodeAt(end))) return false;
    if (next !== undefined && !next.includes(text.charAt(end))) return false;
    return nearby === undefined || this.isNearby(nearby, start);
  }

  private isNearby(wanted: string, start: number): boolean {
    const known = this.absent.get(wanted);
    // Keywords are not quite in order: what stands before the part that was looked through is not looked for again.
    if (known && start < known.from) return true;
    if (known && start <= known.to) return known.to - start <= NEARBY;
    const at = this.view.text.indexOf(wanted, start);
    const to = at < 0 ? Infinity : at;
    this.absent.set(wanted, { from: start, to });
    return to - start <= NEARBY;
  }

  private searchWindow(rule: SecretRule, index: number, window: Window): void {
    const from = Math.max(0, window.from);
    for (const match of this.view.text.slice(from, window.to).matchAll(rule.pattern)) {
      if (match.index > 0 || from === 0) this.take(rule, index, match, from);
    }
  }

  private widen(index: number, from: number, to: number): void {
    const list = this.windows.get(index);
    const last = list?.at(-1);
    if (last && from <= last.to && to >= last.from) {
      last.from = Math.min(last.from, from);
      last.to = Math.max(last.to, to);
    } else if (list) list.push({ from, to });
    else this.windows.set(index, [{ from, to }]);
  }

  private take(rule: SecretRule, index: number, match: RegExpExecArray, base: number): boolean {
    const [at, secret] = secretRange(match);
    if (secret === '' || !isPlausible(rule, match, secret)) return false;
    const start = this.view.start(base + at);
    const end = this.view.end(base + at + secret.length);
    this.matches.push({ rule: rule.id, start, end, secret, rank: rankOf(rule, index) });
    return true;
  }
}

/** Sorted and disjoint; of overlapping matches the union, named by the surest. */
function merge(matches: RankedMatch[]): SecretMatch[] {
  matches.sort((a, b) => a.start - b.start || b.end - a.end || a.rank - b.rank || b.secret.length - a.secret.length);
  const merged: RankedMatch[] = [];
  for (const match of matches) {
    const last = merged.at(-1);
    if (last && match.start < last.end) {
      const named = match.rank < last.rank ? match : last;
      merged[merged.length - 1] = { ...named, start: last.start, end: Math.max(last.end, match.end) };
    } else {
      merged.push(match);
    }
  }
  return merged.map(({ rule, start, end, secret }) => ({ rule, start, end, secret }));
}

/**
 * The scanner over the rule table. It reads the text as people see it (without colours and invisible characters, with
 * escapes resolved), then what percent encoding and base64 in it say, and maps everything back. No comment or marker in
 * the text switches it off. Linear: one pass for keywords, then bounded patterns at the keywords.
 */
export function createSecretScanner(options: ScannerOptions = {}): SecretScanner {
  const rules = [...exactRules(options.exactValues ?? []), ...SECRET_RULES, ...extraRules(options.extraRules ?? [])];
  const { keywords, owners } = indexRules(rules);
  const index = createKeywordIndex(keywords);

  function searchIn(view: TextView, lower: string): readonly RankedMatch[] {
    // Most texts are short and hold no keyword at all.
    let search: Search | undefined;
    index.search(lower, (keyword, start) => {
      search ??= new Search(rules, view);
      const end = start + (keywords[keyword]?.text.length ?? 0);
      for (const owner of owners[keyword] ?? []) search.keyword(owner, start, end);
    });
    return search?.finish() ?? NO_MATCHES;
  }

  return {
    scan(text) {
      const plain = toPlainText(text);
      const lower = inLowerCase(plain.text);
      const found = searchIn(plain, lower);
      const percent = decodedPercent(plain);
      const base64 = decodedBase64(plain, lower);
      if (found.length === 0 && percent === undefined && base64 === undefined) return [];
      const matches = [...found];
      for (const view of [percent, base64]) {
        if (view) matches.push(...searchIn(view, inLowerCase(view.text)));
      }
      return merge(matches);
    },
  };
}
