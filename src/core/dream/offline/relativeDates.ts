import type { Memory } from '../../memory/memory';
import { updateFrontMatter } from '../../memory/codec';
import type { CheckEvidence, Dismissed } from '../finding';
import { operationFingerprint } from '../fingerprint';
import { sentencesOf } from '../memoryText';
import type { Candidate, Miner, MinerContext, MinerResult, MinerRun } from '../miner';
import { NOT_AFTER, NOT_BEFORE, RECURRING, TIME_WORDS, TIME_WORDS_CJK } from './language/dates';
import { WEEKDAY_PHRASES, WEEKDAYS, WEEKDAYS_CJK, type TimeWords } from './language/dates';
import { asTitle } from './rule';

const NAME = 'relativeDates';

/** "Yesterday" in a memory is true for one day: the date it means is put behind the word, from the day it was made. */
export const relativeDatesMiner: Miner = { name: NAME, begin: (context) => new RelativeDatesRun(context) };

class RelativeDatesRun implements MinerRun {
  constructor(private readonly context: MinerContext) {}

  session(): void {
    // The store is all this looks at.
  }

  finish(): MinerResult {
    const candidates: Candidate[] = [];
    const dismissed: Dismissed[] = [];
    for (const memory of this.context.memories) {
      if (memory.scope.kind === 'archive') continue;
      const created = memory.created ?? '';
      const probe = absolute(memory.body, memory.created ?? '2000-01-01');
      if (probe.dates.length === 0) continue;
      if (dayNumber(created) === undefined) {
        const summary = `${memory.path}: ${probe.dates.map((one) => one.words).join(', ')}`.slice(0, 160);
        dismissed.push({ miner: NAME, summary, reason: 'it does not say on which day it was made' });
      } else candidates.push(this.edit(memory, created, probe));
    }
    return { candidates, dismissed };
  }

  private edit(memory: Memory, created: string, { text, dates }: Absolute): Candidate {
    const evidence = dates.map(({ words, date }): CheckEvidence => {
      const detail = `“${words}” was written on ${created}: ${date}`;
      return { kind: 'check', subject: words, verdict: 'fresh', detail, at: this.context.now };
    });
    const [first, ...rest] = evidence;
    if (first === undefined) throw new Error('There is a date to make absolute.');
    const at = memory.text.lastIndexOf(memory.body);
    const after = memory.text.slice(0, at) + text + memory.text.slice(at + memory.body.length);
    const description = absolute(memory.description, created).text;
    return {
      kind: 'edit',
      change: 'update',
      miner: NAME,
      title: asTitle(`${memory.slug}: ${first.subject} is ${dates[0]?.date ?? ''}`),
      rationale: `${evidence.map(({ detail }) => detail).join('; ')}.`,
      files: [
        {
          path: memory.path,
          before: memory.text,
          after: description === memory.description ? after : updateFrontMatter(after, { description }),
        },
      ],
      evidence: [first, ...rest],
      trust: 'observed',
      fingerprint: operationFingerprint(NAME, [memory.path, ...dates.map((one) => one.words)], this.context.hasher),
    };
  }
}

interface Found {
  readonly words: string;
  /** 2026-11-02, 2026-10-26–2026-11-01, 2026-10 or 2025. */
  readonly date: string;
}

interface Absolute {
  readonly text: string;
  readonly dates: readonly Found[];
}

/**
 * The text with the date behind each word of time that has one, seen from `created` (YYYY-MM-DD). Quotes, code, reasons
 * and what happens again and again stay as they are, as do vague words and those that two readers take differently.
 */
