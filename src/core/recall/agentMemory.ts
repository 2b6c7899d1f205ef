import type { EffectiveStore } from '../memory/effective';
import type { Memory } from '../memory/memory';
import type { Hasher } from '../ports';
import { createMemorySearch, type MemorySearch } from '../search/memorySearch';
import { entryIds } from './entryId';
import { neutralLine } from './neutralText';
import type { AttachedView } from './sessionText';
import { viewOf, type SubagentViews, type Viewer } from './view';

/** Who asks, and what they may see. */
export interface Asking {
  readonly viewer: Viewer;
  readonly subagents: SubagentViews;
  /** False where others than this user could read the answers. */
  readonly personal: boolean;
}

/** What one agent sees of one state of the store. */
export interface AgentMemory {
  /** Those of the store, then those of attached ones. */
  readonly seen: readonly Memory[];
  /** Of every memory in `seen`, by path. */
  readonly ids: ReadonlyMap<string, string>;
  /** The attached store of a memory in `seen`, by path; nothing for those of the store itself. */
  readonly storeOf: ReadonlyMap<string, AttachedView>;
  /** The whole hash of a path, of which its id is the beginning. */
  readonly hashOf: (path: string) => string;
  /** Categories that new memories may have. */
  readonly categories: readonly string[];
  readonly search: MemorySearch;
}

/**
 * What the asking agent sees of the store: never what is archived, not accepted, or another's. Which stores are attached
 * is the user's own affair: where nothing personal is told, nothing of those is.
 */
export function agentMemory(
  { memories, waiting, schema }: Pick<EffectiveStore, 'memories' | 'waiting' | 'schema'>,
  { viewer, subagents, personal }: Asking,
  hasher: Pick<Hasher, 'sha256'>,
  attached: readonly AttachedView[] = [],
): AgentMemory {
  const own = viewOf(memories, viewer, { subagents }).filter(({ scope }) => personal || scope.kind !== 'personal');
  const storeOf = new Map<string, AttachedView>();
  const others = (personal ? attached : []).flatMap((store) => {
    const some = viewOf(store.memories, viewer, { subagents });
    some.forEach(({ path }) => storeOf.set(path, store));
    return some;
  });
  const seen = [...own, ...others];
  const paths = [...memories, ...waiting, ...attached.flatMap((store) => store.memories)].map(({ path }) => path);
  let search: MemorySearch | undefined;
  return {
    seen,
    // Of all of them, as in the texts of sessions: an id must mean the same in both.
    ids: entryIds(hasher, paths),
    storeOf,
    hashOf: (path) => hasher.sha256(path),
    categories: schema.categories.filter(({ enabled }) => enabled).map(({ name }) => name),
    // Made when it is first asked: reading and listing need no index.
    search: { search: (query, limit) => (search ??= createMemorySearch(seen)).search(query, limit) },
  };
}

/** The memory of that id or path, or a sentence that says that there is none. */
export function findMemory(known: AgentMemory, named: string): Memory | string {
  const { seen, ids, hashOf } = known;
  const name = named.trim().replace(/^\[|\]$/gu, '');
  const path = pathIn(known, name);
  const byPath = seen.find((memory) => memory.path === path);
  if (byPath !== undefined) return byPath;
  const isId = /^m-[0-9a-f]{4,64}$/u.test(name);
  const exact = isId ? seen.find((memory) => ids.get(memory.path) === name) : undefined;
  // An id is as long as it must be in the store it was printed for: it was longer or shorter where there were others.
  const byId = isId && exact === undefined ? seen.filter(({ path: one }) => hashOf(one).startsWith(name.slice(2))) : [];
  const [only, ...others] = exact === undefined ? byId : [exact];
  if (only !== undefined && others.length === 0) return only;
  const shown = neutralLine(name.slice(0, 100));
  if (only !== undefined) return `“${shown}” is the beginning of several ids. list_memories tells them.`;
  return `There is no memory “${shown}” that you can see. search_memory and list_memories tell what there is.`;
}

/** A path as it is listed, below the store folder, or of a file in an attached store, which has its own names. */
function pathIn({ storeOf }: AgentMemory, name: string): string {
  const file = name.replaceAll('\\', '/');
  for (const [path, { folder }] of storeOf) {
    const below = folder === undefined ? undefined : `${folder.replaceAll('\\', '/')}/`;
    if (below === undefined || !file.startsWith(below)) continue;
    return `${path.slice(0, path.indexOf('/') + 1)}${file.slice(below.length)}`;
  }
  return name.replace(/^.{0,1000}\.agent-memory\//u, '').replace(/^\.\//u, '');
}
