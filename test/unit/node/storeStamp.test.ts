import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { shownStamp, storeStamp } from '../../../src/node/storeStamp';

let root: string;
const store = (file = ''): string => path.join(root, '.agent-memory', file);
const stamps = (): Promise<readonly string[]> =>
  Promise.all([storeStamp(root, store()), shownStamp(root, store())] as const);

async function put(file: string): Promise<void> {
  await mkdir(path.dirname(store(file)), { recursive: true });
  await writeFile(store(file), 'x\n');
}

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'agent-dreams-stamp-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

it.each(['facts/port.md', '.local/personal/facts/tea.md', '.local/state.json'])(
  'is another one after a change of %s',
  async (file) => {
    const [recalled, shown] = await stamps();
    await put(file);
    const [recalledNow, shownNow] = await stamps();
    expect(recalledNow).not.toBe(recalled);
    expect(shownNow).not.toBe(shown);
  },
);

it.each(['.local/sessions/a.jsonl', '.local/dreams/d/report.json', '.local/journal.jsonl'])(
  'tells a change of %s to those who show it, and not to those who recall',
  async (file) => {
    await put('.local/owner');
    const [recalled, shown] = await stamps();
    await put(file);
    const [recalledNow, shownNow] = await stamps();
    expect(recalledNow).toBe(recalled);
    expect(shownNow).not.toBe(shown);
  },
);

it('is the same as long as nothing changed', async () => {
  await put('facts/port.md');
  await put('.local/sessions/a.jsonl');
  expect(await stamps()).toEqual(await stamps());
});

it.each(['', '.local', '.local/sessions'])('does not look through a link at "%s"', async (place) => {
  const elsewhere = path.join(root, 'elsewhere');
  const inIt = path.join(elsewhere, path.relative(place, '.local/sessions'));
  await mkdir(inIt, { recursive: true });
  await mkdir(path.dirname(store(place)), { recursive: true });
  await symlink(elsewhere, store(place));
  const before = await stamps();
  await writeFile(path.join(inIt, 'a.jsonl'), 'x\n');
  await writeFile(path.join(elsewhere, 'b.md'), 'x\n');
  expect(await stamps()).toEqual(before);
});