export function absolute(text: string, created: string): Absolute {
  if (!mayHoldDate(text)) return { text, dates: [] };
  const day = dayNumber(created) ?? 0;
  const dates: Found[] = [];
  const french = isFrench(text);
  let fenced = false;
  const lines = text.split('\n').map((line) => {
    if (/^\s{0,3}(?:```|~~~)/u.test(line)) fenced = !fenced;
    if (fenced || /^\s{0,8}(?:\*\*(?:Why|Error)|>|```|~~~| {4})/u.test(line) || line.length > MAX_LINE) return line;
    return sentencesWithGaps(line)
      .map((sentence) => {
        const found = datesIn(sentence, day, french);
        // "What we did yesterday and do today" is a template.
        if (found.length === 0 || RECURRING.test(sentence) || new Set(found.map((one) => one.date)).size > 1)
          return sentence;
        dates.push(...found);
        return withDates(sentence, found);
      })
      .join('');
  });
  return { text: lines.join('\n'), dates };
}

/** The longest part of each phrase that stands in all its forms: most memories hold none of them. */
const LITERALS: readonly string[] = [
  ...new Set(
    [...TIME_WORDS, ...WEEKDAY_PHRASES].flatMap(({ words }) =>
      words
        .replace(/\(\?:[^()]{1,40}\)\?/gu, '')
        .split('|')
        .map(longestLiteral),
    ),
  ),
];
/** What is written without spaces, or is another letter in small: nothing quick can be said of it. */
const NOT_QUICK = /[\u017f\u212a\u3400-\u9fff]/u;

function longestLiteral(pattern: string): string {
  const parts = pattern.split(/\[[^\]]{1,20}\]\??|\{day\}|.\?/u);
  return parts.reduce((longest, part) => (part.length > longest.length ? part : longest), '');
}

function mayHoldDate(text: string): boolean {
  const lower = text.toLowerCase();
  return LITERALS.some((literal) => lower.includes(literal)) || NOT_QUICK.test(text);
}

const MAX_LINE = 2_000;

interface Placed extends Found {
  readonly end: number;
}

function withDates(sentence: string, found: readonly Placed[]): string {
  let after = sentence;
  for (const { end, words, date } of [...found].sort((a, b) => b.end - a.end)) {
    const gap = /\p{Script=Han}$/u.test(words) ? '' : ' ';
    after = `${after.slice(0, end)}${gap}(${date})${after.slice(end)}`;
  }
  return after;
}

const LATIN = new RegExp(
  `(?<![\\p{L}\\p{N}_'’-])(?:${TIME_WORDS.map(({ words }, index) => `(?<t${index}>${words})`).join('|')})(?![\\p{L}\\p{N}])`,
  'giu',
);
const CJK = new RegExp(TIME_WORDS_CJK.map(({ words }, index) => `(?<t${index}>${words})`).join('|'), 'gu');
const WEEKDAY = new RegExp(
  `(?<![\\p{L}\\p{N}_'’-])(?:${WEEKDAY_PHRASES.map(({ words }, index) => {
    return `(?<t${index}>${words.replaceAll('{day}', `(?:${WEEKDAYS.flat().join('|')})`)})`;
  }).join('|')})(?![\\p{L}\\p{N}])`,
  'giu',
);
const WEEKDAY_CJK = /(?<zh>[上下]周[一二三四五六日])|(?<ja>[先来]週の[月火水木金土日]曜日?)/gu;

