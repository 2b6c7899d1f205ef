import { mkdir, rename, stat, truncate, unlink, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CapturedSession } from '../../../../src/core/sessions/session';
import { listSessions, readSession } from '../../../../src/core/sessions/sessionFiles';
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

/** A second capture sees a file by its size and time; two in one millisecond are made distinct here. */
async function later(file: string): Promise<void> {
  const { mtimeMs } = await stat(file);
  const time = (mtimeMs + 5_000) / 1_000;
  await utimes(file, time, time);
}

/** A conversation with a line of every kind that a later line may change, as bytes. */
function oneOfEverything(): Buffer {
  const said = conversation('/w');
  const fragment = (text: string, tokens: number): Record<string, unknown> =>
    said.assistant('', { message: { id: 'm1', content: [{ type: 'text', text }], usage: { output_tokens: tokens } } });
  const lines = [
    { type: 'queue-operation', operation: 'enqueue', timestamp: '2026-11-20T10:00:00.000Z', content: 'start' },
    { type: 'queue-operation', operation: 'dequeue', timestamp: '2026-11-20T10:00:00.100Z' },
    said.user('start'),
    fragment('a', 1),
    fragment('b', 7),
    said.call('c', 'Read', { file_path: '/w/.agent-memory/x.md' }),
    said.result('c', `${'ü'.repeat(50)} ${token}`),
    'not json at all',
    { type: 'custom-title', customTitle: 'named', sessionId: said.id },
    said.user('no, do it differently'),
    said.assistant('done'),
  ];
  return Buffer.from(lines.map((line) => `${toLine(line)}\r\n`).join(''));
}

async function captured(on: Workbench): Promise<readonly CapturedSession[]> {
  const found: CapturedSession[] = [];
  for (const { id } of await listSessions(on.ports)) {
    const read = await readSession(on.ports, id);
    if (read) found.push(read);
  }
  return found;
}

describe('capturing', () => {
  it('keeps a session, and finds nothing to do the second time', async () => {
    const said = conversation(bench.workspace);
    await bench.log(said.id, [
      said.user('run the tests'),
      said.call('c', 'Bash', { command: 'make' }),
      said.result('c', 'ok'),
    ]);
    expect(await bench.capture()).toMatchObject({ found: 1, captured: 1, prompts: 1, canceled: false });
    expect((await session(said.id)).header).toMatchObject({ title: 'run the tests', completeness: 'tools' });
    expect(await bench.capture()).toMatchObject({ found: 1, captured: 0, updated: 0, unchanged: 1, prompts: 0 });
  });

  it('appends what a log has grown by', async () => {
    const said = conversation(bench.workspace);
    const file = await bench.log(said.id, [said.user('one'), said.assistant('1')]);
    await bench.capture();
    await append(file, [said.user('two'), said.assistant('2')].map((line) => `${toLine(line)}\n`).join(''));
    expect(await bench.capture()).toMatchObject({ updated: 1, prompts: 1 });
    expect(await prompts(said.id)).toEqual(['one', 'two']);
    const { header } = await session(said.id);
    expect(header).toMatchObject({
      tokens: { input: 200, output: 20 },
      counts: { prompts: 2 },
      lineTypes: { user: 2, assistant: 2 },
    });
  });

  it('gives the same session however a log grows, line by line or in the middle of one', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 6 }), async (cuts) => {
        const [growing, standing] = [await createWorkbench(), await createWorkbench()];
        try {
          const bytes = oneOfEverything();
          const file = await standing.log('the-log', []);
          await writeFile(file, bytes);
          await standing.capture({ mapCwd: [{ from: '/w', to: standing.workspace }] });
          const grown = await growing.log('the-log', []);
          for (const cut of [...cuts.map((share) => Math.floor(share * bytes.length)), bytes.length].sort(
            (a, b) => a - b,
          )) {
            await writeFile(grown, bytes.subarray(0, cut));
            await later(grown);
            await growing.capture({ mapCwd: [{ from: '/w', to: growing.workspace }] });
          }
          const [whole] = await captured(standing);
          const [pieced] = await captured(growing);
          expect(pieced?.entries).toEqual(whole?.entries);
          expect({ ...pieced?.header, source: '' }).toEqual({ ...whole?.header, source: '' });
        } finally {
          await growing.remove();
          await standing.remove();
        }
      }),
      { numRuns: 6 },
    );
  });

  it('counts the tokens of a message once when a capture ended in the middle of its second line', async () => {
    const bytes = oneOfEverything();
    const second = bytes.indexOf('"b"');
    const file = await bench.log('the-log', []);
    for (const end of [second, bytes.length]) {
      await writeFile(file, bytes.subarray(0, end));
      await later(file);
      await bench.capture({ mapCwd: [{ from: '/w', to: bench.workspace }] });
    }
    expect((await captured(bench))[0]?.header.tokens).toMatchObject({ input: 200, output: 27 });
  });

  it('reports a torn last line with its number, and takes it when it is complete', async () => {
    const said = conversation(bench.workspace);
    const last = toLine(said.user('two'));
    const file = await bench.log(said.id, [said.user('one')]);
    await append(file, last.slice(0, 50));
    const report = await bench.capture();
    expect(report.problems).toEqual([{ file, line: 2, reason: 'torn' }]);
    expect((await session(said.id)).header).toMatchObject({ completeness: 'truncated', problemCount: 1 });
    await append(file, `${last.slice(50)}\n`);
    expect(await bench.capture()).toMatchObject({ updated: 1, problems: [] });
    expect(await prompts(said.id)).toEqual(['one', 'two']);
    expect((await session(said.id)).header).toMatchObject({ completeness: 'text', problemCount: 0, problems: [] });
  });

  it('takes a complete last line without a line break at once, and only once', async () => {
    const said = conversation(bench.workspace);
    const file = await bench.log(said.id, [said.user('one')]);
    await append(file, toLine(said.user('two')));
    await bench.capture();
    await append(file, `\n${toLine(said.user('three'))}\n`);
    await bench.capture();
    expect(await prompts(said.id)).toEqual(['one', 'two', 'three']);
    expect((await session(said.id)).header.lineTypes).toEqual({ user: 3 });
  });

  it('keeps what a truncated, rotated or rewritten log has lost, and adds what is new', async () => {
    const said = conversation(bench.workspace);
    const [one, two, three] = [said.user('one'), said.user('two'), said.user('three')];
    const file = await bench.log(said.id, [one, two]);
    await bench.capture();
    await truncate(file, toLine(one).length + 1);
    await bench.capture();
    expect(await prompts(said.id)).toEqual(['one', 'two']);
    await rename(file, `${file}.old`);
    await bench.log(said.id, [two, three]);
    await bench.capture();
    expect(await prompts(said.id)).toEqual(['one', 'two', 'three']);
    const { lineTypes } = (await session(said.id)).header;
    expect(lineTypes).toEqual({ user: 2 });
  });

  it('captures again what was deleted from the store', async () => {
    const said = conversation(bench.workspace);
    const file = await bench.log(said.id, [said.user('one')]);
    await bench.capture();
    await unlink(path.join(sessionsFolder(), `${said.id}.jsonl`));
    await bench.capture();
    // The log did not change, so that it is only looked at again once it grows.
    expect(await listSessions(bench.ports)).toEqual([]);
    await append(file, `${toLine(said.user('two'))}\n`);
    await bench.capture();
    expect(await prompts(said.id)).toEqual(['one', 'two']);
  });
});

