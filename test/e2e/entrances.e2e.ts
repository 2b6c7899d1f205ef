import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { Sandbox } from '../../scripts/rig/sandbox';
import { copyExample } from '../../scripts/start/example';
import { listTree, readText, until, withWorkbench, type Workbench } from './harness';

/** The same decisions by every other way: multi-diff, tree, editor title, palette, keyboard, Why. */
it('every decision can be taken in several ways', async () => {
  const opened = { folder: '' };
  const prepare = async (sandbox: Sandbox): Promise<{ readonly folder: string }> => {
    await mkdir(sandbox.workspace, { recursive: true });
    opened.folder = await copyExample(sandbox.workspace, sandbox.claudeConfig);
    return opened;
  };
  await withWorkbench({ test: 'entrances', prepare }, async (bench) => {
    const { command, choose, status, screenshot, toast } = bench;
    const store = path.join(opened.folder, '.agent-memory');
    await toast('sessions of this project found').waitFor();
    await command('Notifications: Clear All Notifications');
    await command('Agent Dreams: Dream Now');
    await choose('Share through Git');
    await status.filter({ hasText: 'to review' }).waitFor();
    await command('Notifications: Clear All Notifications');
    await screenshot('proposals');
    await reviewAll(bench, store);
    await acceptInTree(bench, store);
    await acceptByKeyboard(bench, store);
    await why(bench);
  });
});

async function memories(store: string): Promise<readonly string[]> {
  const files = await listTree(store);
  return files.filter((file) => /^[a-z]+\/.*\.md$/.test(file));
}

async function grows(store: string, from: number): Promise<number> {
  return await until('one memory more', async () => {
    const { length } = await memories(store);
    return length > from && length;
  });
}

async function reviewAll({ page, command, lens, clickLens, screenshot }: Workbench, store: string): Promise<void> {
  await command('Agent Dreams: Review All');
  await page.locator('.multiDiffEditor, .multi-diff-root').first().waitFor();
  await lens('Accept').nth(2).waitFor();
  await screenshot('review-all');
  await clickLens('Accept');
  await grows(store, 0);
  await screenshot('accepted-in-review-all');
}

async function acceptInTree({ pending, screenshot }: Workbench, store: string): Promise<void> {
  const { length } = await memories(store);
  const row = pending('').last();
  const accept = row.locator('.action-label[aria-label^="Accept"]');
  // The tree may be drawn anew under the mouse, and shows its buttons only to a mouse that moves.
  await until('the button in the tree', async () => {
    await row.hover();
    return await accept.click({ timeout: 1_000 }).then(
      () => true,
      () => false,
    );
  });
  await grows(store, length);
  await screenshot('accepted-in-tree');
}

async function acceptByKeyboard({ page, pending, lens, screenshot }: Workbench, store: string): Promise<void> {
  const { length } = await memories(store);
  await pending('').nth(1).click();
  await lens('Accept').first().waitFor();
  await page.locator('.editor.modified .view-line').nth(2).click();
  await page.keyboard.press('Control+Alt+Enter');
  await grows(store, length);
  await screenshot('accepted-by-keyboard');
  const index = await readText(path.join(store, 'MEMORY.md'));
  expect(index?.match(/\]\(/g)).toHaveLength(length + 1);
}

async function why({ page, clickLens, screenshot }: Workbench): Promise<void> {
  await clickLens('Why');
  const hover = page.locator('.monaco-hover:visible', { hasText: 'session' }).first();
  await hover.waitFor();
  await screenshot('why', 'stays');
}
