import { describe, expect, it } from 'vitest';
import { AgentDreamsError, type ErrorCode } from '../../../../src/core/errors';
import { readJournal, verifyJournal } from '../../../../src/core/history/journal';
import { applyTransaction, recover, type FileWrite } from '../../../../src/core/history/transaction';
import { renderMemory } from '../../../../src/core/memory/codec';
import { outsideChanges } from '../../../../src/core/memory/outside';
import { initializeStore } from '../../../../src/core/memory/store';
import { createFakePorts, type FakePorts } from '../../../fakes/fakePorts';

const EVENT = { actor: 'user', action: 'accept', evidence: [] } as const;

function text(name: string, age: 'old' | 'new'): string {
  return renderMemory({ name, description: `The ${age} ${name}`, created: '2026-11-01', body: `${age} text` });
}

/** A store with two memories, and the change that rewrites one, moves the other to the archive and adds a third. */
async function storeWithChange(): Promise<{ readonly ports: FakePorts; readonly change: () => readonly FileWrite[] }> {
  const ports = createFakePorts();
  await initializeStore(ports, { share: 'git' });
  const old = ['facts/kept.md', 'facts/moved.md'].map((path) => {
    const name = path.slice('facts/'.length, -'.md'.length);
    return { path, expected: null, bytes: ports.text.encode(text(name, 'old')) };
  });
  await applyTransaction(ports, { writes: old, event: EVENT });
  const [kept, moved] = old.map(({ bytes }) => ports.hasher.sha256(bytes));
  const change = (): readonly FileWrite[] => [
    { path: 'facts/kept.md', expected: kept ?? '', bytes: ports.text.encode(text('kept', 'new')) },
    { path: 'archive/facts/moved.md', expected: null, bytes: ports.text.encode(text('moved', 'old')) },
    { path: 'facts/moved.md', expected: moved ?? '', bytes: null },
    { path: 'facts/added.md', expected: null, bytes: ports.text.encode(text('added', 'new')) },
    { path: '.local/dreams/d/review.json', expected: null, bytes: ports.text.encode('{}') },
  ];
  return { ports, change };
}

/** What a person would call the content of the store, and nothing of `.local` but the file of the change. */
function content(ports: FakePorts): Readonly<Record<string, string>> {
  const shown = [...ports.files.entries.keys()].filter(
    (path) => !path.startsWith('.local/') || path.startsWith('.local/dreams/'),
  );
  return Object.fromEntries(shown.sort().map((path) => [path, ports.files.text(path) ?? '']));
}

