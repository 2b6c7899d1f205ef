import { describe, expect, it } from 'vitest';
import { CONNECTION_PATH, renderRecord } from '../../../../src/core/recall/connect/record';
import { REPORT_PATH } from '../../../../src/core/recall/recallFiles';
import { readConnectionRecord, readProof } from '../../../../src/core/recall/readProof';
import { readUsage } from '../../../../src/core/recall/readUsage';
import { entryIds } from '../../../../src/core/recall/entryId';
import type { RecallReport } from '../../../../src/core/recall/recallReport';
import { renderMemory } from '../../../../src/core/memory/codec';
import type { CapturedSession } from '../../../../src/core/sessions/session';
import { createWorld, sessionPath, sessionText, type World } from '../dream/dreamWorld';
import { buildSession } from '../../../fakes/sessionBuilder';

const record = (channel: 'hooks' | 'rules') =>
  renderRecord({
    ...{ format: 1, at: '2026-11-20T10:00:00.000Z', root: '/w', files: [] },
    choice: { channel, denyLocal: true, sessionEnd: false, inbox: false, gitExclude: true, pathRules: true },
  });
const view = (kind: 'main' | 'rules', marker: string): RecallReport['views'][number] => ({
  ...{ viewer: { kind }, files: [], marker, tokens: 1 },
  entries: [{ id: 'm-aaaa', path: '@team/facts/shared.md', how: 'whole' }],
});
const report = JSON.stringify({
  ...{ format: 1, at: '', maxTokens: 6_000, subagents: 'full' },
  views: [view('main', 'aaaaaaaa'), view('rules', 'bbbbbbbb')],
});
const session = (header: Partial<CapturedSession['header']> = {}): CapturedSession =>
  buildSession('s', '2026-11-20T11:00:00.000Z', { cwd: '/w', ...header })
    .says('hello')
    .answers('hi')
    .end();
const world = (files: Record<string, string>, ...sessions: readonly CapturedSession[]): World =>
  createWorld({ files, sessions });
const printed = (marker: string, entries: readonly string[] = []) => ({
  at: '',
  channel: 'hook' as const,
  marker,
  entries,
});

describe('reading the proof', () => {
  it('needs a record of the connection', async () => {
    expect(await readProof(world({}), [])).toEqual({ kind: 'not-connected' });
    const broken = world({ [CONNECTION_PATH]: '{' });
    expect(await readConnectionRecord(broken)).toBeUndefined();
    expect(await readProof(broken, [])).toEqual({ kind: 'not-connected' });
  });

  it('compares with what is rendered for the channel', async () => {
    const { header } = session({ recalled: [printed('aaaaaaaa')] });
    const hooks = world({ [CONNECTION_PATH]: record('hooks'), [REPORT_PATH]: report });
    expect(await readProof(hooks, [header])).toMatchObject({ kind: 'loaded', stale: false });
    const rules = world({ [CONNECTION_PATH]: record('rules'), [REPORT_PATH]: report });
    expect(await readProof(rules, [header])).toMatchObject({ kind: 'not-loaded' });
    const byRules = session({ recalled: [{ ...printed('aaaaaaaa'), channel: 'rules' }] });
    expect(await readProof(rules, [byRules.header])).toMatchObject({ kind: 'loaded', stale: true });
    expect(await readProof(world({ [CONNECTION_PATH]: record('hooks') }), [session().header])).toEqual({
      kind: 'nothing-to-load',
    });
  });

  it('reads what failing hooks printed, and is told what else is known', async () => {
    const failed = session();
    const text = 'cat: /w/.agent-memory/.local/recall/session-start.json: No such file or directory';
    const entry = { kind: 'machine', id: 'e', at: '', label: 'hook-error', text } as const;
    const saved = { ...failed, entries: [...failed.entries, entry] };
    const files = { [CONNECTION_PATH]: record('hooks'), [REPORT_PATH]: report };
    const ports = world({ ...files, [sessionPath(saved)]: sessionText(saved) });
    expect(await readProof(ports, [saved.header])).toMatchObject({ likely: [{ kind: 'hook-error', text }] });
    const known = { problems: ['gone'], switches: { disableAllHooks: true } };
    expect(await readProof(world(files), [failed.header], known)).toMatchObject({
      likely: [{ kind: 'connection', text: 'gone' }, { kind: 'hooks-disabled' }],
    });
  });
});

describe('reading usage', () => {
  it('knows the ids of the store and of what was rendered', async () => {
    const text = renderMemory({ name: 'port', description: 'The port is 8081', body: 'It is.', created: '2026-11-01' });
    const ports = world({ 'facts/port.md': text, [REPORT_PATH]: report });
    const id = entryIds(ports.hasher, ['facts/port.md']).get('facts/port.md') ?? '';
    const { header } = session({ recalled: [printed('aaaaaaaa', [id, 'm-aaaa', 'm-0000'])] });
    expect([...(await readUsage(ports, [header])).keys()]).toEqual(['facts/port.md', '@team/facts/shared.md']);
    expect(await readUsage(createWorld(), [header])).toEqual(new Map());
  });
});
