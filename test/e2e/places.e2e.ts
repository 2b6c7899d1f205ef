import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { Sandbox } from '../../scripts/rig/sandbox';
import { writeSessionLogs } from './claudeLog';
import { listTree, withWorkbench, writeTree } from './harness';

const OPEN_VIEWS = 'View: Show Agent Dreams';

it('without a folder everything says what is missing', async () => {
  await withWorkbench({ test: 'no-folder', prepare: async () => ({}) }, async (bench) => {
    const { page, status, command, screenshot } = bench;
    await status.filter({ hasText: 'Dreams off' }).waitFor();

    await command(OPEN_VIEWS);
    await page
      .locator('.welcome-view-content:visible', { hasText: 'Open a folder to give it a memory' })
      .first()
      .waitFor();
    await screenshot('views');
    await command('Agent Dreams: Dream Now');
    await page.locator('.notification-toast', { hasText: /folder/i }).waitFor();
    await screenshot('dream-now');
  });
});

it('an untrusted workspace is shown, and nothing is captured, dreamed or written', async () => {
  const memory = '---\nname: use-tabs\ndescription: Indent with tabs\n---\nIndent with tabs.\n';
  const options = {
    test: 'untrusted',
    workspaceTrust: true,
    settings: { 'security.workspace.trust.startupPrompt': 'never', 'security.workspace.trust.banner': 'never' },
  };
  const prepare = async (sandbox: Sandbox): Promise<{ readonly folder: string }> => {
    const folder = path.join(sandbox.workspace, 'shop');
    await writeTree(folder, {
      '.agent-memory/MEMORY.md': '# Memory\n',
      '.agent-memory/conventions/use-tabs.md': memory,
    });
    await writeSessionLogs(sandbox, folder, [
      { seed: 'a', startedAt: '2026-11-02T09:00:00.000Z', turns: [['Always use tabs here.', 'Yes.']] },
    ]);
    return { folder };
  };
  await withWorkbench({ ...options, prepare }, async ({ page, sandbox, status, row, command, screenshot }) => {
    const folder = path.join(sandbox.workspace, 'shop');
    await status.filter({ hasText: 'Dreams off' }).waitFor();
    const before = await listTree(folder);

    await command(OPEN_VIEWS);
    await row('conventions').first().waitFor();
    await screenshot('views');
    await command('Agent Dreams: Dream Now');
    await page.locator('.notification-toast', { hasText: /trust/i }).waitFor();
    await screenshot('dream-now');

    expect(await listTree(folder)).toEqual(before);
  });
});

it('two folders have a memory each, and a picker asks where it matters', async () => {
  const prepare = async (sandbox: Sandbox): Promise<{ readonly workspace: string }> => {
    const names = ['api', 'web'];
    for (const name of names) {
      const folder = path.join(sandbox.workspace, name);
      await mkdir(folder);
      await writeSessionLogs(sandbox, folder, [
        { seed: name.slice(0, 1), startedAt: '2026-11-02T09:00:00.000Z', turns: [['What is in here?', 'Code.']] },
      ]);
    }
    const workspace = path.join(sandbox.workspace, 'both.code-workspace');
    await writeFile(workspace, JSON.stringify({ folders: names.map((name) => ({ path: name })) }));
    return { workspace };
  };
  await withWorkbench({ test: 'two-folders', prepare }, async ({ page, sandbox, status, command, screenshot }) => {
    await status.filter({ hasText: 'Dreams' }).waitFor();

    await command('Agent Dreams: Capture Sessions');
    const choice = page.locator('.quick-input-list .monaco-list-row', { hasText: 'web' });
    await choice.waitFor();
    await screenshot('which-folder');
    await choice.click();
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Keep Private' }).click();
    await page.locator('.notification-toast', { hasText: '1 new' }).waitFor();
    await screenshot('captured');

    expect(await listTree(path.join(sandbox.workspace, 'api'))).toEqual([]);
    const captured = await listTree(path.join(sandbox.workspace, 'web/.agent-memory/.local/sessions'));
    expect(captured.filter((file) => file.endsWith('.jsonl'))).toHaveLength(1);
  });
});
