import { beforeAll, describe, expect, it } from 'vitest';
import { ensureClaudeCode } from '../../scripts/rig/claudeCode';
import { toBeats } from '../../src/core/sessions/beats';
import { CITED, CORRECTION, READ_AND_CORRECTED, READ_AND_FINE, work, type CapturedWork } from './rig/capturedWork';

describe('work in the genuine Claude Code with memory', () => {
  let done: CapturedWork;
  beforeAll(async () => {
    done = await work(await ensureClaudeCode());
  });

  it('is captured with the command that failed and the one that did not', () => {
    const calls = toBeats(done.session).flatMap((beat) => beat.calls);
    const commands = calls
      .filter(({ call }) => call.tool === 'Bash')
      .map(({ call, result }) => ({
        command: call.input['command'],
        ok: result?.ok,
        exitCode: result?.exitCode,
        said: result?.text ?? '',
      }));
    expect(commands).toEqual([
      {
        command: 'echo "1 failed: rounding" >&2; exit 3',
        ok: false,
        exitCode: 3,
        said: expect.stringContaining('1 failed') as string,
      },
      { command: 'echo "12 passed"', ok: true, exitCode: undefined, said: '12 passed' },
    ]);
    expect(done.session.header.counts).toMatchObject({ prompts: 3, failedToolCalls: 1, corrections: 1 });
  });

  it('is captured with what the user said, the correction as a correction', () => {
    const beats = toBeats(done.session);
    expect(beats.map(({ prompt, grade }) => [prompt?.text, grade])).toEqual([
      ['Make the tests pass.', 'success'],
      ['Great, thanks. Now write the amounts.', 'corrected'],
      [CORRECTION, expect.any(String) as string],
    ]);
  });

  it('is captured with its subagent, and with what each of the two was told', () => {
    const { agents, recalled } = done.session.header;
    expect(agents).toEqual(['reviewer']);
    expect(done.session.entries.some(({ kind, agent }) => kind === 'assistant' && agent !== undefined)).toBe(true);
    expect(recalled.map(({ channel, agent }) => [channel, agent === undefined ? 'main' : 'subagent'])).toEqual([
      ['hook', 'main'],
      ['hook', 'subagent'],
    ]);
    const [main, subagent] = recalled;
    const own = done.ids.get('agents/reviewer/conventions/look-at-rounding.md');
    expect(main?.entries).not.toContain(own);
    expect(subagent?.entries).toContain(own);
  });

  it('shows which memories were read and named, and how that ended', () => {
    const { usage } = done;
    expect(usage.get(READ_AND_FINE)).toMatchObject({ loaded: 2, read: 1, success: 1, corrected: 0 });
    expect(usage.get(READ_AND_CORRECTED)).toMatchObject({ loaded: 2, read: 1, success: 0, corrected: 1 });
    expect(usage.get(CITED)).toMatchObject({ loaded: 2, read: 0, cited: 1 });
    expect(usage.get('facts/fact-3.md')).toMatchObject({ loaded: 2, read: 0, cited: 0 });
  });

  it('proves that memory was loaded, by its marker', () => {
    const [before, after] = done.proofs;
    expect(before).toEqual({ kind: 'waiting' });
    expect(after).toMatchObject({ kind: 'loaded', stale: false });
  });

  it('keeps nothing of what recall said as text of the session', () => {
    const kept = done.session.entries.map((entry) => JSON.stringify(entry)).join('\n');
    expect(kept).not.toContain('It has some length, as facts do.');
  });
});
