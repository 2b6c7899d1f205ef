import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { Sandbox } from '../../scripts/rig/sandbox';
import { copyExample } from '../../scripts/start/example';
import { withWorkbench } from './harness';

const THEMES = [
  { name: 'Default Dark Modern', kind: 'vs-dark' },
  { name: 'Default High Contrast', kind: 'hc-black' },
  { name: 'Default High Contrast Light', kind: 'hc-light' },
] as const;

it('a review can be read in every kind of theme', async () => {
  const prepare = async (sandbox: Sandbox): Promise<{ readonly folder: string }> => ({
    folder: await copyExample(sandbox.workspace, sandbox.claudeConfig),
  });
  await withWorkbench({ test: 'themes', prepare }, async (bench) => {
    const { page, sandbox, command, choose, pending, lens, status, toast, screenshot } = bench;
    await toast('sessions of this project found').waitFor();
    await command('Agent Dreams: Dream Now');
    await choose('Keep Private');
    await pending('').first().click();
    await lens('Accept').first().waitFor();
    await command('Notifications: Clear All Notifications');

    const settingsFile = path.join(sandbox.userData, 'User/settings.json');
    const settings = JSON.parse(await readFile(settingsFile, 'utf8')) as Record<string, unknown>;
    for (const { name, kind } of THEMES) {
      await writeFile(settingsFile, JSON.stringify({ ...settings, 'workbench.colorTheme': name }));
      await page.reload();
      await page.locator(`.monaco-workbench.${kind}`).waitFor();
      await status.filter({ hasText: 'to review' }).waitFor();
      await pending('').first().click();
      await expect.poll(() => lens('Accept').count()).toBe(1);
      await screenshot(kind);
    }
  });
});
