import { describe, expect, it } from 'vitest';
import { redactingLogger } from '../../../../src/core/boundary/redactingLogger';
import type { Logger } from '../../../../src/core/ports';

/** Takes one word out of what is logged, and keeps the lines. */
function listening() {
  const lines: (readonly unknown[])[] = [];
  const take =
    (level: string) =>
    (...said: readonly unknown[]): void => {
      lines.push([level, ...said]);
    };
  const target: Logger = {
    trace: take('trace'),
    debug: take('debug'),
    info: take('info'),
    warn: take('warn'),
    error: take('error'),
  };
  return { lines, logger: redactingLogger(target, (text) => text.replaceAll('canary', '***')) };
}

const logged = (error: unknown): unknown => {
  const { lines, logger } = listening();
  logger.error('failed', error);
  return lines[0]?.[2];
};

describe('a redacting logger', () => {
  it.each(['trace', 'debug', 'info', 'warn', 'error'] as const)('redacts what is logged at %s', (level) => {
    const { lines, logger } = listening();
    logger[level]('a canary sings');
    expect(lines).toEqual([[level, 'a *** sings']]);
  });

  it('cuts a message that nobody would read', () => {
    const { lines, logger } = listening();
    logger.info('x'.repeat(1_000_000));
    expect(String(lines[0]?.[1])).toHaveLength(64 * 1024);
  });

  it('redacts what was thrown without being an error', () => {
    expect(logged('the canary')).toBe('the ***');
    expect(logged({ bird: 'canary' })).toBe('{"bird":"***"}');
  });

  it('says so where what was thrown cannot be written down', () => {
    const around: Record<string, unknown> = {};
    around['self'] = around;
    expect(logged(around)).toBe('something that cannot be written down');
  });

  it('keeps name, words and stack of an error, and leaves the error itself alone', () => {
    const error = new TypeError('no canary here');
    const copy = logged(error);
    expect(copy).toMatchObject({ name: 'TypeError', message: 'no *** here' });
    expect((copy as Error).stack).toContain('redactingLogger.test');
    expect((copy as Error).stack).not.toContain('canary');
    expect(error.message).toBe('no canary here');
  });

  it('has the words in place of a stack that is missing', () => {
    const error = new Error('no canary here');
    delete error.stack;
    expect((logged(error) as Error).stack).toBe('no *** here');
  });

  it('names what caused it, and what caused that', () => {
    const error = new Error('outer', { cause: new Error('middle', { cause: 'a canary' }) });
    expect((logged(error) as Error).stack).toMatch(/\ncaused by Error: middle\ncaused by a \*\*\*$/u);
  });

  it('follows causes that go round only so far', () => {
    const error = new Error('round');
    error.cause = error;
    expect((logged(error) as Error).stack?.match(/caused by/gu)).toHaveLength(5);
  });
});
