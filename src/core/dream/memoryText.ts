import type { Memory } from '../memory/memory';
import { jaccard } from './text/similarity';
import { contentStems, oneSpace } from './text/words';

/** A line that gives a reason or a circumstance, not the claim. */
export const REASON = /^\*\*(?:Why|Apply when|Error|How to apply):\*\*/u;

/** What a memory claims: its body without reasons and quotes. */
export function claimOf(memory: Pick<Memory, 'body'>): string {
  return oneSpace(
    memory.body
      .split(/\r?\n/u)
      .filter((line) => !REASON.test(line.trim()))
      .join(' '),
  );
}

/** Sentences of a line, each with its closing mark; code spans are not cut. */
export function sentencesOf(line: string): readonly string[] {
  return line.split(/(?<=[.!?])\s+(?=[\p{Lu}`"“*])|(?<=[。！？])/u).filter((part) => part.trim() !== '');
}

/**
 * The body with the sentence that speaks of the same thing replaced by the new rule, and the reason renewed. Everything
 * else in it stays, byte for byte.
 */
export function supersede(body: string, rule: string, newBody: string): string {
  const stems = contentStems(rule);
  const lines = body.split('\n');
  let best: { readonly line: number; readonly sentence: string; readonly likeness: number } | undefined;
  lines.forEach((line, index) => {
    if (REASON.test(line.trim())) return;
    for (const sentence of sentencesOf(line)) {
      const likeness = jaccard(contentStems(sentence), stems);
      if (likeness > (best?.likeness ?? 0)) best = { line: index, sentence: sentence.trim(), likeness };
    }
  });
  if (best === undefined) return body;
  const { line, sentence } = best;
  lines[line] = (lines[line] ?? '').replace(sentence, () => rule);
  return withReasons(lines, withLink(newBody, sentence)).join('\n');
}

/** The reason with the words that stood there before: the way back into the history of the file. */
function withLink(newBody: string, replaced: string): string {
  return newBody
    .split('\n')
    .map((line) => (line.startsWith('**Why:**') ? `${line} Replaces: “${oneSpace(replaced).slice(0, 160)}”` : line))
    .join('\n');
}

function withReasons(lines: readonly string[], newBody: string): readonly string[] {
  const renewed = [...lines];
  for (const reason of newBody.split('\n').filter((line) => REASON.test(line))) {
    const label = reason.slice(0, reason.indexOf(':**'));
    const at = renewed.findIndex((line) => line.trim().startsWith(label));
    if (at >= 0) renewed[at] = reason;
    else if (label === '**Why') renewed.splice(lastFull(renewed) + 1, 0, '', reason);
  }
  return renewed;
}

function lastFull(lines: readonly string[]): number {
  return lines.findLastIndex((line) => line.trim() !== '');
}
