import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OWN_ENGINE_MARK } from '../../../../src/core/sessions/ownEngine';
import type { CapturedSession } from '../../../../src/core/sessions/session';
import { listSessions, readSession, setSessionPrivate } from '../../../../src/core/sessions/sessionFiles';
import { readState, updateState } from '../../../../src/core/state/localState';
import { append, conversation, createWorkbench, toLine, type Workbench } from './workbench';

let bench: Workbench;
beforeEach(async () => {
  bench = await createWorkbench();
});
afterEach(() => bench.remove());

const session = async (id: string): Promise<CapturedSession> => {
  const found = await readSession(bench.ports, id);
  if (!found) throw new Error(`no session ${id}`);
  return found;
};
const prompts = async (id: string): Promise<readonly string[]> =>
  (await session(id)).entries.flatMap((entry) => (entry.kind === 'prompt' ? [entry.text] : []));
const sessionsFolder = (): string => path.join(bench.workspace, '.agent-memory/.local/sessions');
const token = ['ghp', 'Zq8Lw2Rt5Yx7Vb3Nk9Mc4Hd6Jf1Gs0PaQeUi'].join('_');

describe('what is left out', () => {
  it('is asked for by path or entrypoint', async () => {
    const sub = path.join(bench.workspace, 'vendor/lib');
    await mkdir(sub, { recursive: true });
    const vendored = conversation(sub);
    await bench.log(vendored.id, [vendored.user('one')], sub);
    const scripted = conversation(bench.workspace);
    await bench.log(scripted.id, [{ ...scripted.user('two'), entrypoint: 'sdk-cli' }]);
    const exclude = { paths: ['vendor/**'], entrypoints: ['sdk-cli'] };
    expect(await bench.capture({ exclude })).toMatchObject({ found: 2, excluded: 2, captured: 0 });
    expect(await bench.capture()).toMatchObject({ captured: 2 });
  });

  it('is marked private, in a prompt or as a whole', async () => {
    const said = conversation(bench.workspace);
    const file = await bench.log(said.id, [said.user('call <private>Ada at home</private> later')]);
    await bench.capture();
    expect(await prompts(said.id)).toEqual(['call [private] later']);
    expect((await session(said.id)).header.title).toBe('call [private] later');
    await setSessionPrivate(bench.ports, said.id, true);
    await append(file, `${toLine(said.user('more'))}\n`);
    await bench.capture();
    expect((await session(said.id)).header).toMatchObject({ private: true, counts: { prompts: 2 } });
  });

  it('was started by an engine of our own', async () => {
    const said = conversation(bench.workspace);
    await bench.log(said.id, [said.user(`${OWN_ENGINE_MARK}\nConsolidate these sessions.`), said.assistant('done')]);
    expect(await bench.capture()).toMatchObject({ excluded: 1, captured: 0 });
    expect(await listSessions(bench.ports)).toEqual([]);
  });

  it('made room: what was dreamt over goes first, the oldest first', async () => {
    const talks = ['01', '02', '03'].map((day) => conversation(bench.workspace, `2026-11-${day}T10:00:00.000Z`));
    for (const said of talks) await bench.log(said.id, [said.user('x'.repeat(3_000))]);
    await bench.capture();
    const [first, second, third] = talks.map(({ id }) => id);
    await updateState(bench.ports, (state) => ({ ...state, dreamt: { [second ?? '']: 1 } }));
    expect(await bench.capture({ maxBytesOnDisk: 9_000 })).toMatchObject({ removed: 1 });
    expect((await listSessions(bench.ports)).map(({ id }) => id)).toEqual([third, first]);
    expect(await bench.capture({ maxBytesOnDisk: 5_000 })).toMatchObject({ removed: 1, captured: 0 });
    expect((await listSessions(bench.ports)).map(({ id }) => id)).toEqual([third]);
    expect(await bench.capture({ maxBytesOnDisk: 5_000 })).toMatchObject({ removed: 0, unchanged: 3 });
  });
});

describe('secrets', () => {
  it('are in no file of the store, wherever in the log they stood', async () => {
    const said = conversation(bench.workspace);
    const lines = [
      said.user(`my token is ${token}`),
      { type: 'custom-title', customTitle: `about ${token}`, sessionId: said.id },
      said.assistant(`I will use ${token}`),
      said.call('c', 'Bash', { command: `curl -H 'Authorization: token ${token}'`, [token]: 'key' }),
      said.result('c', `echo\n${token}`, { is_error: true }),
      { ...said.user('x'), gitBranch: token, version: token },
      {
        type: 'attachment',
        attachment: { type: 'nested_memory', path: `/w/${token}.md` },
        uuid: 'u',
        sessionId: said.id,
      },
      { ...said.assistant(token), isSidechain: true, attributionAgent: token },
      { type: token, uuid: 'u2' },
    ];
    await bench.log(said.id, lines);
    const report = await bench.capture();
    expect(report.redactions['github-token']).toBeGreaterThanOrEqual(9);
    const text = await readFile(path.join(sessionsFolder(), `${said.id}.jsonl`), 'utf8');
    expect(text).not.toContain(token);
    expect(text).not.toContain(token.slice(8, 30));
    expect(JSON.stringify({ ...report, problems: [] })).not.toContain(token);
    expect(JSON.stringify(await readState(bench.ports))).not.toContain(token);
    expect((await session(said.id)).header.counts.redactions).toBeGreaterThanOrEqual(7);
  });
});
