import { expect, it } from 'vitest';
import { JOURNAL_PATH } from '../../../../src/core/history/journal';
import { reviewedOn } from '../../../../src/core/recall/reviewedOn';
import { createFakePorts } from '../../../fakes/fakePorts';

const line = (action: unknown, at: unknown): string => JSON.stringify({ action, at });

async function onOf(lines: readonly string[]): Promise<string | undefined> {
  const ports = createFakePorts();
  if (lines.length > 0) ports.files.put(JOURNAL_PATH, lines.map((one) => `${one}\n`).join(''));
  return reviewedOn({ ...ports, clock: { ...ports.clock, offsetMinutes: () => 0 } });
}

it('is the day of the latest acceptance, whatever was refused since', async () => {
  const accepted = [line('accept', '2026-11-01T10:00:00.000Z'), line('keep', '2026-11-03T10:00:00.000Z')];
  expect(await onOf([...accepted, line('reject', '2026-11-05T10:00:00.000Z')])).toBe('2026-11-03');
});

it('is that of the place where the user is', async () => {
  const ports = createFakePorts();
  ports.files.put(JOURNAL_PATH, `${line('accept', '2026-11-01T23:30:00.000Z')}\n`);
  expect(await reviewedOn({ ...ports, clock: { ...ports.clock, offsetMinutes: () => 60 } })).toBe('2026-11-02');
});

it.each<[string, readonly string[]]>([
  ['there is no journal', []],
  ['nothing was accepted', [line('reject', '2026-11-05T10:00:00.000Z')]],
  ['lines are torn', ['{"action":"accept","at":"2026-', 'null', '{}', '[]', 'x']],
  ['a line is no acceptance that can be dated', [line('accept', 'yesterday'), line('accept', 5), line(7, 'x')]],
  [
    'a line is longer than any of ours',
    [`{"action":"accept","at":"2026-11-05T10:00:00.000Z","x":"${'y'.repeat(70_000)}"}`],
  ],
])('is not told where %s', async (_, lines) => {
  expect(await onOf(lines)).toBeUndefined();
});
