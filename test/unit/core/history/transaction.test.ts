import { describe, expect, it } from 'vitest';
import { AgentDreamsError } from '../../../../src/core/errors';
import { readJournal, readPayload, verifyJournal } from '../../../../src/core/history/journal';
import { applyTransaction, recover, type FileWrite } from '../../../../src/core/history/transaction';
import { readState } from '../../../../src/core/state/localState';
import { createFakePorts, type FakePorts } from '../../../fakes/fakePorts';

const memory = (name: string, rule: string): string =>
  `---\nname: ${name}\ndescription: ${rule}\ncreated: 2026-11-02\n---\n${rule}.\n`;
const event = {
  actor: 'user',
  action: 'accept',
  evidence: [{ kind: 'by-hand', at: '2026-11-21T09:00:00.000Z' }],
} as const;

function write(ports: FakePorts, path: string, text: string | null): FileWrite {
  const present = ports.files.entries.get(path);
  return {
    path,
    expected: present === undefined ? null : ports.hasher.sha256(present),
    bytes: text === null ? null : ports.text.encode(text),
  };
}

/** The store without what belongs to the machinery. */
function storeOf(ports: FakePorts): Record<string, string | undefined> {
  const paths = [...ports.files.entries.keys()].filter(
    (path) => !path.startsWith('.local/') || path.startsWith('.local/personal/'),
  );
  return Object.fromEntries(paths.sort().map((path) => [path, ports.files.text(path)]));
}