function leftovers(ports: FakePorts): readonly string[] {
  return [...ports.files.entries.keys()].filter((path) => /^(?:\.staging|\.local\/(?:txn|staging|tmp))\//u.test(path));
}

async function mutationsOf(change: (ports: FakePorts) => Promise<unknown>): Promise<number> {
  const { ports } = await storeWithChange();
  const before = ports.files.calls.length;
  await change(ports);
  return ports.files.calls.length - before;
}

async function applied(): Promise<Readonly<Record<string, string>>> {
  const { ports, change } = await storeWithChange();
  await applyTransaction(ports, { writes: change(), event: EVENT });
  return content(ports);
}

interface Fault {
  readonly code: ErrorCode;
  /** True for a disk that stays broken until the failed call is over. */
  readonly lasting: boolean;
}

/** Applies the change on a store whose n-th mutating call fails, and heals it afterwards. */
async function applyWithFault(nth: number, fault: Fault) {
  const { ports, change } = await storeWithChange();
  const before = content(ports);
  const start = ports.files.calls.length;
  let failed = 0;
  ports.files.beforeMutation = (_mutation, path) => {
    const due = ports.files.calls.length + failed - start >= nth;
    if (!due || (failed > 0 && !fault.lasting)) return;
    failed += 1;
    throw new AgentDreamsError(fault.code, 'planted', { path });
  };
  const error = await applyTransaction(ports, { writes: change(), event: EVENT }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  ports.files.beforeMutation = () => undefined;
  return { ports, change, before, error };
}

const FAULTS: readonly Fault[] = [
  { code: 'disk-full', lasting: true },
  { code: 'io', lasting: true },
  { code: 'io', lasting: false },
  { code: 'permission-denied', lasting: true },
];

describe.each(FAULTS)('applying a change while the disk says $code (lasting: $lasting)', (fault) => {
  it('leaves all or nothing, whichever call it is that fails', async () => {
    const after = await applied();
    const calls = await mutationsOf(async (ports) => {
      const { change } = await storeWithChange();
      await applyTransaction(ports, { writes: change(), event: EVENT });
    });
    expect(calls).toBeGreaterThan(20);
    // Two neighbouring calls fail alike; each of the four faults begins at another one.
    for (let nth = FAULTS.indexOf(fault) % 2; nth < calls; nth += 2) {
      const { ports, before, error } = await applyWithFault(nth, fault);
      await recover(ports);

      const state = content(ports);
      const isOld = JSON.stringify(state) === JSON.stringify(before);
      const isNew = JSON.stringify(state) === JSON.stringify(after);
      expect(isOld || isNew, `call ${nth}`).toBe(true);
      if (error === undefined) expect(isNew, `call ${nth} was reported as applied`).toBe(true);
      else expect(error).toMatchObject({ code: fault.code });
      const accepts = (await readJournal(ports)).lines.filter(({ action }) => action === 'accept').length;
      expect(accepts, `journal after call ${nth}`).toBe(isNew ? 2 : 1);
      expect(await verifyJournal(ports), `journal after call ${nth}`).toBe(true);
      expect(await outsideChanges(ports), `accepted hashes after call ${nth}`).toEqual([]);
      expect(leftovers(ports), `leftovers after call ${nth}`).toEqual([]);
    }
  });

  it('can be tried again', async () => {
    const after = await applied();
    for (let nth = 0; nth < 60; nth += 6) {
      const { ports, change, before } = await applyWithFault(nth, fault);
      await recover(ports);
      if (JSON.stringify(content(ports)) === JSON.stringify(before)) {
        await applyTransaction(ports, { writes: change(), event: EVENT });
      }
      expect(content(ports), `call ${nth}`).toEqual(after);
    }
  });
});

/** Thrown by a process that is gone: nothing it would do afterwards happens. */
class Killed extends Error {}

/** Runs the work in a process that is killed before its n-th mutating call; false if it ended before that. */
async function killedAt(ports: FakePorts, nth: number, work: () => Promise<unknown>): Promise<boolean> {
  const start = ports.files.calls.length;
  let dead = false;
  ports.files.beforeMutation = () => {
    dead ||= ports.files.calls.length - start >= nth;
    if (dead) throw new Killed();
  };
  await work().catch((error: unknown) => {
    if (!dead) throw error;
  });
  ports.files.beforeMutation = () => undefined;
  return dead;
}

describe('a process that is killed while it applies a change', () => {
  it('leaves the old or the new state at every call, also when the recovery is killed', async () => {
    const after = await applied();
    const every = 4;
    for (let first = 0; ; first += 1) {
      let everKilled = false;
      for (let second = first % every; ; second += every) {
        const { ports, change } = await storeWithChange();
        const before = content(ports);
        everKilled = await killedAt(ports, first, () => applyTransaction(ports, { writes: change(), event: EVENT }));
        const again = await killedAt(ports, second, () => recover(ports));
        await recover(ports);

        const state = content(ports);
        const isNew = JSON.stringify(state) === JSON.stringify(after);
        expect(isNew || JSON.stringify(state) === JSON.stringify(before), `${first}, ${second}`).toBe(true);
        const accepts = (await readJournal(ports)).lines.filter(({ action }) => action === 'accept').length;
        expect(accepts, `journal at ${first}, ${second}`).toBe(isNew ? 2 : 1);
        expect(await verifyJournal(ports), `journal at ${first}, ${second}`).toBe(true);
        expect(await outsideChanges(ports), `accepted at ${first}, ${second}`).toEqual([]);
        expect(await recover(ports)).toBe('clean');
        if (!again) break;
      }
      if (!everKilled) break;
    }
  });
});

/** Applies the change while an agent writes to `path` before the n-th mutating call, and opens the store again. */
async function applyWithAgent(path: string, nth: number) {
  const { ports, change } = await storeWithChange();
  const before = content(ports);
  const start = ports.files.calls.length;
  const agent = { wrote: false };
  ports.files.beforeMutation = () => {
    if (ports.files.calls.length - start !== nth || agent.wrote) return;
    agent.wrote = true;
    ports.files.put(path, 'written by an agent');
  };
  const error = await applyTransaction(ports, { writes: change(), event: EVENT }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  ports.files.beforeMutation = () => undefined;
  await recover(ports);
  return { ports, before, error, wrote: agent.wrote };
}

describe('a file that somebody writes while a change is applied', () => {
  it.each(['facts/kept.md', 'facts/moved.md', 'facts/added.md', 'MEMORY.md'])(
    'is never overwritten, at whichever call, and the rest is then as it was before (%s)',
    async (path) => {
      const after = await applied();
      for (let nth = 0; ; nth += 1) {
        const { ports, before, error, wrote } = await applyWithAgent(path, nth);
        if (!wrote) break;
        const where = `call ${nth}`;
        const store = error === undefined ? after : before;
        expect(content(ports), where).toEqual({ ...store, [path]: 'written by an agent' });
        if (error !== undefined) expect(error, where).toMatchObject({ code: 'conflict', details: { path } });
        const accepts = (await readJournal(ports)).lines.filter(({ action }) => action === 'accept').length;
        expect(accepts, where).toBe(error === undefined ? 2 : 1);
        expect(leftovers(ports), where).toEqual([]);
      }
    },
  );

  it('keeps a text that found its place taken, and says where', async () => {
    const { ports, change } = await storeWithChange();
    ports.files.beforeMutation = (mutation, path) => {
      // An open file is written to after it was moved aside, and another program makes the name anew.
      const aside = [...ports.files.entries.keys()].find((name) => name.endsWith('.was'));
      if (mutation !== 'moveNew' || !path.startsWith('.staging/') || aside === undefined) return;
      ports.files.put(aside, 'written by an agent');
      ports.files.put('facts/kept.md', 'written by a person');
    };
    const attempt = applyTransaction(ports, { writes: change().slice(0, 1), event: EVENT });
    await expect(attempt).rejects.toMatchObject({
      code: 'conflict',
      details: { path: 'facts/kept.md', kept: expect.stringMatching(/^\.local\/kept\/[^/]+\/kept\.md$/u) as string },
    });
    expect(ports.files.text('facts/kept.md')).toBe('written by a person');
    const kept = [...ports.files.entries.keys()].filter((path) => path.startsWith('.local/kept/'));
    expect(kept.map((path) => ports.files.text(path))).toEqual(['written by an agent']);
  });
});
