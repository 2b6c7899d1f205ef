import { remembering } from '../text/remembering';
import { isNegative } from '../text/slots';
import { contentStems, stem, words } from '../text/words';
import { intentOf } from './intent';

/** After these words stands how, where or in what: one of them at a time. */
const MANNER =
  /^(?:in|with|as|to|at|on|via|from|under|using|into|through|by|mit|als|auf|en|con|como|avec|dans|comme|com|em)$/u;
/** Verbs of which the thing itself is the value: whoever names branches one way does not name them another way. */
const NAMING = /^(?:name|call|title|prefix|suffix|label|tag|indent|spell|sign|abbreviate)$/u;
/** "Use X for Y": one thing for one purpose. */
const CHOOSING = /^(?:use|prefer|take|choose|pick)$/u;
const PURPOSE = /^(?:for|as|in|when|to|on|inside|für|para|pour)$/u;
const FRAME = { valueWords: 4, words: 40 } as const;
/** Statements of one dream, of which each is compared with many. */
const REMEMBERED = 4_000;
/** Where it holds, said first. */
const PLACE =
  /^(?:in|for|across) (?:this|our|the whole) (?:repo|repository|project|code ?base|workspace|monorepo),? /iu;
const LEADS = /^(?:please|always|from|now|on|we|the|our|all|to|never)$/u;

/**
 * True if two statements are one sentence with another value in it: "write the docs in markdown" and "write the docs in
 * asciidoc". Whatever the value is; where both could hold ("add tests …" and "add docs …") it is not.
 */
export function isOtherValue(a: string, b: string): boolean {
  return isOtherFrame(frameOf(a), frameOf(b));
}

/** A statement as far as it may be another one with another value in it. */
export interface Frame {
  /** None of what forbids, or is too long, has a value. */
  readonly fits: boolean;
  readonly words: readonly string[];
  readonly stems: readonly string[];
}

/** What `isOtherFrame` compares. Statements are compared in pairs: each is taken apart once. */
export const frameOf: (text: string) => Frame = remembering((text) => {
  const found = isNegative(text) ? [] : plainWords(text);
  const fits = found.length > 0 && found.length <= FRAME.words;
  return fits ? { fits, words: found, stems: found.map(stem) } : { fits, words: [], stems: [] };
}, REMEMBERED);

/** As `isOtherValue`, of statements that were taken apart before. */
export function isOtherFrame(one: Frame, two: Frame): boolean {
  if (!one.fits || !two.fits) return false;
  const before = sameStart(one.stems, two.stems);
  if (before === 0) return false;
  const after = sameEnd(one.stems, two.stems, before);
  const [a, b] = [one.words, two.words];
  const [valueA, valueB] = [a.slice(before, a.length - after), b.slice(before, b.length - after)];
  if (!isValue(valueA) || !isValue(valueB) || valueA.some((word) => valueB.includes(word))) return false;
  return asksOneValue(a.slice(0, before), after === 0 ? [] : a.slice(-after));
}

function asksOneValue(head: readonly string[], tail: readonly string[]): boolean {
  const [verb = '', last = ''] = [head[0], head.at(-1)];
  if (CHOOSING.test(verb) && head.length === 1)
    return PURPOSE.test(tail[0] ?? '') && contentStems(tail.join(' ')).size > 0;
  if (tail.length > 0) return false;
  if (NAMING.test(verb)) return head.length >= 2;
  return MANNER.test(last) && head.length >= 2 && contentStems(head.join(' ')).size >= 1;
}

function isValue(value: readonly string[]): boolean {
  // "With a test each" and "with care": no values of one thing.
  return value.length > 0 && value.length <= FRAME.valueWords && !/^(?:an?|every|each|all|no)$/u.test(value[0] ?? '');
}

function plainWords(text: string): readonly string[] {
  const all = words(
    text
      .replace(PLACE, '')
      .split(/(?:\s\(|,\s|;\s|\s[–—-]\s|\s(?:instead of|rather than|because|since)\s|[.!](?:\s|$))/u, 1)[0] ?? '',
  );
  const start = all.findIndex((word) => !LEADS.test(word));
  return all.slice(Math.max(0, start)).filter((word) => !/^(?:the|our|all|please|always)$/u.test(word));
}

function sameStart(a: readonly string[], b: readonly string[]): number {
  let at = 0;
  while (at < a.length && at < b.length && a[at] === b[at]) at += 1;
  return at;
}

function sameEnd(a: readonly string[], b: readonly string[], before: number): number {
  let end = 0;
  const most = Math.min(a.length, b.length) - before;
  while (end < most && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  return end;
}

const AIMS =
  /(?<![\p{L}\p{N}])(test|lint|format|build|deploy|releas|publish|migrat|typecheck|generat|serv|start|seed|install)(?:s|e|es|ed|ing|ment)?(?![\p{L}\p{N}])/giu;

/** True if each names something else to be done: "deploy with `make deploy`" and "test with `make test`". */
export function hasOtherAim(a: string, b: string): boolean {
  const [one, two] = [aimsOf(a), aimsOf(b)];
  return one.size > 0 && two.size > 0 && ![...one].some((aim) => two.has(aim));
}

function aimsOf(text: string): ReadonlySet<string> {
  const aims = new Set<string>();
  for (const match of text.slice(0, 2_000).matchAll(/`([^`\n]{1,120})`/gu)) {
    const intent = intentOf((match[1] ?? '').split(/\s+/u));
    if (intent !== undefined) aims.add(intent === 'release' ? 'releas' : intent);
  }
  if (aims.size === 0)
    for (const match of text.slice(0, 2_000).matchAll(AIMS)) aims.add((match[1] ?? '').toLowerCase());
  return aims;
}
