/**
 * The only ways out of the core. Each member says what happens when things go wrong.
 * Adapters live in `src/node` and `src/vscode`; fakes in `test/fakes`, held to the same contract tests.
 */

/** What the core needs of an AbortSignal; a DOM or Node AbortSignal fits. */
export interface CancelSignal {
  readonly aborted: boolean;
}

export interface FileStat {
  readonly kind: 'file' | 'directory' | 'other';
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly mtimeMs: number;
  /** Hard links to this inode; more than 1 is refused as a write target. */
  readonly links: number;
}

export interface DirectoryEntry {
  readonly name: string;
  readonly kind: 'file' | 'directory' | 'other';
}

/**
 * The tree under `.agent-memory/`. Paths are relative, POSIX, NFC, without `.` or `..` segments; anything else throws
 * `invalid-path`. Never follows a symlink below the root and never leaves it: a path through one throws `invalid-path`.
 * Besides, and only to read it, to move it away and to put it where nothing is: the file of a skill, see `isSkillPath`.
 * All failures are AgentDreamsError: `disk-full`, `read-only`, `permission-denied`, or `io`.
 */
export interface FileStore {
  /** Whole content, or undefined if there is no such file. Throws `too-large` past `maxBytes` (default 64 MiB). */
  read(path: string, options?: { readonly maxBytes?: number }): Promise<Uint8Array | undefined>;
  /** Bytes `start` to `start + length`, shorter where the file ends; undefined if there is no such file. */
  readRange(path: string, start: number, length: number): Promise<Uint8Array | undefined>;
  /** Entries in name order (code units); empty if there is no such directory. Symlinks are `other`. */
  list(directory: string): Promise<readonly DirectoryEntry[]>;
  /** undefined if there is nothing there. */
  stat(path: string): Promise<FileStat | undefined>;
  /** Create or replace the file and flush it to disk; makes parent directories. Not atomic: use it for staging names. */
  write(path: string, bytes: Uint8Array): Promise<void>;
  /** Append and flush; creates the file. */
  append(path: string, bytes: Uint8Array): Promise<void>;
  /** Atomic replace. Makes parent directories of the target. Throws `not-found` if the source is missing. */
  rename(from: string, to: string): Promise<void>;
  /**
   * Atomic move to a name where nothing is; false, and nothing moved, if something is there. Never replaces anything.
   * Makes parent directories of the target. Throws `not-found` if the source is missing.
   */
  moveNew(from: string, to: string): Promise<boolean>;
  /** No-op if it does not exist. A directory is removed only if empty. Never used on memories: they are archived. */
  remove(path: string): Promise<void>;
  /** Flush a directory's entries; best effort where the platform has none. */
  syncDirectory(directory: string): Promise<void>;
}

/** Time; the only source of it, so that tests own the clock. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** The local UTC offset in minutes at that instant, positive east of Greenwich. */
  offsetMinutes(epochMs: number): number;
  /** IANA name of the local time zone. */
  timeZone(): string;
  /** Runs `run` once after `delayMs` (clamped to what timers can hold); the returned function cancels it. */
  after(delayMs: number, run: () => void): () => void;
}

/** Fresh, sortable, URL- and file-name-safe identifiers (lower-case ULID). */
export interface Ids {
  next(): string;
}

export interface Hasher {
  /** Lower-case hex SHA-256; strings are hashed as UTF-8. */
  sha256(data: Uint8Array | string): string;
  /** Lower-case hex HMAC-SHA-256 of the text under the key. */
  hmac(key: string, data: string): string;
}

/** UTF-8 in and out. Decoding never throws: invalid sequences set `lossy`, a leading BOM is kept in the text. */
export interface TextCodec {
  encode(text: string): Uint8Array;
  decode(bytes: Uint8Array): { readonly text: string; readonly lossy: boolean };
}

/** Logging for developers and users; no secrets, no prompt text above `trace`. Never throws. */
export interface Logger {
  trace(message: string): void;
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string, error?: unknown): void;
}

