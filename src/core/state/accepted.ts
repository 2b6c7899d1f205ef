import type { LocalState } from './localState';

/** How many accepted contents of one path are remembered. */
const MAX_KNOWN = 20;

/** What this user accepted, as it holds for one worktree. */
export interface Accepted {
  /** SHA-256 last accepted here, by path. */
  readonly last: Readonly<Record<string, string>>;
  /** True if the user accepted this content at this path, here or in another worktree of the repository. */
  has(path: string, sha256: string): boolean;
}

/** The accepted contents that count in the worktree; undefined stands for the main checkout. */
export function acceptedIn(state: LocalState, worktree: string | undefined): Accepted {
  const last =
    worktree === undefined
      ? state.accepted
      : { ...pick(state.accepted, isPersonal), ...own(state.worktrees ?? {}, worktree) };
  return {
    last,
    has: (path, sha256) =>
      own(last, path) === sha256 ||
      own(state.accepted, path) === sha256 ||
      (own(state.known ?? {}, path) ?? []).includes(sha256),
  };
}

/** The state with these contents accepted in the worktree; null takes a path off the list, whatever it held. */
export function withAccepted(
  state: LocalState,
  worktree: string | undefined,
  files: readonly { readonly path: string; readonly after: string | null }[],
): LocalState {
  const main = new Map(Object.entries(state.accepted));
  const here = worktree === undefined ? main : new Map(Object.entries(own(state.worktrees ?? {}, worktree) ?? {}));
  const known = new Map(Object.entries(state.known ?? {}));
  for (const { path, after } of files) {
    const last = isPersonal(path) ? main : here;
    if (after === null) {
      last.delete(path);
      known.delete(path);
    } else {
      last.set(path, after);
      const before = known.get(path) ?? [];
      known.set(path, [...before.filter((one) => one !== after), after].slice(-MAX_KNOWN));
    }
  }
  return {
    ...state,
    accepted: Object.fromEntries(main),
    known: Object.fromEntries(known),
    ...(worktree === undefined ? {} : { worktrees: { ...state.worktrees, [worktree]: Object.fromEntries(here) } }),
  };
}

/** The state with everything accepted that the other one says was, where it says nothing itself. */
export function withAcceptedOf(state: LocalState, other: LocalState): LocalState {
  const sides = [undefined, ...Object.keys(other.worktrees ?? {})];
  return sides.reduce((all, worktree) => {
    const known = acceptedIn(all, worktree).last;
    const missing = Object.entries(acceptedIn(other, worktree).last).filter(([path]) => !Object.hasOwn(known, path));
    return withAccepted(
      all,
      worktree,
      missing.map(([path, after]) => ({ path, after })),
    );
  }, state);
}

/** Personal memories are in `.local`, which all worktrees share. */
function isPersonal(path: string): boolean {
  return path.startsWith('.local/');
}

function pick(
  map: Readonly<Record<string, string>>,
  wanted: (key: string) => boolean,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(map).filter(([key]) => wanted(key)));
}

/** A shipped file may name a path `__proto__`: only what the map itself holds counts. */
function own<T>(map: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}
