import { describe, expect, it } from 'vitest';
import { deriveStatus, type StatusInputs } from '../../../../src/vscode/status/deriveStatus';
import { formatDelay, statusFor, statusLinks, type StatusState } from '../../../../src/vscode/status/statusFor';
import { plainTranslate as t } from '../../../../src/vscode/translate';

const NOW = Date.parse('2026-11-21T09:00:00Z');
const HOUR = 3_600_000;
const words = { t, formatTime: (ms: number) => new Date(ms).toISOString().slice(0, 16) };
const show = (state: StatusState, facts = {}) => statusFor(state, { nowMs: NOW, pending: 0, ...facts }, words);

describe('the status bar item', () => {
  it.each<[StatusState, string]>([
    [{ kind: 'scheduled', nextRunAt: NOW + 3 * HOUR }, '$(clock) Dream in 3 h'],
    [{ kind: 'manual' }, '$(lightbulb) Dreams'],
    [{ kind: 'dreaming', message: '', done: 4, total: 12 }, '$(sync~spin) Dreaming 4/12'],
    [{ kind: 'dreaming', message: '', done: 0, total: 0 }, '$(sync~spin) Dreaming'],
    [{ kind: 'capturing', done: 20, total: 90 }, '$(sync~spin) Capturing sessions 20/90'],
    [{ kind: 'review', pending: 6 }, '$(git-pull-request) 6 to review'],
    [{ kind: 'off', reason: 'untrusted' }, '$(circle-slash) Dreams off'],
    [{ kind: 'off', reason: 'no-folder' }, '$(circle-slash) Dreams off'],
    [{ kind: 'error', message: 'The disk is full.' }, '$(error) Dream failed'],
  ])('%j says %s', (state, text) => {
    expect(show(state).text).toBe(text);
  });

  it('says the same in words to a screen reader, without icons, links or Markdown', () => {
    expect(show({ kind: 'review', pending: 6 }).ariaLabel).toBe('Agent Dreams: 6 to review');
  });

  it('colours failures only', () => {
    expect(show({ kind: 'error', message: 'x' }).severity).toBe('error');
    expect(show({ kind: 'review', pending: 6 }).severity).toBe('none');
  });

  it('opens the review where something waits, else the actions', () => {
    expect(show({ kind: 'review', pending: 1 }).command).toBe('workbench.view.extension.agentDreams');
    expect(show({ kind: 'manual' }).command).toBe('agentDreams.showMenu');
  });

  it('tells next run, last result and what waits in the tooltip', () => {
    const facts = { nextRunAt: NOW + 3 * HOUR, lastResult: '2 changes proposed.', pending: 2 };
    const { tooltip } = show({ kind: 'review', pending: 2 }, facts);
    expect(tooltip).toContain('Next dream: 2026\\-11\\-21T12:00');
    expect(tooltip).toContain('Last dream: 2 changes proposed\\.');
    expect(tooltip).toContain('2 to review');
    expect(tooltip).toContain('[Review](command:agentDreams.reviewAll)');
  });

  it('tells whether memory arrives, and links to what helps where it does not', () => {
    const link = (help: 'connect' | 'check'): string =>
      show({ kind: 'manual' }, { recall: { said: 'no', help } }).tooltip;
    expect(link('connect')).toContain('[Connect Claude Code](command:agentDreams.connectClaudeCode)');
    expect(link('check')).toContain('[Check Memory Setup](command:agentDreams.checkMemorySetup)');
    const { tooltip } = show({ kind: 'manual' }, { recall: { said: 'loaded ✓ 14:02' } });
    expect(tooltip).toContain('in Claude Code: loaded ✓ 14:02');
    expect(tooltip).not.toContain('[Connect Claude Code]');
    expect(show({ kind: 'manual' }).tooltip).not.toContain('Claude Code');
  });

  it('links only to commands that the tooltip is trusted with', () => {
    const { tooltip } = show({ kind: 'manual' }, { pending: 3 });
    const linked = [...tooltip.matchAll(/\(command:([^)]+)\)/g)].map(([, command]) => command);
    expect(linked.length).toBe(4);
    expect(statusLinks).toEqual(expect.arrayContaining(linked));
  });

  it('offers no second dream while one runs, and nothing where it is off', () => {
    expect(show({ kind: 'dreaming', message: '', done: 0, total: 0 }).tooltip).not.toContain('Dream Now');
    expect(show({ kind: 'off', reason: 'untrusted' }).tooltip).not.toContain('command:');
  });

  it('never lets a text that is not ours become a link or a second paragraph', () => {
    const { tooltip } = show({ kind: 'error', message: '[x](command:evil)\n\n# ha <b>' });
    expect(tooltip).not.toContain('](command:evil)');
    expect(tooltip).toContain('\\[x\\]\\(command:evil\\) \\# ha \\<b\\>');
  });
});

describe('a delay', () => {
  it.each([
    [0, '1 min'],
    [-5_000, '1 min'],
    [12 * 60_000, '12 min'],
    [59.6 * 60_000, '1 h'],
    [3.4 * HOUR, '3 h'],
    [47 * HOUR, '47 h'],
    [6.6 * 24 * HOUR, '7 d'],
  ])('of %d ms reads %s', (ms, text) => {
    expect(formatDelay(ms, t)).toBe(text);
  });
});

describe('the most urgent thing', () => {
  const quiet: StatusInputs = { folders: 1, trusted: true, pending: 0 };
  const dreaming = { message: 'Reading', done: 1, total: 2 };

  it.each<[string, Partial<StatusInputs>, StatusState]>([
    ['nothing is open', { folders: 0 }, { kind: 'off', reason: 'no-folder' }],
    ['not trusted, whatever waits', { trusted: false, pending: 3 }, { kind: 'off', reason: 'untrusted' }],
    ['a dream', { dreaming, pending: 3 }, { kind: 'dreaming', ...dreaming }],
    ['a long capture', { capturing: { done: 1, total: 50 } }, { kind: 'capturing', done: 1, total: 50 }],
    ['a short capture is nothing', { capturing: { done: 1, total: 3 } }, { kind: 'manual' }],
    ['a failure before reviews', { failure: 'x', pending: 3 }, { kind: 'error', message: 'x' }],
    ['reviews before the schedule', { pending: 3, nextRunAt: 5 }, { kind: 'review', pending: 3 }],
    ['the schedule', { nextRunAt: 5 }, { kind: 'scheduled', nextRunAt: 5 }],
    ['nothing', {}, { kind: 'manual' }],
  ])('%s', (_situation, inputs, state) => {
    expect(deriveStatus({ ...quiet, ...inputs })).toEqual(state);
  });
});