/** One writer per store, across processes. */
export interface Lock {
  /**
   * Runs `work` while holding the named lock; waits up to `waitMs` (default 10 000), then throws `locked` with the owner.
   * A lock whose owner died is taken over. Always released, also when `work` throws.
   */
  hold<T>(name: string, work: () => Promise<T>, options?: { readonly waitMs?: number }): Promise<T>;
}

export interface SecretMatch {
  readonly rule: string;
  /** UTF-16 offsets into the scanned text; end exclusive. */
  readonly start: number;
  readonly end: number;
  /** The secret as it is when decoded; what stands between `start` and `end` may be escaped, coloured or encoded. */
  readonly secret: string;
}

/** Finds secrets. Pure and bounded: linear in the text, never throws, ignores every in-band allow comment. */
export interface SecretScanner {
  scan(text: string): readonly SecretMatch[];
}

/** One replaced secret: which rule, and the `hash8` of its mark, by which equal secrets of a workspace are told equal. */
export interface SecretFinding {
  readonly rule: string;
  readonly fingerprint: string;
}

export interface Redaction {
  readonly text: string;
  /** The rules that fired, one per replacement. */
  readonly rules: readonly string[];
  /** What was replaced, in step with `rules`. */
  readonly findings?: readonly SecretFinding[];
}

export interface Redactor {
  /** The text with each secret replaced by `[redacted:rule:hash8]`, and the rules that fired, one per replacement. */
  redact(text: string): Redaction;
  /**
   * Looks again at what is known to be secret: values of `.env` files, settings. Called where work on untrusted text
   * starts; cheap if nothing changed. Never throws.
   */
  refresh?(): Promise<void>;
  /**
   * What is known of a whole content from an earlier look at it by the very rules and values of now. To be asked, used
   * and kept without waiting in between: the rules may change meanwhile.
   */
  look?(content: Uint8Array): Look;
}

/** What a redactor remembers of one content. */
export interface Look {
  /** All of it was looked through, and nothing was found. */
  readonly clean: boolean;
  /** Remembers so. */
  keep(): void;
}

/** Read-only questions about the workspace folder, for anchors (paths, scripts). Paths are workspace-relative POSIX. */
export interface WorkspaceProbe {
  /** False if missing, outside the folder, or unreadable. */
  exists(path: string): Promise<boolean>;
  /** Text of a small file (≤ 1 MiB), or undefined. */
  readText(path: string): Promise<string | undefined>;
  /** Files with this base name, at most 20, ignoring what git ignores and `node_modules`. */
  findByBaseName(name: string): Promise<readonly string[]>;
  /** The commit checked out, or undefined without git. */
  head(): Promise<string | undefined>;
}

export interface Progress {
  /** Called between steps; `total` may be 0 while unknown. */
  report(step: { readonly message: string; readonly done: number; readonly total: number }): void;
}

/**
 * Tells what this user wrote on this machine from what came with a folder: a keyed hash under a key that is kept outside
 * of every workspace, so that nobody can ship it.
 */
export interface Owner {
  /** The seal of a text; makes the key at its first use. */
  seal(text: string): Promise<string>;
  /** True if this user sealed exactly this text. Never throws, never writes. */
  isSealed(text: string, seal: string): Promise<boolean>;
}

/** This user among those who share their accepted findings. Names are slugs. */
export interface TeamFindings {
  /** The name under which findings are shared; undefined while sharing is off. */
  shareAs(): Promise<string | undefined>;
  /** Every name under which this user's findings may stand, whatever is shared now. */
  ownNames(): Promise<readonly string[]>;
}

/** What most core functions need: one store and the world around it. */
export interface CorePorts {
  readonly files: FileStore;
  readonly text: TextCodec;
  readonly hasher: Hasher;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly lock: Lock;
  readonly logger: Logger;
  /** Everything that is written or shown passes through it at its boundary; see `core/boundary`. */
  readonly redactor: Redactor;
  /** Where it is missing, nothing can be accepted for good: the record of what was is believed as it stands. */
  readonly owner?: Owner;
  /** Where it is missing, nothing is shared. */
  readonly team?: TeamFindings;
  /** Names this linked git worktree; absent in the main checkout. They share `.local`, not the memories. */
  readonly worktree?: string;
}