describe('copies of a session', () => {
  it('keep only what is their own, and name where they are from', async () => {
    const said = conversation(bench.workspace);
    const shared = [said.user('one'), said.assistant('1'), said.user('two')];
    await bench.log(said.id, shared);
    await bench.capture();
    const fork = conversation(bench.workspace, '2026-11-21T10:00:00.000Z');
    await bench.log(fork.id, [...shared.map((line) => ({ ...line, sessionId: fork.id })), fork.user('three')]);
    expect(await bench.capture()).toMatchObject({ captured: 1, unchanged: 1 });
    expect(await prompts(fork.id)).toEqual(['three']);
    expect((await session(fork.id)).header.forkedFrom).toBe(said.id);
  });

  it('are nothing if nothing in them is new', async () => {
    const said = conversation(bench.workspace);
    const shared = [said.user('one'), said.assistant('1')];
    await bench.log(said.id, shared);
    const copy = conversation(bench.workspace);
    const file = await bench.log(copy.id, shared);
    // Of two copies that begin alike, the older file is the session.
    await later(file);
    expect(await bench.capture()).toMatchObject({ captured: 1, empty: 1 });
    await append(file, `${toLine(copy.user('more'))}\n`);
    expect(await bench.capture()).toMatchObject({ captured: 1 });
    expect(await prompts(copy.id)).toEqual(['more']);
  });

  it('of the same id in two folders make one session', async () => {
    const said = conversation(bench.workspace);
    const lines = [said.user('one'), said.user('two')];
    await bench.log(said.id, lines);
    const mirror = path.join(bench.root, 'mirror');
    await mkdir(mirror);
    await writeFile(
      path.join(mirror, `${said.id}.jsonl`),
      [...lines, said.user('three')].map((line) => `${toLine(line)}\n`).join(''),
    );
    expect(await bench.capture({ extraLogFolders: [mirror] })).toMatchObject({ found: 1, captured: 1 });
    expect([...(await prompts(said.id))].sort()).toEqual(['one', 'three', 'two']);
  });
});
