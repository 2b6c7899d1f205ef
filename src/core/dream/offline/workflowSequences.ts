import { compareText } from '../text/words';

/** What was done in one session, as names of steps in order. */
export type Sequence = readonly string[];

/** An ordered run of steps and where it stands: by session, the positions of its steps at its last occurrence. */
export interface Pattern {
  readonly steps: readonly string[];
  readonly places: ReadonlyMap<number, readonly number[]>;
}

export interface SequenceBar {
  readonly minSessions: number;
  readonly minLength: number;
  readonly maxLength: number;
  /** Other steps that may lie between two of a pattern. */
  readonly maxGap: number;
}

/** Patterns looked at in one dream; more of them are no habits but noise. */
const MAX_PATTERNS = 3_000;
/** Share of the sessions with a pattern in which the next step must follow. */
const FOLLOWS = 0.5;

/** Positions of the steps of one occurrence, the last one first: occurrences of one beginning share it. */
interface Run {
  readonly end: number;
  readonly before: Run | undefined;
}

/** By session the runs that end there, the earliest end first. */
type Ends = ReadonlyMap<number, readonly Run[]>;
type Extended = Map<string, Map<number, Run[]>>;

/**
 * Gap-tolerant subsequences that recur in enough sessions, no step twice, each step following the ones before it in at
 * least half of the sessions. Prefixes grow step by step, the steps in code-unit order, so the result is the same for
 * the same input.
 */
export function frequentSequences(sequences: readonly Sequence[], bar: SequenceBar): readonly Pattern[] {
  const found: Pattern[] = [];
  const starts: Extended = new Map();
  sequences.forEach((sequence, at) => {
    sequence.forEach((step, end) => place(starts, step, at, { end, before: undefined }));
  });
  let looked = 0;
  const grow = (steps: readonly string[], ends: Ends): void => {
    looked += 1;
    if (steps.length >= bar.minLength) found.push({ steps, places: lastOf(ends) });
    if (steps.length >= bar.maxLength || looked > MAX_PATTERNS) return;
    for (const [step, next] of sorted(extensions(sequences, steps, ends, bar))) {
      if (next.size >= bar.minSessions && next.size >= ends.size * FOLLOWS) grow([...steps, step], next);
    }
  };
  for (const [step, ends] of sorted(starts)) if (ends.size >= bar.minSessions) grow([step], ends);
  return found;
}

function extensions(sequences: readonly Sequence[], steps: readonly string[], ends: Ends, bar: SequenceBar): Extended {
  const next: Extended = new Map();
  for (const [at, runs] of ends) {
    const sequence = sequences[at] ?? [];
    // The latest run that reaches a position stands for all that do, and later ones reach what lies behind.
    let behind = sequence.length;
    for (const before of [...runs].reverse()) {
      const to = Math.min(before.end + 2 + bar.maxGap, behind);
      behind = Math.min(behind, before.end + 1);
      for (let end = before.end + 1; end < to; end += 1) {
        const step = sequence[end];
        if (step !== undefined && !steps.includes(step)) place(next, step, at, { end, before });
      }
    }
  }
  for (const places of next.values()) for (const runs of places.values()) runs.sort((a, b) => a.end - b.end);
  return next;
}

function place(all: Extended, step: string, at: number, run: Run): void {
  let places = all.get(step);
  if (places === undefined) all.set(step, (places = new Map<number, Run[]>()));
  const runs = places.get(at);
  if (runs === undefined) places.set(at, [run]);
  else runs.push(run);
}

function lastOf(ends: Ends): ReadonlyMap<number, readonly number[]> {
  return new Map([...ends].map(([at, runs]) => [at, positionsOf(runs.at(-1))]));
}

function positionsOf(run: Run | undefined): readonly number[] {
  const positions: number[] = [];
  for (let one = run; one !== undefined; one = one.before) positions.unshift(one.end);
  return positions;
}

function sorted<T>(map: ReadonlyMap<string, T>): readonly (readonly [string, T])[] {
  return [...map].sort((a, b) => compareText(a[0], b[0]));
}

const SHUFFLES = 24;

/**
 * In how many sessions the pattern would stand if each session had done the same steps in any order: the mean over
 * shuffles that depend on nothing but the position. What stands in not many more sessions than this is chance.
 */
export function expectedByChance(steps: readonly string[], sequences: readonly Sequence[], bar: SequenceBar): number {
  let hits = 0;
  let seed = 0x2545f491;
  const below = (limit: number): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 0x1_0000_0000) * limit);
  };
  for (const sequence of sequences) {
    const there = new Set(sequence);
    if (!steps.every((step) => there.has(step))) continue;
    const mixed = [...sequence];
    for (let round = 0; round < SHUFFLES; round += 1) {
      for (let at = mixed.length - 1; at > 0; at -= 1) {
        const other = below(at + 1);
        [mixed[at], mixed[other]] = [mixed[other] ?? '', mixed[at] ?? ''];
      }
      if (stands(steps, mixed, bar.maxGap)) hits += 1;
    }
  }
  return hits / SHUFFLES;
}

/** True if the steps stand in the sequence in this order, no two of them too far apart. */
function stands(steps: readonly string[], sequence: Sequence, maxGap: number): boolean {
  let ends = new Set<number>();
  sequence.forEach((step, at) => {
    if (step === steps[0]) ends.add(at);
  });
  for (const wanted of steps.slice(1)) {
    const next = new Set<number>();
    for (const end of ends)
      for (let at = end + 1; at <= end + 1 + maxGap && at < sequence.length; at += 1)
        if (sequence[at] === wanted) next.add(at);
    ends = next;
  }
  return ends.size > 0;
}
