import type { TokenCounts } from './session';

/** How far one log file has been captured, and what proves on the next look that it is still the same file. */
export interface LogCursor {
  /** Id of the captured session the file belongs to. */
  readonly session: string;
  /** Identity of the file: device and inode, as text. */
  readonly inode: string;
  readonly size: number;
  readonly mtimeMs: number;
  /** Bytes consumed: everything before it ended with a line break. */
  readonly offset: number;
  /** Lines consumed. */
  readonly lines: number;
  /** SHA-256 of the first `min(4096, offset)` bytes, and of the last as many before `offset`. */
  readonly headSha256: string;
  readonly tailSha256: string;
  /** A last line without a line break was seen; it is read again when it is complete. */
  readonly torn: boolean;
  /** Hashes of prompts that were queued and not yet seen again as delivered. */
  readonly queued: readonly string[];
  /** Usage of the newest API messages, whose later fragments may still raise it. */
  readonly usage: Readonly<Record<string, TokenCounts>>;
  /** Why nothing of this file is kept: it repeats another log, belongs to our own engine, was excluded, or made room. */
  readonly skipped?: 'repeated' | 'own-engine' | 'excluded' | 'empty' | 'removed';
}
