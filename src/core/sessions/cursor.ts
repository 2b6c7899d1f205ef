import * as z from 'zod/mini';
import type { TokenCounts } from './session';

/** Where a session's title came from; an earlier one in this list is never replaced by a later one. */
export type TitleSource = 'custom' | 'ai' | 'summary' | 'prompt';

/** How far one log file has been captured, and what proves on the next look that it is still the same file. */
export interface LogCursor {
  /** Id of the captured session the file belongs to. */
  readonly session: string;
  /** Identity of the file: device and inode, as text. */
  readonly inode: string;
  readonly size: number;
  readonly mtimeMs: number;
  /** Bytes consumed. */
  readonly offset: number;
  /** Lines consumed. */
  readonly lines: number;
  /** SHA-256 of the first `min(4096, offset)` bytes, and of the last as many before `offset`. */
  readonly headSha256: string;
  readonly tailSha256: string;
  /** The last line had no line break: complete and consumed, or torn and to be read again. */
  readonly ending: 'break' | 'complete' | 'torn';
  /** Prompts that were queued and not yet seen as delivered; see `createPromptQueue`. */
  readonly queued: readonly string[];
  /** Usage of the newest API messages, whose later fragments may still raise it. */
  readonly usage: Readonly<Record<string, TokenCounts>>;
  /** The subagent this file is the transcript of. */
  readonly agent?: string;
  readonly titleFrom?: TitleSource;
  /** Why nothing of this file is kept: it repeats another log, belongs to our own engine, was excluded, or made room. */
  readonly skipped?: 'repeated' | 'own-engine' | 'excluded' | 'empty' | 'removed';
}

const tokens = z.object({ input: z.number(), output: z.number(), cacheRead: z.number(), cacheWrite: z.number() });
const cursor = z.object({
  session: z.string(),
  inode: z.string(),
  size: z.number(),
  mtimeMs: z.number(),
  offset: z.number(),
  lines: z.number(),
  headSha256: z.string(),
  tailSha256: z.string(),
  ending: z.enum(['break', 'complete', 'torn']),
  queued: z.array(z.string()),
  usage: z.record(z.string(), tokens),
  agent: z.exactOptional(z.string()),
  titleFrom: z.exactOptional(z.enum(['custom', 'ai', 'summary', 'prompt'])),
  skipped: z.exactOptional(z.enum(['repeated', 'own-engine', 'excluded', 'empty', 'removed'])),
});

function validCursors(cursors: Record<string, unknown>): Record<string, LogCursor> {
  const valid = Object.entries(cursors).flatMap(([path, value]) => {
    const parsed = cursor.safeParse(value);
    return parsed.success ? [[path, parsed.data] as const] : [];
  });
  return Object.fromEntries(valid);
}

/** Cursors by log path as they are kept on disk. One that cannot be read is dropped: its log is simply read again. */
export const cursorsSchema = z.pipe(z.record(z.string(), z.unknown()), z.transform(validCursors));