function datesIn(sentence: string, day: number, french: boolean): readonly Placed[] {
  const plain = sentence.replace(
    /`[^`]{0,400}`|"[^"]{0,400}"|“[^”]{0,400}”|«[^»]{0,400}»|「[^」]{0,400}」/gu,
    (quoted) => '\u0000'.repeat(quoted.length),
  );
  const found: Placed[] = [];
  const seen: (readonly [number, number])[] = [];
  const take = (match: RegExpExecArray, date: string | undefined): void => {
    const [words] = match;
    const end = match.index + words.length;
    // 下周三 is no 下周, whatever becomes of it.
    if (seen.some(([from, to]) => from <= match.index && end <= to)) return;
    seen.push([match.index, end]);
    if (date === undefined || NOT_AFTER.test(plain.slice(0, match.index)) || NOT_BEFORE.test(plain.slice(end))) return;
    if (/^hier$/iu.test(words) && !french) return;
    // German "Morgen" is the morning.
    if (words === 'Morgen') return;
    found.push({ words, date, end });
  };
  for (const match of plain.matchAll(WEEKDAY_CJK)) take(match, weekdayCjk(match[0], day));
  for (const match of plain.matchAll(WEEKDAY)) take(match, weekday(match, day));
  for (const match of plain.matchAll(LATIN)) take(match, dateOf(TIME_WORDS[groupOf(match)], day));
  for (const match of plain.matchAll(CJK)) take(match, dateOf(TIME_WORDS_CJK[groupOf(match)], day));
  return found;
}

function groupOf(match: RegExpExecArray): number {
  const groups: Readonly<Record<string, string | undefined>> = match.groups ?? {};
  const [name] = Object.entries(groups).find(([, value]) => value !== undefined) ?? ['t-1'];
  return Number(name.slice(1));
}

function dateOf(time: TimeWords | undefined, day: number): string | undefined {
  if (time === undefined) return undefined;
  const { unit, offset } = time;
  const date = new Date(day * DAY_MS);
  switch (unit) {
    case 'day':
    case 'sprint':
      return isoDay(day + offset);
    case 'week':
      return weekOf(mondayOf(day) + 7 * offset);
    case 'month':
      return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + offset, 1)).toISOString().slice(0, 7);
    case 'year':
      return String(date.getUTCFullYear() + offset);
  }
}

/** "Next Friday" said on a Monday is this week's for some and next week's for others: it has no date. */
function weekday(match: RegExpExecArray, day: number): string | undefined {
  const words = match[0].toLowerCase();
  const direction = WEEKDAY_PHRASES[groupOf(match)]?.direction ?? 1;
  const wanted = WEEKDAYS.map((names) => names.findIndex((name) => words.includes(name))).find((at) => at >= 0);
  if (wanted === undefined) return undefined;
  const today = day - mondayOf(day);
  if (direction === 1 ? wanted > today : wanted < today) return undefined;
  return isoDay(mondayOf(day) + 7 * direction + wanted);
}

function weekdayCjk(words: string, day: number): string {
  const names = words.includes('曜') ? WEEKDAYS_CJK.ja : WEEKDAYS_CJK.zh;
  const name = words.replace(/曜日?$/u, '').slice(-1);
  const direction = /^[上先]/u.test(words) ? -1 : 1;
  return isoDay(mondayOf(day) + 7 * direction + names.indexOf(name));
}

function sentencesWithGaps(line: string): readonly string[] {
  const parts: string[] = [];
  let from = 0;
  for (const sentence of sentencesOf(line)) {
    const at = line.indexOf(sentence, from);
    parts.push(line.slice(from, at), sentence);
    from = at + sentence.length;
  }
  return [...parts, line.slice(from)];
}

/** "Hier" is yesterday in French and here in German. */
function isFrench(text: string): boolean {
  return (
    /(?<!\p{L})(?:les?|la|des|est|sont|nous|pour|avec|une|dans|été)(?!\p{L})/iu.test(text) &&
    !/(?<!\p{L})(?:der|das|ist|und|nicht|wird|wir)(?!\p{L})/iu.test(text)
  );
}

const DAY_MS = 86_400_000;

/** Days since 1970-01-01, or undefined for what is no date. */
function dayNumber(date: string): number | undefined {
  const ms = /^\d{4}-\d{2}-\d{2}$/u.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms / DAY_MS;
}

function isoDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** 1970-01-01 was a Thursday. */
function mondayOf(day: number): number {
  return day - ((((day + 3) % 7) + 7) % 7);
}

function weekOf(monday: number): string {
  return `${isoDay(monday)}–${isoDay(monday + 6)}`;
}
