import type { Logger } from '../ports';

/** Nobody reads more of one message; what is scanned has to be bounded. */
const LONGEST = 64 * 1024;

/** The logger, with every message and error redacted before it gets there. `redact` must not throw. */
export function redactingLogger(logger: Logger, redact: (text: string) => string): Logger {
  const clean = (message: string): string => redact(message.slice(0, LONGEST));
  return {
    trace: (message) => logger.trace(clean(message)),
    debug: (message) => logger.debug(clean(message)),
    info: (message) => logger.info(clean(message)),
    warn: (message) => logger.warn(clean(message)),
    error: (message, error) => {
      if (error === undefined) logger.error(clean(message));
      else logger.error(clean(message), redactError(error, clean));
    },
  };
}

/** An error to log: the same words and stack without secrets, and the words of what caused it. */
function redactError(error: unknown, clean: (text: string) => string): unknown {
  if (!(error instanceof Error)) return clean(typeof error === 'string' ? error : inWords(error));
  const words = clean(error.message);
  const copy = new Error(words);
  copy.name = clean(error.name);
  const causes = causesOf(error).map((cause) => `\ncaused by ${cause}`);
  copy.stack = clean([error.stack ?? error.message, ...causes].join(''));
  return copy;
}

function causesOf(error: Error): readonly string[] {
  const causes: string[] = [];
  let { cause } = error;
  while (cause !== undefined && cause !== null && causes.length < 5) {
    causes.push(cause instanceof Error ? `${cause.name}: ${cause.message}` : inWords(cause));
    cause = cause instanceof Error ? cause.cause : undefined;
  }
  return causes;
}

function inWords(value: unknown): string {
  if (typeof value === 'string') return value;
  try {
    return JSON.stringify(value);
  } catch {
    return 'something that cannot be written down';
  }
}
