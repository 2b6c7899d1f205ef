import { chmod, rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AgentDreamsError } from '../../../../src/core/errors';
import type { CapturedSession } from '../../../../src/core/sessions/session';
import { listSessions, readSession } from '../../../../src/core/sessions/sessionFiles';
import { readState, updateState } from '../../../../src/core/state/localState';
import { append, conversation, createWorkbench, toLine, withoutPrivileges, type Workbench } from './workbench';

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

/** A second capture sees a file by its size and time; two in one millisecond are made distinct here. */
async function later(file: string): Promise<void> {
  const { mtimeMs } = await stat(file);
  const time = (mtimeMs + 5_000) / 1_000;
  await utimes(file, time, time);
}

describe('bad logs', () => {
  it('that are empty or say nothing are counted and give no session', async () => {
    await bench.log('empty', []);
    const said = conversation(bench.workspace);
    const file = await bench.log(said.id, [
      { ...said.user('x'), isMeta: true },
      { type: 'mode', cwd: bench.workspace },
    ]);
    expect(await bench.capture()).toMatchObject({ found: 1, empty: 1, failed: [] });
    expect(await listSessions(bench.ports)).toEqual([]);
    await append(file, `${toLine(said.user('now'))}\n`);
    expect(await bench.capture()).toMatchObject({ captured: 1 });
  });

  it('with 10,000 malformed lines keep every good one', async () => {
    const said = conversation(bench.workspace);
    const bad = Array.from({ length: 10_000 }, (_, i) => `{"type":"user","uuid":"${i}","message":{"content":"cut`);
    await bench.log(said.id, [said.user('before'), ...bad, said.user('after')]);
    const report = await bench.capture();
    expect(report).toMatchObject({ captured: 1, failed: [] });
    expect(report.problems).toHaveLength(20);
    expect((await session(said.id)).header).toMatchObject({ problemCount: 10_000, completeness: 'truncated' });
    expect(await prompts(said.id)).toEqual(['before', 'after']);
  });

  it('with a line of 50 MB skip it and say where it was', async () => {
    const said = conversation(bench.workspace);
    const file = await bench.log(said.id, [said.user('before')]);
    for (let i = 0; i < 50; i += 1) await append(file, 'x'.repeat(1_000_000));
    await append(file, `\n${toLine(said.user('after'))}\n`);
    expect((await bench.capture()).problems).toEqual([{ file, line: 2, reason: 'too-long' }]);
    expect(await prompts(said.id)).toEqual(['before', 'after']);
  });

  it('that cannot be read are named with the reason, and the others are captured', async () => {
    const said = conversation(bench.workspace);
    await bench.log(said.id, [said.user('readable')]);
    const file = await bench.log('locked', [said.user('not readable')]);
    for (const folder of [bench.root, bench.workspace]) await chmod(folder, 0o777);
    await chmod(file, 0o000);
    const report = await withoutPrivileges(() => bench.capture());
    expect(report).toMatchObject({ found: 2, captured: 1, failed: [{ file, code: 'permission-denied' }] });
    expect(await prompts(said.id)).toEqual(['readable']);
  });

  it('fail alone: the others are captured', async () => {
    const good = conversation(bench.workspace);
    const bad = conversation(bench.workspace);
    await bench.log(good.id, [good.user('fine')]);
    const file = await bench.log(bad.id, [bad.user('poisonous')]);
    const { redactor } = bench.ports;
    const failing = {
      ...bench.ports,
      redactor: {
        redact: (text: string) => {
          if (text.includes('poison')) throw new Error('cannot redact');
          return redactor.redact(text);
        },
      },
    };
    const report = await bench.capture({}, { aborted: false }, failing);
    expect(report).toMatchObject({ captured: 1, failed: [{ file, code: 'io', message: 'cannot redact' }] });
    expect(await prompts(good.id)).toEqual(['fine']);
  });
});

describe('stopping', () => {
  it('keeps what is complete and says so', async () => {
    const talks = ['01', '02'].map((day) => conversation(bench.workspace, `2026-11-${day}T10:00:00.000Z`));
    for (const said of talks)
      await bench.log(
        said.id,
        Array.from({ length: 500 }, (_, i) => said.user(`prompt ${i}`)),
      );
    const signal = { aborted: false };
    const { text } = bench.ports;
    let rendered = 0;
    const stopping = {
      ...bench.ports,
      redactor: {
        redact: (part: string) => {
          rendered += 1;
          if (rendered > 700) signal.aborted = true;
          return { text: part, rules: [] };
        },
      },
      text,
    };
    expect(await bench.capture({}, signal, stopping)).toMatchObject({ captured: 1, canceled: true });
    expect((await listSessions(bench.ports)).map(({ id }) => id)).toEqual([talks[0]?.id]);
    expect(await bench.capture()).toMatchObject({ captured: 1, unchanged: 1, canceled: false });
  });

  it('happens at once where the store cannot be written', async () => {
    const said = conversation(bench.workspace);
    await bench.log(said.id, [said.user('x')]);
    const full = new AgentDreamsError('disk-full', 'no space left');
    const files = { ...bench.ports.files, write: () => Promise.reject(full) };
    await expect(bench.capture({}, { aborted: false }, { ...bench.ports, files })).rejects.toBe(full);
    expect(await listSessions(bench.ports)).toEqual([]);
    await expect(bench.capture({ workspaceRoot: '' })).rejects.toMatchObject({ code: 'no-workspace' });
  });

  it('between session and cursor costs nothing: the lines are known again', async () => {
    const said = conversation(bench.workspace);
    const file = await bench.log(said.id, [said.user('one')]);
    await bench.capture();
    const before = await readState(bench.ports);
    await append(file, `${toLine(said.user('two'))}\n`);
    await bench.capture();
    await updateState(bench.ports, () => before);
    await rm(path.join(sessionsFolder(), `${said.id}.seen`));
    await later(file);
    await bench.capture();
    expect(await prompts(said.id)).toEqual(['one', 'two']);
  });

  it('leaves nothing half-made behind', async () => {
    const said = conversation(bench.workspace);
    await bench.log(said.id, [said.user('x'.repeat(50)), said.assistant('y'.repeat(90_000))]);
    await bench.capture();
    const stored = await bench.ports.files.list('.local/tmp');
    expect(stored).toEqual([]);
    expect((await bench.ports.files.list('.local/sessions')).map(({ name }) => name)).toEqual([
      `${said.id}.jsonl`,
      `${said.id}.seen`,
    ]);
  });
});

describe('progress', () => {
  it('tells how many sessions are done', async () => {
    for (const said of [conversation(bench.workspace), conversation(bench.workspace)]) {
      await bench.log(said.id, [said.user('x')]);
    }
    const steps: (readonly [number, number])[] = [];
    await bench.capture({}, undefined, undefined, { report: ({ done, total }) => void steps.push([done, total]) });
    expect(steps).toEqual([
      [0, 0],
      [0, 2],
      [1, 2],
      [2, 2],
    ]);
  });
});
