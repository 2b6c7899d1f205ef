import { describe, expect, it } from 'vitest';
import {
  appendLine,
  JOURNAL_PATH,
  payloadPath,
  prepareLine,
  readJournal,
  readPayload,
  verifyJournal,
  type JournalLine,
} from '../../../../src/core/history/journal';
import { createFakePorts, type FakePorts } from '../../../fakes/fakePorts';

async function journalOf(count: number): Promise<{ readonly ports: FakePorts; readonly lines: readonly JournalLine[] }> {
  const ports = createFakePorts();
  const lines: JournalLine[] = [];
  for (let number = 0; number < count; number += 1) {
    const event = { actor: 'user', action: 'reject', dream: 'd1', note: `reason ${number}`, evidence: [] } as const;
    const line = await prepareLine(ports, event, [], []);
    await appendLine(ports, line);
    lines.push(line);
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

  it('finds any flipped byte of a line that others follow', async () => {
    const { ports } = await journalOf(3);
    const bytes = ports.files.entries.get(JOURNAL_PATH);
    const text = ports.files.text(JOURNAL_PATH) ?? '';
    const chained = text.split('\n').slice(0, 2).join('\n').length;
    for (let index = 0; index < chained; index += 7) {
      const flipped = bytes?.slice() ?? new Uint8Array();
      flipped[index] = (flipped[index] ?? 0) ^ 1;
      ports.files.entries.set(JOURNAL_PATH, flipped);
      expect(await verifyJournal(ports), `byte ${index}`).toBe(false);
    }
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

    const line = await prepareLine(ports, { actor: 'user', action: 'undo', evidence: [] }, [], []);
    await appendLine(ports, line);

    expect((await readJournal(ports)).lines.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(await verifyJournal(ports)).toBe(true);
    expect([...ports.files.entries.keys()].some((path) => path.startsWith(`${JOURNAL_PATH}.torn-`))).toBe(true);
  });

  it('appends a line once, however often it is asked to', async () => {
    const { ports, lines } = await journalOf(1);
    await appendLine(ports, lines[0]!);
    expect((await readJournal(ports)).lines).toHaveLength(1);
  });

  it('reports lines that cannot be read', async () => {
    const ports = createFakePorts({ [JOURNAL_PATH]: 'nonsense\n{"v":2}\n' });
    expect((await readJournal(ports)).problems.map(({ reason }) => reason)).toEqual(['unreadable', 'unreadable']);
  });
});
