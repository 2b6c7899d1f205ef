/**
 * Facts about a code base hold the shortest, what was decided longer; what people want does not wear off by itself. The
 * half-lives are a choice of this project, not measured: they order the kinds, and the span below is one half-life.
 */
const HALF_LIFE_DAYS: ReadonlyMap<string, number | undefined> = new Map([
  ['preferences', undefined],
  ['conventions', undefined],
  ['decisions', 720],
  ['pitfalls', 360],
  ['workflows', 360],
  ['commands', 360],
  ['facts', 180],
]);
/** Kinds that a project adds. */
const OTHER_DAYS = 360;
/** What a memory names may still be on its way: nothing is archived in these days. */
export const GRACE_DAYS = 7;

/**
 * How much a memory is still worth by its age alone, and from when on its age may speak against it.
 *
 * worth = 0.5 ^ (age / half-life), both in days, from 1 for a new memory down to 0. Age alone never takes a memory away:
 * it only tips the scales where the workspace no longer holds what the memory names.
 * What never grows old stays at 1.
 */
export function worthAt(category: string, ageDays: number): number {
  const days = HALF_LIFE_DAYS.has(category) ? HALF_LIFE_DAYS.get(category) : OTHER_DAYS;
  return days === undefined ? 1 : 0.5 ** (Math.max(0, ageDays) / days);
}

/** True once the memory is worth half or less by its age. */
export function isPastSpan(category: string, ageDays: number): boolean {
  return worthAt(category, ageDays) <= 0.5;
}

/** Whole days from `created` (YYYY-MM-DD) to `now` (ISO 8601), or undefined where there is no such date. */
export function ageInDays(created: string | undefined, now: string): number | undefined {
  const [from, to] = [Date.parse(`${created ?? ''}T00:00:00Z`), Date.parse(now)];
  return Number.isNaN(from) || Number.isNaN(to) ? undefined : Math.floor((to - from) / 86_400_000);
}
