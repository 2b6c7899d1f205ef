/** One memory: a Markdown file with front matter, one topic, one thing worth knowing. */

export type LoadMode = 'always' | 'index' | 'on-demand';

/** Where a memory belongs: everybody, one subagent, this user only, or the archive. Follows from the path alone. */
export type MemoryScope =
  | { readonly kind: 'team' }
  | { readonly kind: 'agent'; readonly agent: string }
  | { readonly kind: 'personal' }
  | { readonly kind: 'archive' };

export interface Memory {
  /** Relative to `.agent-memory/`, e.g. `conventions/use-pnpm.md`, `agents/reviewer/pitfalls/x.md`. */
  readonly path: string;
  readonly scope: MemoryScope;
  readonly category: string;
  /** = file name without `.md`; the upsert key. */
  readonly slug: string;
  readonly description: string;
  /** minimatch globs; empty = everywhere. */
  readonly paths: readonly string[];
  /** Agent types; empty = every agent. */
  readonly agents: readonly string[];
  readonly load: LoadMode;
  readonly pinned: boolean;
  /** YYYY-MM-DD, if the file says so. */
  readonly created?: string;
  /** Markdown after the front matter, as in the file. */
  readonly body: string;
  /** The whole file, byte for byte as text. */
  readonly text: string;
  /** SHA-256 of the file's bytes. */
  readonly sha256: string;
}

/** A file in the tree that is not a readable memory: shown with its reason, never dropped, never overwritten. */
export interface MemoryProblem {
  readonly path: string;
  readonly reason: string;
}
