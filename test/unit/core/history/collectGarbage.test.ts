import { describe, expect, it } from 'vitest';
import { collectGarbage } from '../../../../src/core/history/collectGarbage';
import { getObject, putObject } from '../../../../src/core/history/objects';
import { planRollback, rollback } from '../../../../src/core/history/rollback';
import { listSnapshots } from '../../../../src/core/history/snapshots';
import { applyTransaction } from '../../../../src/core/history/transaction';
import { renderMemory } from '../../../../src/core/memory/codec';
import { createFakePorts, type FakePorts } from '../../../fakes/fakePorts';

const DAY_MS = 86_400_000;
const RETENTION = { keepSnapshots: 1, keepDays: 30 };

async function write(ports: FakePorts, body: string): Promise<void> {
  const present = ports.files.entries.get('facts/a.md');
  const bytes = ports.text.encode(renderMemory({ name: 'a', description: 'A', created: '2026-11-01', body }));
  const expected = present === undefined ? null : ports.hasher.sha256(present);
  const event = { actor: 'user', action: 'accept', evidence: [] } as const;
  await applyTransaction(ports, { writes: [{ path: 'facts/a.md', expected, bytes }], event });
}

async function storeOfThree(): Promise<FakePorts> {
  const ports = createFakePorts();
  for (const body of ['one', 'two', 'three']) await write(ports, body);
  return ports;
}

describe('collecting garbage', () => {
  it('keeps young snapshots, and the newest ones however old they are', async () => {
    const ports = await storeOfThree();
    const ids = await listSnapshots(ports);
    expect(await collectGarbage(ports, RETENTION)).toEqual({ snapshots: 0, files: 0 });
    ports.clock.advance(31 * DAY_MS);
    expect(await collectGarbage(ports, RETENTION)).toEqual({ snapshots: 2, files: 0 });
    expect(await listSnapshots(ports)).toEqual(ids.slice(-1));
    expect(await planRollback(ports, ids[2] ?? '')).not.toEqual([]);
    await rollback(ports, ids[2] ?? '');
    expect(ports.files.text('facts/a.md')).toContain('two');
  });

  it('removes a content only when it was found unused twice, a day apart', async () => {
    const ports = await storeOfThree();
    const unused = await putObject(ports, ports.text.encode('nobody refers to this'));
    ports.clock.advance(31 * DAY_MS);
    expect((await collectGarbage(ports, RETENTION)).files).toBe(0);
    expect((await collectGarbage(ports, RETENTION)).files).toBe(0);
    ports.clock.advance(DAY_MS);
    expect((await collectGarbage(ports, RETENTION)).files).toBe(1);
    expect(await getObject(ports, unused)).toBeUndefined();
  });

  it('never removes what the journal, a dream or an accepted hash refers to', async () => {
    const ports = await storeOfThree();
    const named = await putObject(ports, ports.text.encode('a review refers to this'));
    ports.files.put('.local/dreams/d/review.json', `{"base":"${named}"}`);
    const before = [...ports.files.entries.keys()].filter((path) => /snapshots\/(?:objects|payloads)\//u.test(path));
    for (let days = 0; days < 5; days += 1) {
      ports.clock.advance(31 * DAY_MS);
      await collectGarbage(ports, RETENTION);
    }
    expect(before.filter((path) => !ports.files.entries.has(path))).toEqual([]);
  });

  it('keeps everything while a snapshot or the journal cannot be read', async () => {
    const ports = await storeOfThree();
    await putObject(ports, ports.text.encode('unused'));
    const [id = ''] = (await listSnapshots(ports)).slice(-1);
    ports.files.put(`.local/snapshots/manifests/${id}.json`, 'broken');
    for (let days = 0; days < 3; days += 1) {
      ports.clock.advance(31 * DAY_MS);
      expect(await collectGarbage(ports, RETENTION)).toEqual({ snapshots: 0, files: 0 });
    }
  });

  it('does nothing in a store with few snapshots', async () => {
    const ports = await storeOfThree();
    const calls = ports.files.calls.length;
    await collectGarbage(ports, { keepSnapshots: 200, keepDays: 90 });
    expect(ports.files.calls).toHaveLength(calls);
  });
});
