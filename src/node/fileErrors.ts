import { AgentDreamsError, type ErrorCode } from '../core/errors';

const CODES: Readonly<Record<string, ErrorCode>> = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EROFS: 'read-only',
  EACCES: 'permission-denied',
  EPERM: 'permission-denied',
  ELOOP: 'invalid-path',
  ENOTDIR: 'invalid-path',
  // Nothing can be put in place there in one step; taken for an obstacle, an application is taken back as a whole.
  EXDEV: 'invalid-path',
};

const WORDS: Partial<Readonly<Record<ErrorCode, string>>> = {
  'disk-full': 'The disk is full.',
  'read-only': 'The folder is on a read-only file system.',
  'permission-denied': 'The file may not be read or written by this user.',
  'invalid-path': 'A link, or a file in place of a folder, stands on the way.',
};

/** The system's error code (`ENOENT` …), if the value is a system error. */
export function errnoOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** The AgentDreamsError for a failed file operation; one of our own is passed through. */
export function toFileError(error: unknown, path: string): AgentDreamsError {
  if (error instanceof AgentDreamsError) return error;
  const errno = errnoOf(error);
  const code = CODES[errno ?? ''] ?? 'io';
  const message = WORDS[code] ?? `The file could not be read or written (${errno ?? 'unknown error'}).`;
  return new AgentDreamsError(code, message, { path, errno: errno ?? '' }, { cause: error });
}
