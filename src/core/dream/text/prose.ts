import type { PromptEntry } from '../../sessions/session';
import { rememberingOf } from './remembering';

/** One sentence that a person typed, verbatim as in the entry. */
export interface Sentence {
  readonly text: string;
  /** The line it stands in is an item of a list. */
  readonly listItem: boolean;
  /** The line that opens the list it belongs to ("From now on:"), if any. */
  readonly lead?: string;
  /** It stands in the first or last line of the prompt, where people speak even around something long. */
  readonly edge: boolean;
}

export interface Prose {
  readonly sentences: readonly Sentence[];
  /**
   * `bulky` = mostly logs or long text; `document` = a plan, a specification, a report: what it demands concerns the
   * task, not the agent's habits.
   */
  readonly kind: 'speech' | 'bulky' | 'document';
}

const MAX_PROMPT = 40_000;
const SPEECH = { chars: 2_000, lines: 30, headings: 1, listItems: 14, machineLines: 3 } as const;
/** After a line that ends in a colon, a paragraph longer than this is taken for something pasted. */
const PASTED_AFTER_COLON = 160;
const LIST_ITEM = /^\s{0,12}(?:[-*•+]|\d{1,2}[.)])\s+/u;
const MACHINE_LINE =
  /^\s{0,12}(?:[>|│┌└├╭╰⏺⎿❯➜$%#✓✔✗✘]|\d{4}-\d\d-\d\d[T ]|\[?\d\d:\d\d:\d\d|at \S+ \(|@@|diff --git|(?:---|===|\+\+\+)|<\/?[a-z!?])/iu;
const TAG = /<([a-z][\w-]{2,40})(?:\s[^<>]{0,200})?>/giu;

/**
 * What a person said in a prompt, sentence by sentence: without what was pasted or selected, without code, quotes, logs,
 * tables and mark-up. A long or structured prompt is a document: nothing durable is read from it.
 */
export const typedProse: (entry: Pick<PromptEntry, 'text' | 'pasted'>) => Prose = rememberingOf((entry) => {
  const typed = withoutCode(withoutTags(withoutPasted(entry)));
  const lines = typed.split(/\r?\n/u);
  const speech = speechLines(lines);
  const sentences = speech.flatMap((line, index) => sentencesOfLine(line, index === 0 || index === speech.length - 1));
  return { kind: kindOf(typed, lines), sentences };
});

function withoutPasted(entry: Pick<PromptEntry, 'text' | 'pasted'>): string {
  const text = entry.text.slice(0, MAX_PROMPT);
  let typed = '';
  let from = 0;
  for (const [start, end] of [...(entry.pasted ?? [])].sort((a, b) => a[0] - b[0])) {
    if (start > from) typed += text.slice(from, start);
    typed += '\n';
    from = Math.max(from, end);
  }
  return typed + text.slice(from);
}

function withoutTags(text: string): string {
  let kept = '';
  let from = 0;
  for (const match of text.matchAll(TAG)) {
    if (match.index < from) continue;
    const close = text.indexOf(`</${match[1] ?? ''}>`, match.index);
    if (close < 0) continue;
    kept += text.slice(from, match.index) + '\n';
    from = close + (match[1] ?? '').length + 3;
  }
  return kept + text.slice(from);
}

function withoutCode(text: string): string {
  const kept: string[] = [];
  let fenced = false;
  for (const line of text.split(/\r?\n/u)) {
    if (/^\s{0,12}(?:```|~~~)/u.test(line)) {
      fenced = !fenced;
      kept.push('');
    } else kept.push(fenced ? '' : line);
  }
  return kept.join('\n');
}

function kindOf(typed: string, lines: readonly string[]): Prose['kind'] {
  const full = lines.filter((line) => line.trim() !== '');
  const headings = full.filter((line) => /^\s{0,3}#{1,6}\s/u.test(line)).length;
  const listItems = full.filter((line) => LIST_ITEM.test(line)).length;
  if (headings > SPEECH.headings || listItems > SPEECH.listItems) return 'document';
  const machine = full.filter((line) => MACHINE_LINE.test(line)).length;
  const bulky = typed.length > SPEECH.chars || full.length > SPEECH.lines || machine > SPEECH.machineLines;
  return bulky ? 'bulky' : 'speech';
}

interface SpeechLine {
  readonly text: string;
  readonly listItem: boolean;
  readonly lead?: string;
}

function speechLines(lines: readonly string[]): readonly SpeechLine[] {
  const kept: SpeechLine[] = [];
  let lead: string | undefined;
  for (const line of lines.filter(isSpoken)) {
    const listItem = LIST_ITEM.test(line);
    const text = line
      .trim()
      .replace(LIST_ITEM, '')
      .replace(/^#{1,6}\s+/u, '');
    const pasted = lead !== undefined && !listItem && text.length > PASTED_AFTER_COLON;
    if (!pasted) kept.push({ text, listItem, ...(listItem && lead !== undefined ? { lead } : {}) });
    if (/[:：]$/u.test(text)) lead = text;
    else if (!listItem && !pasted) lead = undefined;
  }
  return kept;
}

/** Neither empty, nor a log, a quote, a table or mark-up, nor indented code. */
function isSpoken(line: string): boolean {
  return line.trim() !== '' && !MACHINE_LINE.test(line) && !/^\s{4,}\S/u.test(line.replace(LIST_ITEM, ''));
}

const ABBREVIATION = /(?:^|[\s(])(?:e\.g|i\.e|etc|vs|cf|resp|approx|z\.B|d\.h|bzw|usw|p\.ej|ej|\p{L})\.$/iu;
/** A dot between words is the current folder: "install . --reinstall". */
const LONE_DOT = /^\s\.\s[^\s\p{Lu}]/u;

function sentencesOfLine(line: SpeechLine, edge: boolean): readonly Sentence[] {
  const sentences: Sentence[] = [];
  let from = 0;
  const text = line.text.slice(0, 4_000);
  for (const match of text.matchAll(/[.!?]{1,20}["')\]]?(?=\s|$)|[。！？；]+/gu)) {
    const end = match.index + match[0].length;
    if (match[0] === '.' && ABBREVIATION.test(text.slice(Math.max(from, end - 12), end))) continue;
    if (match[0] === '.' && LONE_DOT.test(text.slice(Math.max(0, match.index - 1), end + 2))) continue;
    push(text.slice(from, end));
    from = end;
  }
  push(text.slice(from));
  return sentences;

  function push(part: string): void {
    const trimmed = part.trim();
    if (/[\p{L}\p{N}]/u.test(trimmed)) {
      sentences.push({
        text: trimmed,
        listItem: line.listItem,
        edge,
        ...(line.lead === undefined ? {} : { lead: line.lead }),
      });
    }
  }
}
