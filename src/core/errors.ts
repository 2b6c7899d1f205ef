/**
 * The one error type of the core. Hosts map `code` to words for people; `message` is for logs and the command line.
 * Expected failures are values or this error; anything else that is thrown is a bug.
 */
export type ErrorCode =
  | 'cancelled'
  | 'credential' // a text that would be kept holds a secret; details name path, line, rule and fingerprint, never it
  | 'conflict' // the file changed since the caller last saw it
  | 'dirty-editor' // the target has unsaved changes in an editor
  | 'disk-full'
  | 'hidden-text' // a text that would be kept hides something; details name path, line, words and codePoint
  | 'invalid-input'
  | 'invalid-memory' // a memory file that cannot be read as one
  | 'invalid-path'
  | 'invalid-setting'
  | 'io'
  | 'locked' // another process holds the store
  | 'model-billing' // the provider wants to be paid first
  | 'model-busy' // rate limited or overloaded, after waiting
  | 'model-failed' // the provider said no for another reason
  | 'model-forbidden'
  | 'model-key' // no key, or one that is not accepted
  | 'model-missing' // no such model, program or feature
  | 'model-unreachable'
  | 'over-budget' // the dream would cost more than the user allows
  | 'no-logs'
  | 'no-workspace'
  | 'not-enough-sessions'
  | 'not-found'
  | 'not-initialized'
  | 'permission-denied'
  | 'read-only'
  | 'too-large'
  | 'untrusted-workspace';

export class AgentDreamsError extends Error {
  readonly code: ErrorCode;
  /** Facts for the message that the host composes: paths, counts, names. Never secrets, never file contents. */
  readonly details: Readonly<Record<string, string | number | boolean>>;

  constructor(
    code: ErrorCode,
    message: string,
    details: Readonly<Record<string, string | number | boolean>> = {},
    options?: { readonly cause?: unknown },
  ) {
    super(message, options);
    this.name = 'AgentDreamsError';
    this.code = code;
    this.details = details;
  }
}

/**
 * True for an AgentDreamsError, of the given code if one is given. Also for one of another bundle: each engine brings this
 * class along, so that the name is what they share.
 */
export function isAgentDreamsError(error: unknown, code?: ErrorCode): error is AgentDreamsError {
  if (!(error instanceof Error) || error.name !== 'AgentDreamsError' || !('code' in error)) return false;
  return code === undefined || error.code === code;
}
