import type { Memory } from '../memory/memory';
import { snippetOf } from './snippet';
import type { Wanted } from './vocabulary';

/** A line of a memory that answers a query. */
export interface HitLine {
  /** In the file, counted from 1. */
  readonly number: number;
  /** On one line, cut around what was found. */
  readonly text: string;
}

const LONGEST = 200;

/** The line of the text with most of what is wanted, the first of equals; the description where none has anything. */
export function bestLine(memory: Memory, wanted: Wanted, termsOf: (text: string) => readonly string[]): HitLine {
  const head = memory.text.endsWith(memory.body) ? memory.text.slice(0, memory.text.length - memory.body.length) : '';
  const before = head.split('\n').length;
  const shown = (line: string): string =>
    snippetOf(line, LONGEST, (word) => termsOf(word).some((term) => wanted.has(term)));
  let best: HitLine | undefined;
  let most = 0;
  memory.body.split(/\r?\n/u).forEach((line, at) => {
    const worth = worthOf(line, wanted, termsOf);
    if (worth <= most) return;
    most = worth;
    best = { number: before + at, text: shown(line) };
  });
  if (best !== undefined) return best;
  const named = head.split('\n').findIndex((line) => line.startsWith('description:'));
  return { number: Math.max(1, named + 1), text: shown(memory.description) };
}

function worthOf(line: string, wanted: Wanted, termsOf: (text: string) => readonly string[]): number {
  let worth = 0;
  for (const term of new Set(termsOf(line))) worth += wanted.get(term) ?? 0;
  return worth;
}
