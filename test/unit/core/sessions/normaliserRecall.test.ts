import { describe, expect, it } from 'vitest';
import { at, line, reader } from './logReader';

describe('our memory in a log', () => {
  it('is known where a hook printed it, and is not copied', () => {
    const { read, context } = reader();
    const parts = [
      'Agent Dreams memory 0a1b2c3d, part 1 of 2\n## [m-1111] A\nlong text',
      'Agent Dreams memory 0a1b2c3d, part 2 of 2\n- [m-2222] B',
    ];
    const hook = (content: unknown): Record<string, unknown> =>
      line('attachment', { attachment: { type: 'hook_additional_context', content } });
    const ran = line('attachment', { attachment: { type: 'hook_success', content: '', stdout: parts[0] } });
    const drafts = read(ran, hook([parts[0]]), hook([parts[1]]), hook(['Agent Dreams memory ffffffff']));
    expect(drafts).toMatchObject([
      { kind: 'machine', label: 'recalled', text: 'Agent Dreams memory 0a1b2c3d\n## [m-1111] A' },
      { kind: 'machine', label: 'recalled', text: 'Agent Dreams memory 0a1b2c3d\n- [m-2222] B' },
      { kind: 'machine', label: 'recalled', text: 'Agent Dreams memory ffffffff' },
    ]);
    expect(context.facts.recalled).toEqual([
      { at, channel: 'hook', marker: '0a1b2c3d', entries: ['m-1111', 'm-2222'], listed: ['m-2222'] },
      { at, channel: 'hook', marker: 'ffffffff', entries: [] },
    ]);
  });

  it('leaves what another hook printed beside it', () => {
    const { read } = reader();
    const content = ['Agent Dreams memory 0a1b2c3d\n## [m-1111] A', 'of somebody else', '', 7];
    const both = read(line('attachment', { attachment: { type: 'hook_additional_context', content } }));
    expect(both).toMatchObject([{ label: 'recalled' }, { label: 'hook', text: 'of somebody else\n' }]);
    expect(both[1]?.id).toBe(`${both[0]?.id ?? ''}.1`);
  });

  it('has a hook that failed, with the command where its words do not name it', () => {
    const command = 'head -c 65536 "/w/.agent-memory/.local/recall/session-start.json"';
    const error = (more: object): unknown =>
      reader().read(line('attachment', { attachment: { type: 'hook_non_blocking_error', command, ...more } }));
    expect(error({ stderr: 'spawn head ENOENT' })).toMatchObject([
      { label: 'hook-error', text: `spawn head ENOENT\n${command}` },
    ]);
    const named = 'cat: /w/.agent-memory/.local/recall/session-start.json: No such file';
    expect(error({ stderr: named })).toMatchObject([{ text: named }]);
    expect(error({ stderr: 'no', command: 'lint' })).toMatchObject([{ text: 'no' }]);
    expect(error({ type: 'hook_cancelled', timedOut: true })).toMatchObject([{ text: `timed out\n${command}` }]);
    expect(error({ type: 'hook_cancelled' })).toEqual([]);
  });

  it('is known in rules, in imports, and in the rule of one path, of a subagent too', () => {
    const { read, context } = reader('agent', 'reviewer');
    const files = [
      { path: '/w/CLAUDE.md', content: 'Agent Dreams memory is a tool. [m-9999]' },
      { path: '/w/.claude/rules/agent-memory.md', content: 'Agent Dreams memory 0a1b2c3d\n[m-1111]' },
      { path: '/w/notes.md', content: 'Agent Dreams memory 0a1b2c3d\n[m-1111]' },
    ];
    read(line('attachment', { attachment: { type: 'instructions', files } }));
    const path = '/w/.claude/rules/agent-memory/port.md';
    read(
      line('attachment', { attachment: { type: 'nested_memory', path, content: { path, content: '[m-2222] Port' } } }),
    );
    read(line('attachment', { attachment: { type: 'nested_memory', path, content: 'no id' } }));
    const got = { at, agent: 'reviewer', marker: '0a1b2c3d', entries: ['m-1111'] };
    expect(context.facts.recalled).toEqual([
      { ...got, channel: 'rules' },
      { ...got, channel: 'import' },
      { ...got, channel: 'rules', marker: '', entries: ['m-2222'] },
    ]);
  });

  it('counts as loaded again at another time, and 200 times at most', () => {
    const { read, context } = reader();
    const hook = (timestamp: unknown): Record<string, unknown> => ({
      ...line('attachment', {
        attachment: { type: 'hook_additional_context', content: ['Agent Dreams memory 0a1b2c3d'] },
      }),
      timestamp,
    });
    read(
      hook('2026-11-20T10:00:00.000Z'),
      hook('2026-11-20T10:00:10.000Z'),
      hook('2026-11-20T11:00:00.000Z'),
      hook(''),
      hook(''),
    );
    expect(context.facts.recalled.map((one) => one.at)).toEqual([
      '2026-11-20T10:00:00.000Z',
      '2026-11-20T11:00:00.000Z',
      '',
    ]);
    for (let day = 0; day < 300; day += 1)
      read(hook(`2027-${String(1 + (day % 12)).padStart(2, '0')}-01T00:00:00.000Z`));
    expect(context.facts.recalled).toHaveLength(200);
  });
});
