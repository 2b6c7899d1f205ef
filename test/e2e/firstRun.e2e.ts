import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { copyExample } from '../../scripts/start/example';
import { readText, until, withWorkbench } from './harness';

it('the first run goes from found sessions to a dream within a minute, and writes nothing before yes', async () => {
  const opened = { folder: '' };
  const prepare = async (sandbox: { readonly workspace: string; readonly claudeConfig: string }) => {
    opened.folder = await copyExample(sandbox.workspace, sandbox.claudeConfig);
    return opened;
  };
  await withWorkbench({ test: 'first-run', prepare }, async ({ page, status, row, command, screenshot }) => {
    const started = performance.now();
    const store = path.join(opened.folder, '.agent-memory');
    const toast = (text: string | RegExp) => page.locator('.notification-toast', { hasText: text });
    await toast(/\d+ sessions of this project found\. Dream now\?/).waitFor();
    await command('View: Show Agent Dreams');
    await page.locator('.welcome-view-content:visible', { hasText: 'No dream yet' }).first().waitFor();
    await screenshot('found');
    expect(existsSync(store)).toBe(false);

    await toast('Dream now?').locator('.monaco-button', { hasText: 'Dream Now' }).click();
    const share = page.locator('.quick-input-list .monaco-list-row', { hasText: 'Share through Git' });
    await share.waitFor();
    await screenshot('share');
    expect(existsSync(store)).toBe(false);
    await share.click();

    await toast(/\d+ changes? to review/).waitFor();
    await status.filter({ hasText: 'to review' }).waitFor();
    await screenshot('proposed');
    expect(performance.now() - started).toBeLessThan(60_000);
    expect(await readText(path.join(store, '.gitignore'))).toMatch(/^\.local\/$/m);
    // A dream never changes the store: the index still lists nothing.
    expect(await readText(path.join(store, 'MEMORY.md'))).not.toContain('](');

    await toast(/changes? to review/)
      .locator('.codicon-notifications-clear')
      .click();
    await toast('Dream once a day').locator('.monaco-button', { hasText: 'Dream Daily' }).click();
    await until('the plan on disk', async () =>
      (await readText(path.join(store, '.local/state.json')))?.includes('daily 09:00'),
    );
    await row('release 1.8').click();
    await page.locator('.editor-instance:visible', { hasText: 'Prepare release 1.8.0' }).waitFor();
    await screenshot('transcript');

    await page.reload();
    await status.filter({ hasText: 'to review' }).waitFor();
    await row('release 1.8').waitFor();
    await screenshot('reloaded');
    expect(await toast('Dream now?').count()).toBe(0);
  });
});
