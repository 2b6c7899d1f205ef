import type { Logger } from '../core/ports';

/**
 * A logger of a process without an editor: one line a message, through `write`. What is below a warning is written only
 * if `verbose`; of an error its message, never its stack.
 */
export function createLineLogger(write: (level: string, message: string) => void, verbose: boolean): Logger {
  const detail = verbose ? write : () => undefined;
  return {
    trace: (message) => detail('trace', message),
    debug: (message) => detail('debug', message),
    info: (message) => detail('info', message),
    warn: (message) => write('warning', message),
    error: (message, error) => write('error', error instanceof Error ? `${message}: ${error.message}` : message),
  };
}

/** For those who listen to nothing. */
export const silentLogger: Logger = {
  trace: () => undefined,
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
