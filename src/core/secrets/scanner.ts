import type { SecretMatch, SecretScanner } from '../ports';
import { createKeywordAutomaton } from './keywordAutomaton';
import { toPlainText } from './plainText';
import { isPlausible } from './plausible';
import { SECRET_RULES } from './rules';
import type { SecretRule } from './secretRule';

const BEFORE = 64;
const AFTER = 512;

/** A value that is known to be secret: a line of an `.env` file, our own key. `name` tells people where it is from. */
export interface ExactValue {
  readonly name: string;
  readonly value: string;
}

/** A rule of the user's. */
export interface ExtraRule {
  /** Lower-case letters, digits and dashes. */
  readonly id: string;
  /** Source of a JavaScript regex; a group named `secret` marks what to redact. It must be bounded. */
  readonly pattern: string;
  /** One of them has to stand near; without any the rule is tried at every place. */
  readonly keywords?: readonly string[];
}

export interface ScannerOptions {
  readonly exactValues?: readonly ExactValue[];
  readonly extraRules?: readonly ExtraRule[];
}

interface Window {
  from: number;
  to: number;
}

interface RankedMatch extends SecretMatch {
  readonly rank: number;
}

/** Where each rule has to look: around its keywords, overlapping windows joined. */
type Windows = Map<number, Window[]>;

function addWindow(windows: Windows, rule: number, from: number, to: number): void {
  const list = windows.get(rule);
  const last = list?.at(-1);
  if (last && from <= last.to) last.to = Math.max(last.to, to);
  else if (list) list.push({ from, to });
  else windows.set(rule, [{ from, to }]);
}

function secretRange(match: RegExpExecArray): readonly [start: number, value: string] {
  const value = match.groups?.['secret'];
  if (value === undefined) return [match.index, match[0]];
  return [match.index + match[0].lastIndexOf(value), value];
}

function matchesIn(text: string, window: Window, rule: SecretRule, rank: number): RankedMatch[] {
  const from = Math.max(0, window.from);
  const part = text.slice(from, window.to);
  const found: RankedMatch[] = [];
  for (const match of part.matchAll(rule.pattern)) {
    if (match.index === 0 && from > 0) continue;
    const [start, value] = secretRange(match);
    if (!isPlausible(rule.check, match, value)) continue;
    found.push({ rule: rule.id, start: from + start, end: from + start + value.length, secret: value, rank });
  }
  return found;
}

/** Sorted and disjoint; of overlapping matches the union, named by the most specific. */
function merge(matches: RankedMatch[]): SecretMatch[] {
  matches.sort((a, b) => a.start - b.start || a.rank - b.rank);
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
 * The scanner over the rule table. Colours and invisible characters are removed before the search and the offsets mapped
 * back. No comment or marker in the text switches it off. Linear: one pass for keywords, then bounded patterns in windows.
 */
export function createSecretScanner(_options: ScannerOptions = {}): SecretScanner {
  const rules = SECRET_RULES;
  const keywords: string[] = [];
  const owners: number[] = [];
  rules.forEach((rule, index) => {
    for (const keyword of rule.keywords) {
      keywords.push(keyword);
      owners.push(index);
    }
  });
  const automaton = createKeywordAutomaton(keywords);
  return {
    scan(original) {
      const plain = toPlainText(original);
      const windows: Windows = new Map();
      automaton.search(plain.text, (keyword, end) => {
        const owner = owners[keyword] ?? 0;
        const rule = rules[owner];
        const start = end - (keywords[keyword]?.length ?? 0);
        addWindow(windows, owner, start - (rule?.before ?? BEFORE), end + (rule?.after ?? AFTER));
      });
      const matches: RankedMatch[] = [];
      for (const [owner, list] of windows) {
        const rule = rules[owner];
        for (const window of list) if (rule) matches.push(...matchesIn(plain.text, window, rule, owner));
      }
      return merge(matches).map(({ rule, start, end, secret }) => ({
        rule,
        secret,
        start: plain.original(start),
        end: plain.original(end - 1) + 1,
      }));
    },
  };
}
