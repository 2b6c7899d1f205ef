import { restoredPath } from '../memory/storePath';
import type { Hasher } from '../ports';

/** Hex digits of a short id, and by how many it grows where two would be the same. */
const SHORT = 4;
const STEP = 2;

/**
 * The id of each path: `m-` and the first hex digits of its hash, four or as many as tell it from all others. Give all
 * paths of the store, archived ones too: an archived memory keeps the id it had, so that ids of others stay.
 */
export function entryIds(hasher: Pick<Hasher, 'sha256'>, paths: readonly string[]): ReadonlyMap<string, string> {
  const all = [...new Set(paths)].sort();
  const live = new Set(all);
  const hashes = new Map<string, string>();
  for (const path of all) {
    const before = restoredPath(path);
    hashes.set(path, hasher.sha256(before !== undefined && !live.has(before) ? before : path));
  }
  const ids = new Map<string, string>();
  let open = all;
  for (let digits = SHORT; open.length > 0; digits += STEP) {
    const groups = new Map<string, string[]>();
    for (const path of open) {
      const start = (hashes.get(path) ?? '').slice(0, digits);
      groups.set(start, [...(groups.get(start) ?? []), path]);
    }
    const same: string[] = [];
    for (const [start, group] of groups) {
      const [only = ''] = group;
      if (group.length === 1 || digits >= 64) ids.set(only, `m-${start}`);
      else same.push(...group);
    }
    open = digits >= 64 ? [] : same;
  }
  return ids;
}