function leftovers(ports: FakePorts): readonly string[] {
  return [...ports.files.entries.keys()].filter((path) => /^(?:\.staging|\.local\/(?:staging|txn|tmp))\//u.test(path));
}

describe('applyTransaction', () => {
  it('writes the files, rebuilds the index, and journals the step with its diff', async () => {
    const ports = createFakePorts({ 'conventions/a.md': memory('a', 'Use tabs') });

    const line = await applyTransaction(ports, {
      writes: [
        write(ports, 'conventions/a.md', memory('a', 'Use spaces')),
        write(ports, 'facts/b.md', memory('b', 'It runs on Linux')),
      ],
      event: { ...event, dream: 'd1', change: 'c1', hunks: ['h1'] },
    });

    expect(ports.files.text('conventions/a.md')).toBe(memory('a', 'Use spaces'));
    expect(ports.files.text('MEMORY.md')).toContain('- [b](facts/b.md) — It runs on Linux');
    expect(line).toMatchObject({ seq: 1, actor: 'user', action: 'accept', dream: 'd1', change: 'c1', hunks: ['h1'] });
    expect(line.files.map(({ path }) => path)).toEqual(['conventions/a.md', 'facts/b.md', 'MEMORY.md']);
    const payload = await readPayload(ports, line);
    expect(payload.kind === 'intact' && payload.text).toContain('-Use tabs.');
    expect(JSON.stringify(line)).not.toContain('Use tabs');
    expect(leftovers(ports)).toEqual([]);
  });

  it('remembers what was accepted', async () => {
    const ports = createFakePorts({ 'facts/old.md': memory('old', 'Old') });
    await applyTransaction(ports, {
      writes: [write(ports, 'facts/a.md', memory('a', 'New')), write(ports, 'facts/old.md', null)],
      event,
    });
    const { accepted } = await readState(ports);
    expect(accepted).toEqual({ 'facts/a.md': ports.hasher.sha256(memory('a', 'New')) });
    expect(ports.files.entries.has('facts/old.md')).toBe(false);
  });

  it('changes nothing when a file is not as expected, and says which', async () => {
    const ports = createFakePorts({ 'facts/a.md': memory('a', 'One') });
    const stale = write(ports, 'facts/a.md', memory('a', 'Two'));
    ports.files.put('facts/a.md', memory('a', 'Written by an agent'));
    const before = storeOf(ports);

    const attempt = applyTransaction(ports, { writes: [write(ports, 'facts/b.md', memory('b', 'B')), stale], event });

    await expect(attempt).rejects.toMatchObject({ code: 'conflict', details: { path: 'facts/a.md' } });
    expect(storeOf(ports)).toEqual(before);
    expect((await readJournal(ports)).lines).toEqual([]);
  });

  it('refuses to write a file twice and to leave the store', async () => {
    const ports = createFakePorts();
    const twice = [write(ports, 'facts/a.md', 'x'), write(ports, 'facts/a.md', 'y')];
    await expect(applyTransaction(ports, { writes: twice, event })).rejects.toMatchObject({ code: 'invalid-input' });
    const out = [{ path: '../CLAUDE.md', expected: null, bytes: new Uint8Array() }];
    await expect(applyTransaction(ports, { writes: out, event })).rejects.toMatchObject({ code: 'invalid-path' });
  });

  it('never overwrites what another program wrote between the check and the rename', async () => {
    const ports = createFakePorts({ 'facts/a.md': memory('a', 'One') });
    ports.files.beforeMutation = (mutation, path) => {
      if (
        mutation === 'rename' &&
        path.startsWith('.local/tmp') &&
        ports.files.entries.has('.staging/' + firstTxn(ports) + '/0')
      ) {
        ports.files.put('facts/a.md', 'the agent was here');
      }
    };
    const writes = [
      write(ports, 'facts/0.md', memory('0', 'Zero')),
      write(ports, 'facts/a.md', memory('a', 'Two')),
    ].reverse();
    await expect(applyTransaction(ports, { writes, event })).rejects.toMatchObject({
      code: 'conflict',
      details: { path: 'facts/a.md' },
    });
    expect(storeOf(ports)).toEqual({ 'facts/a.md': 'the agent was here' });
    expect((await readJournal(ports)).lines).toEqual([]);
    expect(leftovers(ports)).toEqual([]);
  });
});

function firstTxn(ports: FakePorts): string {
  const staged = [...ports.files.entries.keys()].find((path) => path.startsWith('.staging/'));
  return staged?.split('/')[1] ?? '';
}

/** A store, and the transaction that every fault below interrupts: an update, an addition and a move. */
function scenario(): { readonly ports: FakePorts; readonly writes: readonly FileWrite[] } {
  const ports = createFakePorts({
    'conventions/a.md': memory('a', 'Use tabs'),
    'facts/old.md': memory('old', 'It runs on Windows'),
    'MEMORY.md': '# Notes of people\n',
  });
  const writes = [
    write(ports, 'conventions/a.md', memory('a', 'Use spaces')),
    write(ports, 'facts/new.md', memory('new', 'It runs on Linux')),
    write(ports, 'archive/facts/old.md', memory('old', 'It runs on Windows')),
    write(ports, 'facts/old.md', null),
  ];
  return { ports, writes };
}

async function mutationsOfScenario(): Promise<number> {
  const { ports, writes } = scenario();
  await applyTransaction(ports, { writes, event });
  return ports.files.calls.length;
}

describe('a transaction whose nth change of the disk fails', () => {
  const faults = [
    { name: 'once', persistent: false },
    { name: 'from then on', persistent: true },
  ];

  it.each(faults)('leaves all or nothing and works when tried again ($name)', async ({ persistent }) => {
    const total = await mutationsOfScenario();
    const fresh = scenario();
    const oldStore = storeOf(fresh.ports);
    await applyTransaction(fresh.ports, { writes: fresh.writes, event });
    const newStore = storeOf(fresh.ports);
    expect(total).toBeGreaterThan(20);

    for (let nth = 0; nth < total; nth += 1) {
      const { ports, writes } = scenario();
      ports.files.beforeMutation = (_mutation, _path, count) => {
        if (persistent ? count >= nth : count === nth) throw new AgentDreamsError('disk-full', 'The disk is full.');
      };
      await applyTransaction(ports, { writes, event }).catch(() => undefined);
      ports.files.beforeMutation = () => undefined;
      await recover(ports);

      const after = storeOf(ports);
      const state = JSON.stringify(after) === JSON.stringify(newStore) ? 'new' : 'old';
      expect(after, `call ${nth}`).toEqual(state === 'new' ? newStore : oldStore);
      expect(
        leftovers(ports).filter((path) => !path.startsWith('.local/tmp/')),
        `call ${nth}`,
      ).toEqual([]);
      expect((await readJournal(ports)).lines, `call ${nth}`).toHaveLength(state === 'new' ? 1 : 0);
      expect(await verifyJournal(ports), `call ${nth}`).toBe(true);
      if (state === 'old') await applyTransaction(ports, { writes, event });
      expect(storeOf(ports), `again after call ${nth}`).toEqual(newStore);
    }
  });

  it('recovers the same however often recovery itself is interrupted', async () => {
    const { ports, writes } = scenario();
    const commits = (path: string): boolean => path.endsWith('/COMMIT');
    let committed = false;
    ports.files.beforeMutation = () => {
      if (committed) throw new AgentDreamsError('io', 'The power is gone.');
      committed = [...ports.files.entries.keys()].some(commits);
      if (committed) throw new AgentDreamsError('io', 'The power is gone.');
    };
    await applyTransaction(ports, { writes, event }).catch(() => undefined);
    for (let survived = 0; survived < 40; survived += 1) {
      const start = ports.files.calls.length;
      ports.files.beforeMutation = (_mutation, _path, count) => {
        if (count - start >= survived) throw new AgentDreamsError('io', 'The power is gone.');
      };
      await recover(ports).catch(() => undefined);
    }
    ports.files.beforeMutation = () => undefined;

    expect(await recover(ports)).toBe('clean');
    expect(ports.files.text('facts/new.md')).toBe(memory('new', 'It runs on Linux'));
    expect((await readJournal(ports)).lines).toHaveLength(1);
    expect(await verifyJournal(ports)).toBe(true);
  });
});

describe('recover', () => {
  it('is cheap and silent on a healthy store', async () => {
    const ports = createFakePorts({ 'facts/a.md': memory('a', 'A') });
    expect(await recover(ports)).toBe('clean');
    expect(ports.files.calls).toEqual([]);
  });

  it('discards what never was committed', async () => {
    const ports = createFakePorts({ '.staging/t1/0': 'half', '.local/txn/t1/note': 'x' });
    expect(await recover(ports)).toBe('discarded');
    expect(leftovers(ports)).toEqual([]);
  });
});
