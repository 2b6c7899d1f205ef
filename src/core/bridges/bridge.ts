import type { Memory } from '../memory/memory';
import type { Hasher } from '../ports';

/** Tools whose memory or rules we read and, after a review, write. */
export const BRIDGES = ['claude-memory', 'claude-md', 'agents-md', 'copilot', 'cursor', 'windsurf', 'codex'] as const;
export type BridgeId = (typeof BRIDGES)[number];

/** The folder that paths of a bridge are relative to: the workspace folder, or one of the tool's own in the home. */
export type BridgeRoot = 'workspace' | 'claude-memory' | 'codex';

/** A file of another tool, as it was read. */
export interface SourceFile {
  /** As a person finds it: relative to the workspace folder, or with `~/`. */
  readonly shown: string;
  /** Relative to the folder of its bridge, POSIX. */
  readonly path: string;
  readonly text: string;
}

/** One thing that a file of another tool tells. Untrusted text. */
export interface Importable {
  /** As a person finds the file. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly lastLine: number;
  /** The words as they stand in the file, line breaks included. */
  readonly quote: string;
  /** Words for the name of the memory, where the file gives some. */
  readonly name?: string;
  readonly description: string;
  readonly body: string;
  /** What it is under, for whoever chooses a category. */
  readonly heading: string;
  /** The category that the format speaks for. */
  readonly category?: string;
  /** Globs; empty = everywhere. */
  readonly paths: readonly string[];
  /** It is about the person, not about the project. */
  readonly personal: boolean;
}

/** What an export would write. */
export type Rendered =
  /** Into our block of the file that people write; see `BridgeFormat.blocks`. */
  | { readonly kind: 'block'; readonly content: string }
  /** A file that is ours alone. */
  | { readonly kind: 'file'; readonly path: string; readonly text: string };

/** What of a memory cannot be told in a format, or would be told twice. */
export interface LeftOut {
  readonly path: string;
  readonly reason: 'not-team' | 'one-agent' | 'secret' | 'hidden' | 'glob' | 'said-already' | 'says-otherwise';
  /** The words of the file, where it says so already or otherwise. */
  readonly said?: string;
}

/** What a format needs to render. */
export interface RenderContext {
  readonly hasher: Hasher;
  /** A slug of the workspace folder that no other folder has, for names in folders that all projects share. */
  readonly project: string;
  /** Absolute path of the workspace folder. */
  readonly root: string;
  /** ISO 8601 UTC. */
  readonly now: string;
}

/** How one tool keeps what it remembers. Everything is pure and bounded by the size of the text. */
export interface BridgeFormat {
  readonly id: BridgeId;
  readonly root: BridgeRoot;
  /** The file of people that holds our block: the first of these that is there. */
  readonly blocks: readonly string[];
  /** Whether the first of them is made where there is none. */
  readonly makes: boolean;
  /** Globs stand in a field of the format, which cannot tell all of them, or in words. */
  readonly globs: 'field' | 'words';
  /** Where its files are: a file, a folder with a slash at the end, or `**` before a name that any folder may hold. */
  readonly places: readonly string[];
  /** True for a file, relative to the root, that is read. */
  readonly reads: (path: string) => boolean;
  /** True for a file that an export may have made alone; an older one that is no longer rendered goes. */
  readonly owns: (path: string, context: Pick<RenderContext, 'project'>) => boolean;
  readonly parse: (file: SourceFile, context: Pick<RenderContext, 'root'>) => readonly Importable[];
  /** Of memories that may be told to everybody who has the project. */
  readonly render: (memories: readonly Memory[], context: RenderContext) => readonly Rendered[];
}
