import { describe, expect, it } from 'vitest';
import type { OutsideChange } from '../../../../src/core/memory/outside';
import { whoChanged } from '../../../../src/core/memory/whoChanged';
import { renderLine } from '../../../../src/core/sessions/sessionCodec';
import type { CallEntry, CapturedSession } from '../../../../src/core/sessions/session';
import { createFakePorts } from '../../../fakes/fakePorts';
import { buildSession } from '../../../fakes/sessionBuilder';

const PATH = 'conventions/money.md';
const change = (current: string | null = 'now', path = PATH): OutsideChange => ({
  path,
  kind: current === null ? 'removed' : 'changed',
  current,
  accepted: 'before',
});

const renderSession = ({ header, entries }: CapturedSession): string =>
  [header, ...entries].map((line) => `${renderLine(line).replace(/\n$/u, '')}\n`).join('');

function calling(tool: string, input: CallEntry['input'], id = 's1'): CapturedSession {
  const session = buildSession(id, '2026-11-01T10:00:00Z').says('Go on').end();
  const at = '2026-11-01T10:01:00.000Z';
  return { ...session, entries: [...session.entries, { kind: 'call', id: 'c', at, callId: 'c', tool, input }] };
}

const actorOf = async (
  sessions: readonly CapturedSession[],
  committed: ReadonlyMap<string, string> = new Map(),
  one = change(),
) => {
  const files = sessions.map((session): [string, string] => [
    `.local/sessions/${session.header.id}.jsonl`,
    renderSession(session),
  ]);
  return (await whoChanged(createFakePorts(Object.fromEntries(files)), [one], committed)).get(one.path);
};

describe('who changed a memory outside', () => {
  it.each([
    ['Edit', { file_path: `/ws/.agent-memory/${PATH}` }],
    ['MultiEdit', { file_path: `/ws/.agent-memory/${PATH}` }],
    ['Write', { file_path: `C:\\ws\\.agent-memory\\${PATH.replace('/', '\\')}` }],
    ['NotebookEdit', { notebook_path: `/ws/.agent-memory/${PATH}` }],
  ])('is an agent that wrote to it with %s', async (tool, input) => {
    expect(await actorOf([calling(tool, input)])).toBe('agent');
  });

  it.each([
    ['only read it', 'Read', { file_path: `/ws/.agent-memory/${PATH}` }],
    ['wrote to another memory', 'Edit', { file_path: '/ws/.agent-memory/conventions/other.md' }],
    ['wrote to a file of that name elsewhere', 'Edit', { file_path: `/ws/docs/${PATH}` }],
    ['named no file', 'Edit', {}],
  ])('is nobody we know where an agent %s', async (_, tool, input) => {
    expect(await actorOf([calling(tool, input)])).toBe('outside');
  });

  it('is git where the file is as HEAD has it, and only then', async () => {
    expect(await actorOf([], new Map([[PATH, 'now']]))).toBe('git');
    expect(await actorOf([], new Map([[PATH, 'older']]))).toBe('outside');
  });

  it('is an agent although the file is as HEAD has it: agents commit, too', async () => {
    const session = calling('Edit', { file_path: `/ws/.agent-memory/${PATH}` });
    expect(await actorOf([session], new Map([[PATH, 'now']]))).toBe('agent');
  });

  it('is nobody we know where the file is gone', async () => {
    expect(await actorOf([], new Map([[PATH, 'now']]), change(null))).toBe('outside');
  });

  it('is still told where one of the sessions cannot be read', async () => {
    const ports = createFakePorts({
      '.local/sessions/s0.jsonl': 'no header\n',
      '.local/sessions/s1.jsonl': renderSession(calling('Edit', { file_path: `/ws/.agent-memory/${PATH}` })),
    });
    expect(await whoChanged(ports, [change()], new Map())).toEqual(new Map([[PATH, 'agent']]));
  });

  it('reads no session where nothing changed', async () => {
    const ports = createFakePorts({ '.local/sessions/s0.jsonl': 'no header\n' });
    expect(await whoChanged(ports, [], new Map())).toEqual(new Map());
    expect(await ports.files.stat('.local/sessions/s0.jsonl')).toBeDefined();
  });
});
