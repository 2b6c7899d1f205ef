import { describe, expect, it } from 'vitest';
import { AgentDreamsError, type ErrorCode } from '../../../../src/core/errors';
import { describeError } from '../../../../src/vscode/errors/describeError';
import { plainTranslate as t } from '../../../../src/vscode/translate';

const CODES: Readonly<Record<ErrorCode, true>> = {
  cancelled: true,
  conflict: true,
  credential: true,
  'dirty-editor': true,
  'disk-full': true,
  'hidden-text': true,
  'invalid-input': true,
  'invalid-memory': true,
  'invalid-path': true,
  'invalid-setting': true,
  io: true,
  locked: true,
  'model-billing': true,
  'model-busy': true,
  'model-failed': true,
  'model-forbidden': true,
  'model-key': true,
  'model-missing': true,
  'model-unreachable': true,
  'no-logs': true,
  'no-workspace': true,
  'not-enough-sessions': true,
  'not-found': true,
  'not-initialized': true,
  'over-budget': true,
  'permission-denied': true,
  'read-only': true,
  'too-large': true,
  'untrusted-workspace': true,
};

const words = (code: ErrorCode, details = {}) =>
  describeError(new AgentDreamsError(code, 'internal words', details), 'Dream Now', t);

describe('the words for a failure', () => {
  it('are none where the user cancelled', () => {
    expect(words('cancelled')).toBeUndefined();
  });

  it.each(Object.keys(CODES).filter((code) => code !== 'cancelled') as ErrorCode[])(
    'for %s say something a person can act on, never a stack',
    (code) => {
      const described = words(code, { path: 'facts/a.md', have: 1, need: 3 });
      expect(described?.message).toMatch(/[.:] ?|internal words/);
      expect(described?.message).not.toMatch(/ at .*\.[jt]s|undefined|\{\d\}/);
    },
  );

  it('of a dream over the limit say that it did not start', () => {
    expect(words('over-budget', { estimatedUsd: 2.1, capUsd: 1 })?.message).toBe(
      'The dream did not start: it would cost about $2.10, and your limit is $1.00.',
    );
    expect(words('over-budget')?.message).toMatch(/^The dream stopped at your cost limit/);
  });

  it('of Claude Code name its own login, which is nothing to be entered here', () => {
    expect(words('model-key', { engine: 'claude-code' })?.message).toMatch(/Run claude auth login in a terminal/);
  });

  it('of an engine end with what its provider said', () => {
    expect(words('model-key', { said: 'invalid x-api-key' })?.message).toMatch(
      /enter it again\. It said: invalid x-api-key$/,
    );
  });

  it('name the file that has unsaved changes, and offer to try again', () => {
    expect(words('dirty-editor', { path: 'facts/a.md' })).toEqual({
      severity: 'warning',
      message: 'facts/a.md has unsaved changes. Save or close it, then try again.',
      waysOut: ['retry'],
    });
  });

  it('say that nothing was changed where the disk is full or read-only', () => {
    expect(words('disk-full')?.message).toContain('Nothing was changed');
    expect(words('read-only')?.message).toContain('Nothing was changed');
  });

  it('lead out of a missing workspace, missing logs and missing trust', () => {
    expect(words('no-workspace')?.waysOut).toEqual(['open-folder']);
    expect(words('no-logs')?.waysOut).toEqual(['adopt', 'open-settings']);
    expect(words('untrusted-workspace')?.waysOut).toEqual(['manage-trust']);
    expect(words('not-initialized')?.waysOut).toEqual(['initialize']);
  });

  it('count the sessions that are missing', () => {
    expect(words('not-enough-sessions', { have: 1, need: 3 })?.message).toBe(
      'Nothing to dream yet, 1 of 3 new sessions.',
    );
  });

  it('of a bug are one line and the log', () => {
    expect(describeError(new TypeError('x is not a function'), 'Dream Now', t)).toEqual({
      severity: 'error',
      message: 'Dream Now failed unexpectedly.',
      waysOut: ['show-log', 'retry'],
    });
  });
});
