import type { Locator, Page } from 'playwright-core';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../../scripts/root';
import { waitForActivation } from '../../scripts/rig/workbench';
import { installCanary, type Canary } from './canary';
import { until, withWorkbench, type Workbench } from './harness';
import { FOREIGN_HOST, PAYLOADS } from './payloads';
import { addDream, preparePayloads } from './payloadStore';

const RESULT = path.join(root, 'test-results/payloads.json');
/** Links that a text made: ours carry our own commands, with quotes in their arguments. */
const FOREIGN_LINK = ['href', 'data-href']
  .flatMap((name) => [
    `a[${name}*="canary" i]:not([${name}^="command:agentDreams."])`,
    ...['javascript', 'data', 'file', 'vscode'].map((scheme) => `a[${name}^="${scheme}" i]:not([${name}^="data-"])`),
  ])
  .join(', ');
/** What only exists if a text was taken for HTML. */
const FOREIGN_HTML = `img[src*="${FOREIGN_HOST}"], img[onerror], svg[onload], iframe[src^="javascript:"]`;
const HOVER_MS = 300;

/** What was looked at, and what went wrong there. */
interface Surface {
  readonly name: string;
  readonly links: number;
  readonly html: number;
}

class Inspection {
  readonly surfaces: Surface[] = [];
  readonly foreign: string[] = [];
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    page.on('request', (request) => {
      if (request.url().includes(FOREIGN_HOST)) this.foreign.push(request.url());
    });
    page.on('dialog', (dialog) => {
      this.foreign.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
  }

  /** Clicks every link that a text made on what is shown now. */
  async look(name: string): Promise<void> {
    const links = this.#page.locator(FOREIGN_LINK);
    const count = await links.count();
    for (let index = 0; index < count; index += 1) {
      await links
        .nth(index)
        .click({ timeout: 1_000, force: true })
        .catch(() => undefined);
    }
    this.surfaces.push({ name, links: count, html: await this.#page.locator(FOREIGN_HTML).count() });
  }
}

async function canarySings({ command }: Workbench, canary: Canary): Promise<void> {
  await command('Canary: Sing');
  await until('the canary sings when it is asked to', async () => (await canary.songs()).length > 0);
  await canary.forget();
}

/** Looks at a tree, and at the hover of each of its rows. */
async function lookAtRows(bench: Workbench, inspection: Inspection, name: string): Promise<void> {
  const { page } = bench;
  await inspection.look(`${name}: labels`);
  const rows = page.locator('.sidebar .monaco-list-row:visible');
  const count = Math.min(await rows.count(), 14);
  for (let index = 0; index < count; index += 1) {
    await rows
      .nth(index)
      .hover({ timeout: 2_000 })
      .catch(() => undefined);
    await page.waitForTimeout(HOVER_MS);
    await inspection.look(`${name}: tooltip`);
  }
}

async function onlyView({ command, page }: Workbench, view: string): Promise<void> {
  await command(`Agent Dreams: Focus on ${view} View`);
  await page.waitForTimeout(HOVER_MS);
}

async function lookAtTrees(bench: Workbench, inspection: Inspection): Promise<void> {
  for (const view of ['Proposals', 'Memory', 'Sessions']) {
    await onlyView(bench, view);
    await lookAtRows(bench, inspection, `${view} tree`);
    await bench.page.keyboard.press('End');
    await inspection.look(`${view} tree: end`);
    await bench.screenshot(`tree-${view.toLowerCase()}`);
  }
}

async function hover(page: Page, place: Locator): Promise<void> {
  await place.hover({ timeout: 3_000, force: true }).catch(() => undefined);
  await page.waitForTimeout(2 * HOVER_MS);
}

async function lookAtDiffs(bench: Workbench, inspection: Inspection): Promise<void> {
  const { page, command, screenshot } = bench;
  await command('Agent Dreams: Next Change');
  await bench.lens('Why').first().waitFor();
  for (const index of [1, 2, 3]) {
    await inspection.look('lenses and diff');
    if (index === 1) await showEnd(bench);
    await command('Agent Dreams: Why');
    await page
      .locator('.monaco-hover:visible')
      .first()
      .waitFor({ timeout: 5_000 })
      .catch(() => undefined);
    await inspection.look('Why');
    await screenshot(`why-${index}`, 'stays');
    await page.keyboard.press('Escape');
    await hover(page, bench.lens('\\d+ warnings').first());
    await inspection.look('tooltip of a lens');
    await hover(page, page.locator('.tab.active').first());
    await inspection.look('title of a diff');
    await clickWords(bench, inspection, 'words of a diff');
    await command('Agent Dreams: Next Change');
    await page.waitForTimeout(HOVER_MS);
  }
  await page.locator('.editor.modified .view-line').first().click();
  await page.keyboard.press('Shift+F12');
  await page.waitForTimeout(3 * HOVER_MS);
  await inspection.look('evidence in a peek');
  await screenshot('evidence-peek');
  await page.keyboard.press('Escape');
  await command('Agent Dreams: Review All');
  await page.waitForTimeout(3 * HOVER_MS);
  await inspection.look('multi-diff');
  await screenshot('multi-diff');
}

/** The last payloads hold hidden characters: the boxes that show them are in the picture. */
async function showEnd({ page, screenshot }: Workbench): Promise<void> {
  await page.locator('.editor.modified .view-line').first().click();
  await page.keyboard.press('Control+End');
  await page.waitForTimeout(HOVER_MS);
  await screenshot('diff-with-hidden-characters');
  await page.keyboard.press('Control+Home');
}

/** Ctrl+click follows a link of an editor: on words in the middle of the first lines. */
async function clickWords({ page }: Workbench, inspection: Inspection, name: string): Promise<void> {
  const lines = page.locator('.monaco-editor .view-line:visible', { hasText: /anary/ });
  for (let index = 0; index < Math.min(4, await lines.count()); index += 1) {
    await lines
      .nth(index)
      .click({ modifiers: ['Control'], timeout: 1_000, force: true })
      .catch(() => undefined);
  }
  await inspection.look(name);
}

async function lookAtDocuments(bench: Workbench, inspection: Inspection): Promise<void> {
  const { page, command, screenshot, choose } = bench;
  await command('View: Close All Editors');
  await command('Agent Dreams: Open Transcript');
  await page.locator('.quick-input-list .monaco-list-row').first().waitFor();
  await inspection.look('quick pick of sessions');
  await screenshot('quick-pick');
  await choose(/p01/);
  await page.locator('.monaco-editor .view-line', { hasText: 'Session:' }).waitFor();
  await clickWords(bench, inspection, 'page of a session');
  await screenshot('session');
  await command('Agent Dreams: New Memory');
  await page.locator('.quick-input-list .monaco-list-row').first().waitFor();
  await inspection.look('quick pick of categories');
  await page.keyboard.press('Escape');
  await page.locator('.statusbar-item[id^="agent-dreams.agent-dreams"]').first().hover();
  await page.waitForTimeout(2 * HOVER_MS);
  await inspection.look('status bar');
  await page.keyboard.press('Escape');
}

/** Rejecting asks with the title of the change, undoing tells it. */
async function lookAtMessages(bench: Workbench, inspection: Inspection): Promise<void> {
  const { page, command, screenshot } = bench;
  await command('View: Close All Editors');
  await command('Agent Dreams: Next Change');
  await bench.lens('Why').first().waitFor();
  await command('Agent Dreams: Accept Change');
  // One of the texts names a file of keys: it is asked about before anything is refused.
  await page.locator('.monaco-dialog-box').waitFor();
  await inspection.look('question about a risky change');
  await screenshot('confirmation');
  await page.locator('.monaco-dialog-box').getByText('Accept Anyway').click();
  await page.locator('.notification-toast').first().waitFor();
  await inspection.look('message of a refusal');
  await screenshot('refused');
  await command('Notifications: Clear All Notifications');
  await command('Agent Dreams: Reject Change');
  await page.locator('.quick-input-widget input.input:visible').waitFor();
  await inspection.look('question for a reason');
  await screenshot('reason');
  await page.keyboard.press('Enter');
  await page.waitForTimeout(3 * HOVER_MS);
  await command('View: Close All Editors');
  await command('Agent Dreams: Undo Last Decision');
  await bench.toast('waits for a decision again').waitFor();
  await inspection.look('message of an undo');
  await screenshot('undone');
}

it('no text of a memory, proposal or session acts on any surface', async () => {
  let canary: Canary | undefined;
  const prepare: NonNullable<Parameters<typeof withWorkbench>[0]['prepare']> = async (sandbox) => {
    canary = await installCanary(sandbox);
    return await preparePayloads(sandbox);
  };
  const settings = { 'workbench.hover.delay': 100, 'editor.hover.delay': 100 };
  await withWorkbench({ test: 'payloads', prepare, settings }, async (bench) => {
    if (canary === undefined) throw new Error('no canary');
    const inspection = new Inspection(bench.page);
    await waitForActivation(bench.page);
    await canarySings(bench, canary);
    await bench.command('Agent Dreams: Focus on Memory View');
    await bench.row('p01').first().waitFor();
    await addDream(path.join(bench.sandbox.workspace, 'shop'));
    await bench.command('Agent Dreams: Refresh');
    await bench.status.filter({ hasText: 'to review' }).waitFor();
    await lookAtTrees(bench, inspection);
    await lookAtDiffs(bench, inspection);
    await lookAtDocuments(bench, inspection);
    await lookAtMessages(bench, inspection);

    const songs = await canary.songs();
    const scripts = await bench.page.evaluate(() => (globalThis as { canarySang?: number }).canarySang ?? 0);
    const names = [...new Set(inspection.surfaces.map(({ name }) => name))];
    const html = inspection.surfaces.filter((surface) => surface.html > 0).map(({ name }) => name);
    const links = inspection.surfaces.filter((surface) => surface.links > 0).map(({ name }) => name);
    const executed = songs.length + scripts + inspection.foreign.length;
    await mkdir(path.dirname(RESULT), { recursive: true });
    await writeFile(RESULT, JSON.stringify({ payloads: PAYLOADS.length, surfaces: names, executed, links, html }));
    expect(songs).toEqual([]);
    expect(scripts).toBe(0);
    expect(inspection.foreign).toEqual([]);
    expect(html).toEqual([]);
    expect(links).toEqual([]);
    expect(names.length).toBeGreaterThanOrEqual(18);
  });
});
