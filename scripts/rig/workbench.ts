import type { Page } from 'playwright-core';

/** The status bar item of the packaged extension, whatever its text is at the moment. */
export const STATUS_ITEM = '.statusbar-item[id^="agent-dreams.agent-dreams"]';

/** What the item says until the application is loaded. */
const PLACEHOLDER = 'Agent Dreams';

const BOOT_TIMEOUT_MS = 90_000;

/** Opens a folder (or a `.code-workspace` file, or nothing) and waits until the workbench is drawn. */
export async function openWorkbench(
  page: Page,
  url: string,
  target: { readonly folder?: string; readonly workspace?: string; readonly payload?: readonly (readonly string[])[] },
): Promise<void> {
  const query = new URLSearchParams();
  if (target.folder) query.set('folder', target.folder);
  if (target.workspace) query.set('workspace', target.workspace);
  if (!target.folder && !target.workspace) query.set('ew', 'true');
  if (target.payload) query.set('payload', JSON.stringify(target.payload));
  await page.goto(`${url}/?${query.toString()}`);
  await page.waitForSelector('.monaco-workbench', { timeout: BOOT_TIMEOUT_MS });
}

/**
 * Waits for the extension's status bar item, which activation makes, and until the application that is loaded behind it
 * has given the item its own words. Returns them.
 */
export async function waitForActivation(page: Page): Promise<string> {
  const item = page.locator(STATUS_ITEM).filter({ hasNotText: PLACEHOLDER }).first();
  await item.waitFor({ state: 'visible', timeout: BOOT_TIMEOUT_MS });
  return (await item.innerText()).trim();
}

const PALETTE = '.quick-input-widget';
const AGAIN_AFTER_MS = 5_000;

/**
 * Runs a command as a person does: F1, its title, a click on the row. VS Code closes the palette where something else takes
 * the focus in the moment that it opens (an editor that comes to the front, a tree that is drawn anew); then it is opened
 * once more, as a person would.
 */
export async function runCommand(page: Page, title: string): Promise<void> {
  try {
    await runInPalette(page, title, AGAIN_AFTER_MS);
  } catch (error) {
    if (await page.locator(PALETTE).isVisible()) throw error;
    await runInPalette(page, title);
  }
}

async function runInPalette(page: Page, title: string, timeout = 15_000): Promise<void> {
  await page.keyboard.press('F1');
  await page.locator(`${PALETTE} input.input`).first().fill(`>${title}`, { timeout });
  const row = page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first();
  await row.waitFor({ state: 'visible', timeout: 15_000 });
  await row.click({ timeout });
}
