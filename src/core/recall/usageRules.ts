import { ageInDays, isPastSpan } from '../dream/decay';
import type { LoadMode, Memory } from '../memory/memory';
import type { MemoryUsage } from './usage';

/** How prominently memories load, from what is always there to what has to be asked for. */
const MODES: readonly LoadMode[] = ['always', 'index', 'on-demand'];

/**
 * From when on use speaks for or against a memory. A choice of this project, on the careful side: a proposal costs a
 * person's attention, and a memory that stands whole in the context is obeyed without a trace.
 */
export const USAGE_LIMITS = {
  /** Sessions that opened what they were not told of. */
  opened: 3,
  /** Sessions that opened what was only a line, and at least half of those that had the line. */
  openedFromLine: 5,
  /** Beats after use that the user corrected, in at least so many sessions. */
  corrected: 3,
  correctedSessions: 2,
  /** Sessions in which it was a line that nobody followed. */
  ignored: 20,
} as const;

/** Another way to load, and why in one sentence. */
export interface LoadChange {
  readonly kind: 'promote' | 'demote';
  readonly to: LoadMode;
  readonly why: string;
}

type Loaded = Pick<Memory, 'load' | 'pinned' | 'category' | 'created'>;

/** One step down; undefined for a memory that is pinned, or at the end. */
export function demoted({ load, pinned }: Pick<Memory, 'load' | 'pinned'>): LoadMode | undefined {
  return pinned ? undefined : MODES[MODES.indexOf(load) + 1];
}

/**
 * What its use says about how a memory should load; undefined where it says nothing. `correctedSessions` is in how many
 * sessions the user corrected what followed on it. Disuse counts only for what loses worth with time, and only where
 * following it leaves a trace. Pure.
 */
export function loadChangeOf(
  memory: Loaded,
  usage: MemoryUsage,
  facts: { readonly correctedSessions: number; readonly now: string },
): LoadChange | undefined {
  return disputed(memory, usage, facts.correctedSessions) ?? useful(memory, usage) ?? idle(memory, usage, facts.now);
}

function disputed(memory: Loaded, usage: MemoryUsage, sessions: number): LoadChange | undefined {
  const { corrected, success } = usage;
  const to = demoted(memory);
  if (to === undefined || corrected < USAGE_LIMITS.corrected || corrected <= success) return undefined;
  if (sessions < USAGE_LIMITS.correctedSessions) return undefined;
  const well = success === 0 ? 'never' : `only ${times(success)}`;
  return {
    kind: 'demote',
    to,
    why: `After it was used, the user corrected what followed ${times(corrected)} in ${sessions} sessions, and it went well ${well}.`,
  };
}

function useful({ load }: Loaded, { loaded, listed, read, success, corrected }: MemoryUsage): LoadChange | undefined {
  if (corrected > success) return undefined;
  if (load === 'on-demand' && read >= USAGE_LIMITS.opened) {
    return { kind: 'promote', to: 'index', why: `${read} sessions opened it although nothing told them of it.` };
  }
  const isFollowed = read >= USAGE_LIMITS.openedFromLine && listed === loaded && 2 * read >= listed;
  if (load !== 'index' || !isFollowed) return undefined;
  return {
    kind: 'promote',
    to: 'always',
    why: `Of ${listed} sessions that were told of it in one line, ${read} opened it.`,
  };
}

function idle(memory: Loaded, { listed, lastUsedAt }: MemoryUsage, now: string): LoadChange | undefined {
  const to = demoted(memory);
  if (to === undefined || listed < USAGE_LIMITS.ignored) return undefined;
  const since = lastUsedAt?.slice(0, 10) ?? memory.created;
  const days = ageInDays(since, now);
  if (days === undefined || !isPastSpan(memory.category, days)) return undefined;
  return {
    kind: 'demote',
    to,
    why: `${listed} sessions were told of it in one line, and nobody has opened or named it for ${days} days.`,
  };
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}
