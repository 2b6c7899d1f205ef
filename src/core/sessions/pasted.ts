/** A part of a prompt: typed by the person, or pasted, selected or quoted by them. */
export interface PromptPart {
  readonly text: string;
  readonly pasted: boolean;
}

const FENCE = /^\s{0,3}(?:`{3,}|~{3,})/u;
/** Lines that come out of programs: stack frames, diffs, shell prompts, time stamps, log levels, code, markup. */
const PROGRAM_LINE: readonly RegExp[] = [
  /^(?: {4,}|\t)\S/u,
  /^\s{0,8}at \S{1,200} ?\(/u,
  /^(?:[+-]{3} |@@ |diff --git |index [0-9a-f]{7,})/u,
  /^\s{0,8}\d{1,6}\s{0,4}[|│→\t:]/u,
  /^\[?\d{4}-\d\d-\d\d[T ]\d\d:/u,
  /^(?:[$❯➜] |(?:[\w.-]{1,64}@)?[\w.-]{1,64}:?[~/][\w./~-]{0,200}[$#%] )/u,
  /[;{}]\s{0,8}$/u,
  /^\s{0,8}(?:FAIL|PASS|ok|---|===|ERROR|WARN|INFO|DEBUG|error|warning)(?:$|[:\s([])/u,
  /^(?:remote|fatal|hint|Author|Date|commit [0-9a-f]{7,40}|From \S{4,200}|\s\d{1,6} files? changed|\s(?:create|delete) mode \d{6})(?:$|[:, ])/u,
  /^(?:[A-Z]\w{0,40}(?:Error|Exception)|Traceback|panic|fatal|npm error|npm ERR!)[:( ]/u,
  /^\s{0,8}<\/?[a-zA-Z][\w-]{0,40}[\s>/]/u,
  /^> /u,
];
const SHORTEST_RUN = 3;
const LONGEST_TYPED = 6_000;
const LINE_LOOK = 400;

type LineKind = 'typed' | 'pasted' | 'blank';

function kindOf(line: string): LineKind {
  const look = line.slice(0, LINE_LOOK);
  if (look.trim() === '') return 'blank';
  return PROGRAM_LINE.some((shape) => shape.test(look)) ? 'pasted' : 'typed';
}

function markFences(lines: readonly string[], kinds: LineKind[]): void {
  let open = -1;
  lines.forEach((line, index) => {
    if (!FENCE.test(line)) return;
    if (open === -1) {
      open = index;
      return;
    }
    kinds.fill('pasted', open, index + 1);
    open = -1;
  });
  if (open !== -1) kinds.fill('pasted', open);
}

/** A run of program lines is pasted; one or two in a row are how people write about code. */
function keepRuns(kinds: LineKind[], fenced: readonly boolean[]): void {
  let start = 0;
  while (start < kinds.length) {
    let end = start;
    let count = 0;
    while (end < kinds.length && kinds[end] !== 'typed') {
      if (kinds[end] === 'pasted') count += 1;
      end += 1;
    }
    const holdsFence = fenced.slice(start, end).includes(true);
    if (count < SHORTEST_RUN && !holdsFence) kinds.fill('typed', start, end);
    start = Math.max(end, start + 1);
  }
}

function lineKinds(lines: readonly string[], length: number): readonly LineKind[] {
  const kinds: LineKind[] = lines.map(() => 'typed');
  markFences(lines, kinds);
  const fenced = kinds.map((kind) => kind === 'pasted');
  lines.forEach((line, index) => {
    if (fenced[index] !== true) kinds[index] = kindOf(line);
  });
  keepRuns(kinds, fenced);
  if (length > LONGEST_TYPED) {
    const firstBlank = lines.findIndex((line) => line.trim() === '');
    const lastBlank = lines.findLastIndex((line) => line.trim() === '');
    kinds.fill('pasted', firstBlank === -1 ? 1 : firstBlank + 1, lastBlank > firstBlank ? lastBlank : kinds.length);
  }
  return kinds;
}

/**
 * Cuts what stands in the prompt box into typed and pasted parts: fenced blocks, runs of lines that look like output or
 * code, and the middle of anything too long to have been typed. The parts put together give the text.
 */
export function splitPasted(text: string): readonly PromptPart[] {
  if (!text.includes('\n')) return text === '' ? [] : [{ text, pasted: text.length > LONGEST_TYPED }];
  const lines = text.split('\n');
  const kinds = lineKinds(lines, text.length);
  const parts: { text: string; pasted: boolean }[] = [];
  lines.forEach((line, index) => {
    const whole = index === lines.length - 1 ? line : `${line}\n`;
    const last = parts.at(-1);
    const pasted = kinds[index] === 'pasted' || (kinds[index] === 'blank' && last?.pasted === true);
    if (last?.pasted === pasted) last.text += whole;
    else if (whole !== '') parts.push({ text: whole, pasted });
  });
  return parts;
}
