import { environmentError } from '../dream/offline/errorSignature';
import type { CapturedSession } from '../sessions/session';

/** What of one session shows whether memory helps. */
export interface ImpactSession {
  readonly id: string;
  /** ISO 8601 UTC, '' if unknown. */
  readonly startedAt: string;
  readonly prompts: number;
  readonly corrections: number;
  /** Its main agent had our memory. */
  readonly loaded: boolean;
  /** Troubles with the environment that it ran into, each once. */
  readonly errors: readonly string[];
}

/** A number per 100 prompts, and between which numbers it lies in 19 of 20 such samples; undefined of no prompts. */
export interface Rate {
  readonly count: number;
  readonly per100: number;
  readonly low: number;
  readonly high: number;
}

export interface ImpactGroup {
  readonly sessions: number;
  readonly prompts: number;
  readonly corrections: Rate | undefined;
  /** Errors that an earlier session of the last 30 days had run into. */
  readonly repeated: Rate | undefined;
}

/** How a number went from before to after: only where the ranges do not touch it went anywhere. */
export type Verdict = 'fewer' | 'more' | 'no-clear-difference' | 'too-few';

export interface Impact {
  /** When the first session got our memory; missing if none did. */
  readonly border?: string;
  readonly before: ImpactGroup;
  /** Sessions since then that had it, and those that had not. */
  readonly after: ImpactGroup;
  readonly without: ImpactGroup;
  readonly corrections: Verdict;
  readonly repeated: Verdict;
}

/** Below this nothing is said of a difference. */
export const ENOUGH = { sessions: 5, prompts: 50 } as const;
const LOOK_BACK_MS = 30 * 86_400_000;
/** Standard deviations: 95 % of a normal distribution. */
const Z = 1.96;
const MOST_ERRORS = 200;

/** Takes from a captured session what the comparison needs. */
export function impactSession({ header, entries }: CapturedSession): ImpactSession {
  const errors = new Set<string>();
  for (const entry of entries) {
    if (entry.kind !== 'result' || entry.ok || entry.denied !== undefined || errors.size >= MOST_ERRORS) continue;
    const error = environmentError(entry.text);
    if (error !== undefined) errors.add(error.signature);
  }
  return {
    id: header.id,
    startedAt: header.startedAt,
    prompts: header.counts.prompts,
    corrections: header.counts.corrections,
    loaded: header.recalled.some(({ agent }) => agent === undefined),
    errors: [...errors],
  };
}

/**
 * Compares the sessions before our memory first arrived with those since that had it. Sessions without a time or without
 * a prompt are left out. An error counts as repeated if a session of the 30 days before had it too, so that a longer
 * history alone makes no difference. Pure; the order of the sessions does not matter.
 */
export function impactOf(sessions: readonly ImpactSession[]): Impact {
  const timed = sessions
    .filter(({ startedAt, prompts }) => !Number.isNaN(Date.parse(startedAt)) && prompts > 0)
    .sort((a, b) => compare(a.startedAt, b.startedAt) || compare(a.id, b.id));
  const border = timed.find(({ loaded }) => loaded)?.startedAt;
  const repeated = repeatedErrors(timed);
  const group = (wanted: (session: ImpactSession) => boolean): ImpactGroup => groupOf(timed.filter(wanted), repeated);
  const before = group(({ startedAt }) => border === undefined || startedAt < border);
  const after = group(({ startedAt, loaded }) => border !== undefined && startedAt >= border && loaded);
  return {
    ...(border === undefined ? {} : { border }),
    before,
    after,
    without: group(({ startedAt, loaded }) => border !== undefined && startedAt >= border && !loaded),
    corrections: verdictOf(before, after, ({ corrections }) => corrections),
    repeated: verdictOf(before, after, (one) => one.repeated),
  };
}

/** How many errors of each session an earlier one had shortly before. */
function repeatedErrors(timed: readonly ImpactSession[]): ReadonlyMap<string, number> {
  const lastSeen = new Map<string, number>();
  const counts = new Map<string, number>();
  for (const { id, startedAt, errors } of timed) {
    const at = Date.parse(startedAt);
    counts.set(
      id,
      errors.filter((error) => at - (lastSeen.get(error) ?? Number.NEGATIVE_INFINITY) <= LOOK_BACK_MS).length,
    );
    for (const error of errors) lastSeen.set(error, at);
  }
  return counts;
}

function groupOf(sessions: readonly ImpactSession[], repeated: ReadonlyMap<string, number>): ImpactGroup {
  const sum = (count: (session: ImpactSession) => number): number =>
    sessions.reduce((total, session) => total + count(session), 0);
  const prompts = sum((session) => session.prompts);
  return {
    sessions: sessions.length,
    prompts,
    corrections: rateOf(
      sum(({ corrections }) => corrections),
      prompts,
    ),
    repeated: rateOf(
      sum(({ id }) => repeated.get(id) ?? 0),
      prompts,
    ),
  };
}

/** The range is Wilson's for a share; counts above one a prompt are taken as one. */
function rateOf(count: number, prompts: number): Rate | undefined {
  if (prompts === 0) return undefined;
  const share = Math.min(1, count / prompts);
  const middle = (share + Z ** 2 / (2 * prompts)) / (1 + Z ** 2 / prompts);
  const half = (Z / (1 + Z ** 2 / prompts)) * Math.sqrt((share * (1 - share)) / prompts + Z ** 2 / (4 * prompts ** 2));
  const per100 = (value: number): number => Math.max(0, 100 * value);
  return { count, per100: (100 * count) / prompts, low: per100(middle - half), high: per100(middle + half) };
}

function verdictOf(before: ImpactGroup, after: ImpactGroup, rate: (group: ImpactGroup) => Rate | undefined): Verdict {
  const [a, b] = [rate(before), rate(after)];
  const isEnough = [before, after].every(
    ({ sessions, prompts }) => sessions >= ENOUGH.sessions && prompts >= ENOUGH.prompts,
  );
  if (!isEnough || a === undefined || b === undefined) return 'too-few';
  if (b.high < a.low) return 'fewer';
  return b.low > a.high ? 'more' : 'no-clear-difference';
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
