import { describe, expect, it } from 'vitest';
import {
  appendEntry,
  JOURNAL_PATH,
  payloadPath,
  prepareEntry,
  readJournal,
  readPayload,
  verifyJournal,
  type JournalLine,
} from '../../../../src/core/history/journal';
import { applyTransaction } from '../../../../src/core/history/transaction';
import { createFakePorts, type FakePorts } from '../../../fakes/fakePorts';

async function journalOf(
  count: number,
): Promise<{ readonly ports: FakePorts; readonly lines: readonly JournalLine[] }> {
  const ports = createFakePorts();
  const lines: JournalLine[] = [];
  for (let number = 0; number < count; number += 1) {
    const event = { actor: 'user', action: 'reject', dream: 'd1', note: `reason ${number}`, evidence: [] } as const;
    lines.push(await appendEntry(ports, await prepareEntry(ports, event, [], [])));
  }
  return { ports, lines };
}

describe('the journal', () => {
  it('numbers its lines and chains each to the one before', async () => {
    const { ports } = await journalOf(3);
    const { lines, problems } = await readJournal(ports);
    expect(lines.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(problems).toEqual([]);
    expect(await verifyJournal(ports)).toBe(true);
  });

  it('finds any flipped byte, in the last line too', async () => {
    const { ports } = await journalOf(3);
    const bytes = ports.files.entries.get(JOURNAL_PATH) ?? new Uint8Array();
    for (let index = 0; index < bytes.length; index += 1) {
      const flipped = bytes.slice();
      flipped[index] = (flipped[index] ?? 0) ^ (1 << (index % 8));
      ports.files.entries.set(JOURNAL_PATH, flipped);
      expect(await verifyJournal(ports), `byte ${index}`).toBe(false);
    }
  });

  it('finds a line that was taken out, added or moved', async () => {
    const { ports } = await journalOf(4);
    const lines = (ports.files.text(JOURNAL_PATH) ?? '').trimEnd().split('\n');
    const [first = '', second = '', third = '', fourth = ''] = lines;
    for (const forged of [
      [second, third, fourth],
      [first, third, fourth],
      [first, second, second, third, fourth],
      [first, third, second, fourth],
    ]) {
      ports.files.put(JOURNAL_PATH, `${forged.join('\n')}\n`);
      expect(await verifyJournal(ports)).toBe(false);
    }
  });

  it('gives an entry its place when it is appended, however long it waited', async () => {
    const { ports } = await journalOf(1);
    const event = { actor: 'user', action: 'accept', evidence: [] } as const;
    const early = await prepareEntry(ports, event, [], []);
    await appendEntry(ports, await prepareEntry(ports, event, [], []));
    await appendEntry(ports, early);
    await appendEntry(ports, await prepareEntry(ports, event, [], []));
    await appendEntry(ports, early);

    expect((await readJournal(ports)).lines.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
    expect(await verifyJournal(ports)).toBe(true);
  });

  it('keeps words out of the line, and stays valid when they are redacted', async () => {
    const { ports, lines } = await journalOf(2);
    expect(ports.files.text(JOURNAL_PATH)).not.toContain('reason');
    ports.files.entries.delete(payloadPath(lines[0]?.payload ?? ''));
    expect(await readPayload(ports, lines[0]!)).toEqual({ kind: 'redacted' });
    expect(await verifyJournal(ports)).toBe(true);
  });

  it('notices words that were changed', async () => {
    const { ports, lines } = await journalOf(1);
    ports.files.put(payloadPath(lines[0]?.payload ?? ''), '{"note":"another","evidence":[],"diffs":[]}');
    expect(await verifyJournal(ports)).toBe(false);
  });

  it('takes a torn last line out before the next one, and keeps it beside', async () => {
    const { ports } = await journalOf(2);
    ports.files.put(JOURNAL_PATH, `${ports.files.text(JOURNAL_PATH) ?? ''}{"v":1,"seq":3,"tor`);
    expect((await readJournal(ports)).problems).toEqual([{ line: 3, reason: 'torn' }]);

    const entry = await prepareEntry(ports, { actor: 'user', action: 'undo', evidence: [] }, [], []);
    await appendEntry(ports, entry);

    expect((await readJournal(ports)).lines.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(await verifyJournal(ports)).toBe(true);
    expect([...ports.files.entries.keys()].some((path) => path.startsWith(`${JOURNAL_PATH}.torn-`))).toBe(true);
  });

  it('appends a line once, however often it is asked to', async () => {
    const { ports, lines } = await journalOf(1);
    await appendEntry(ports, lines[0]!);
    expect((await readJournal(ports)).lines).toHaveLength(1);
  });

  it('reports lines that cannot be read', async () => {
    const ports = createFakePorts({ [JOURNAL_PATH]: 'nonsense\n{"v":2}\n' });
    expect((await readJournal(ports)).problems.map(({ reason }) => reason)).toEqual(['unreadable', 'unreadable']);
  });
});

describe('a journal that lost lines off its end', () => {
  const apply = async (ports: FakePorts, path: string): Promise<unknown> =>
    applyTransaction(ports, {
      writes: [{ path, expected: null, bytes: ports.text.encode('x') }],
      event: { actor: 'user', action: 'accept', evidence: [] },
    });

  it('is found out, also when it went on since', async () => {
    const ports = createFakePorts();
    for (const path of ['schema.md', 'rubric.md', 'probes.yaml']) await apply(ports, path);
    expect(await verifyJournal(ports)).toBe(true);
    const [first = ''] = (ports.files.text(JOURNAL_PATH) ?? '').split('\n');
    ports.files.put(JOURNAL_PATH, `${first}\n`);
    expect((await readJournal(ports)).problems).toEqual([{ line: 3, reason: 'cut-off' }]);

    for (const name of ['a', 'b', 'c', 'd']) await apply(ports, `facts/${name}.md`);
    expect((await readJournal(ports)).problems).toEqual([{ line: 3, reason: 'cut-off' }]);
    expect(await verifyJournal(ports)).toBe(false);
  });
});
