import { estimateTokens } from '../../model/tokens';
import type { Beat } from '../../sessions/beats';
import type { CapturedSession } from '../../sessions/session';
import { condense, headOf, type CondensedBeat } from './condense';

/** A part of a condensed session that fits into one request. */
export interface Chunk {
  readonly session: string;
  readonly head: string;
  readonly beats: readonly CondensedBeat[];
  readonly text: string;
  readonly tokens: number;
}

/** Above 100,000 tokens a prompt of the small model costs five times as much; room for the rules is left below it. */
export const MAX_CHUNK_TOKENS = 90_000;

/** The session in as few chunks as there can be, cut between beats; a beat that is too long is cut between entries. */
export function chunksOf(session: CapturedSession, beats: readonly Beat[], maxTokens: number): readonly Chunk[] {
  const limit = Math.max(1_000, Math.min(maxTokens, MAX_CHUNK_TOKENS));
  const head = headOf(session);
  const parts: CondensedBeat[][] = [[]];
  let room = limit;
  for (const beat of condense(session, beats).flatMap((one) => smaller(one, limit))) {
    const tokens = tokensOf(beat);
    if (tokens > room && parts.at(-1)?.length !== 0) {
      parts.push([]);
      room = limit;
    }
    parts.at(-1)?.push(beat);
    room -= tokens;
  }
  return parts.flatMap((part) => (part.length === 0 ? [] : [chunkOf(session.header.id, head, part)]));
}

/** The chunk in two, cut between beats if it has several, else between entries; undefined if nothing is left to cut. */
export function halves(chunk: Chunk): readonly [Chunk, Chunk] | undefined {
  const [only] = chunk.beats;
  const pieces = chunk.beats.length > 1 || only === undefined ? chunk.beats : inTwo(only);
  if (pieces.length < 2) return undefined;
  const middle = Math.ceil(pieces.length / 2);
  return [
    chunkOf(chunk.session, chunk.head, pieces.slice(0, middle)),
    chunkOf(chunk.session, chunk.head, pieces.slice(middle)),
  ];
}

function inTwo({ head, entries }: CondensedBeat): readonly CondensedBeat[] {
  if (entries.length < 2) return [{ head, entries }];
  const middle = Math.ceil(entries.length / 2);
  return [
    { head, entries: entries.slice(0, middle) },
    { head: continued(head), entries: entries.slice(middle) },
  ];
}

function continued(head: string): string {
  return head.endsWith(', continued') ? head : `${head}, continued`;
}

function smaller(beat: CondensedBeat, limit: number): readonly CondensedBeat[] {
  if (tokensOf(beat) <= limit || beat.entries.length < 2) return [beat];
  return inTwo(beat).flatMap((part) => smaller(part, limit));
}

function chunkOf(session: string, head: string, beats: readonly CondensedBeat[]): Chunk {
  const text = [head, ...beats.flatMap((beat) => [beat.head, ...beat.entries])].join('\n');
  return { session, head, beats, text, tokens: estimateTokens(text) };
}

function tokensOf({ head, entries }: CondensedBeat): number {
  return estimateTokens(head) + entries.reduce((sum, entry) => sum + estimateTokens(entry) + 1, 0);
}
