import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { Sandbox } from '../../scripts/rig/sandbox';
import { writeSessionLogs, type Conversation } from './claudeLog';
import { listTree, readText, until, withWorkbench, writeTree, type Workbench } from './harness';

const MEMORY = 'conventions/run-tests.md';

/** What the project knows: its rule is about to be overtaken, the paragraphs between keep the two hunks apart. */
const OLD_MEMORY = `---
name: run-tests
description: Run the tests with npm test
created: 2026-09-01
---
The suite needs the database of docker compose. Start it first and wait until it is healthy.

Reports are written to the reports folder, one for each package, and are not committed.

Always run the tests with \`npm test\`.
`;

const NEW_DESCRIPTION = 'description: Always run the tests with `pnpm test`';

const FIRST_SESSIONS: readonly Conversation[] = [
  {
    seed: 'a',
    startedAt: '2026-11-02T09:00:00.000Z',
    turns: [
      ['Add a total to the invoice page.', 'The invoice page shows the total now.'],
      ['From now on always run the tests with `pnpm test`.', 'Understood.'],
    ],
  },
  {
    seed: 'b',
    startedAt: '2026-11-03T09:00:00.000Z',
    turns: [
      ['Write the changelog entry for the release.', 'Done: CHANGELOG.md has it.'],
      ['Always write changelog entries in the words of a user, never of a developer.', 'I rewrote the entry.'],
    ],
  },
  {
    seed: 'c',
    startedAt: '2026-11-04T09:00:00.000Z',
    turns: [
      ['Rename the order module.', 'Renamed.'],
      ['Update the imports as well.', 'All imports are updated.'],
    ],
  },
];

/** Ordinary work that teaches nothing. */
const LATER_SESSIONS: readonly Conversation[] = ['d', 'e', 'f'].map((seed, index) => ({
  seed,
  startedAt: `2026-11-1${index}T09:00:00.000Z`,
  turns: [['What does the order module do?', 'It stores orders and their lines.']],
}));

async function prepare(sandbox: Sandbox): Promise<{ readonly folder: string }> {
  const folder = path.join(sandbox.workspace, 'shop');
  await mkdir(folder);
  await writeTree(folder, { 'README.md': '# Shop\n', [`.agent-memory/${MEMORY}`]: OLD_MEMORY });
  await writeSessionLogs(sandbox, folder, FIRST_SESSIONS);
  return { folder };
}

const REASON = 'The hooks of the repository say it already.';

it('a person captures, dreams, and decides hunk by hunk', async () => {
  await withWorkbench({ test: 'review', prepare }, async (bench) => {
    const folder = path.join(bench.sandbox.workspace, 'shop');
    const memory = path.join(folder, '.agent-memory', MEMORY);
    await captureAndDream(bench, path.join(folder, '.agent-memory/.local/journal.jsonl'));
    expect(await readText(memory)).toBe(OLD_MEMORY);
    await acceptOneHunk(bench, memory);
    await editAndAcceptTheOther(bench, memory);
    await undo(bench, memory);
    await rejectWithReason(bench, memory);
    await rejectWholeChange(bench, folder);
    await dreamAgain(bench, folder);
  });
});

async function captureAndDream(bench: Workbench, journal: string): Promise<void> {
  const { page, command, choose, toast, pending, screenshot, status } = bench;
  await toast('3 sessions of this project found. Dream now?').waitFor();
  await screenshot('first-run');
  await command('Agent Dreams: Capture Sessions');
  await choose('Keep Private');
  await toast('3 new').waitFor();
  await screenshot('captured');

  // The memory came with the folder: no dream reads it before it is kept.
  await command('Notifications: Clear All Notifications');
  await command('Agent Dreams: Keep Outside Change');
  await choose('run-tests.md');
  await page.keyboard.press('Enter');
  await until('the memory is kept', async () => (await readText(journal))?.includes('"action":"keep"') === true);
  await page.locator('.monaco-list-row', { hasText: 'Changed outside' }).waitFor({ state: 'detached' });

  await command('Agent Dreams: Dream Now');
  await pending('Always run the tests').waitFor();
  await status.filter({ hasText: '2 to review' }).waitFor();
  await command('Notifications: Clear All Notifications');
  await screenshot('proposals-and-badge');
}

/** Accepts the first of the two hunks by its lens: the file holds that hunk only. */
async function acceptOneHunk({ pending, lens, clickLens, screenshot }: Workbench, memory: string): Promise<void> {
  await pending('Always run the tests').click();
  await expect.poll(() => lens('Accept').count()).toBe(2);
  await screenshot('diff-with-two-hunks');
  await clickLens('Accept');

  const accepted = OLD_MEMORY.replace('description: Run the tests with npm test', NEW_DESCRIPTION);
  await expect.poll(() => readText(memory)).toBe(accepted);
  await expect.poll(() => lens('Accept').count()).toBe(1);
  await screenshot('first-hunk-accepted');
}

/** Types into the right side, saves, and accepts what was typed. */
async function editAndAcceptTheOther({ page, clickLens, screenshot }: Workbench, memory: string): Promise<void> {
  await page.locator('.editor.modified .view-line', { hasText: /^Always.run.the.tests/ }).click();
  await page.keyboard.press('End');
  await page.keyboard.type(' Not with npm.');
  await page.keyboard.press('Control+s');
  await screenshot('other-hunk-edited');
  await clickLens('Accept');

  await expect.poll(() => readText(memory)).toContain('Always run the tests with `pnpm test`. Not with npm.\n');
  await screenshot('edited-hunk-accepted');
}

async function undo({ command, lens, screenshot }: Workbench, memory: string): Promise<void> {
  await command('Agent Dreams: Undo Last Decision');

  await expect.poll(() => readText(memory)).toContain('Always run the tests with `npm test`.\n');
  expect(await readText(memory)).toContain(NEW_DESCRIPTION);
  await lens('Accept').waitFor();
  await screenshot('undone');
}

async function rejectWithReason({ page, clickLens, pending, screenshot }: Workbench, memory: string): Promise<void> {
  const before = await readText(memory);
  await clickLens('Reject');
  await page.locator('.quick-input-widget input.input:visible').fill(REASON);
  await screenshot('reason');
  await page.keyboard.press('Enter');

  await expect.poll(() => pending('Always run the tests').count()).toBe(0);
  await screenshot('rejected');
  expect(await readText(memory)).toBe(before);
}

/** Rejects the other change with the button in the editor title. */
async function rejectWholeChange({ page, pending, status, screenshot }: Workbench, folder: string): Promise<void> {
  await pending('Always write changelog entries').click();
  await screenshot('new-memory');
  await page.locator('.editor-actions .action-label[aria-label^="Reject"]:visible').first().click();
  await page.locator('.quick-input-widget input.input:visible').fill(REASON);
  await page.keyboard.press('Enter');

  await status.filter({ hasText: /^\s*Dreams/ }).waitFor();
  await screenshot('nothing-left');
  const files = await listTree(path.join(folder, '.agent-memory/conventions'));
  expect(files).toEqual(['run-tests.md']);
}

/** New sessions without new evidence: what was rejected stays away. */
async function dreamAgain({ sandbox, command, toast, pending, screenshot }: Workbench, folder: string): Promise<void> {
  await writeSessionLogs(sandbox, folder, LATER_SESSIONS);
  await command('Notifications: Clear All Notifications');
  await command('Agent Dreams: Dream Now');
  await toast('No change proposed').waitFor();
  await screenshot('dreamt-again');
  expect(await pending('Always').count()).toBe(0);
}
