import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ElementHandle, Locator, Page } from 'playwright-core';
import { root } from '../../scripts/root';
import { openBrowser, type BrowserWindow } from '../../scripts/rig/browser';
import { createSandbox, type Sandbox } from '../../scripts/rig/sandbox';
import { installExtension, startServer, type RunningServer } from '../../scripts/rig/server';
import { openWorkbench, runCommand, STATUS_ITEM } from '../../scripts/rig/workbench';

const SCREENSHOTS = path.join(root, 'test-results/screenshots');
const VSIX = path.join(root, 'out/agent-dreams.vsix');
const WAIT_MS = 30_000;
const POLL_MS = 50;
const LENS_QUIET_MS = 800;
/** Where the mouse hovers over nothing. */
const NOWHERE = { x: 900, y: 890 };

/** How one workbench of a test is opened. */
export interface WorkbenchOptions {
  /** Names the folder of the screenshots. */
  readonly test: string;
  /** Fills the sandbox before VS Code starts; returns what to open (default: the sandbox's workspace folder). */
  readonly prepare?: (
    sandbox: Sandbox,
  ) => Promise<{ readonly folder?: string; readonly workspace?: string } | undefined>;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly workspaceTrust?: boolean;
}

/** A person's view of the workbench: what is seen, and what is clicked. */
export interface Workbench {
  readonly sandbox: Sandbox;
  readonly page: Page;
  readonly window: BrowserWindow;
  /** Runs a command from the palette by its title. */
  readonly command: (title: string) => Promise<void>;
  /** The extension's item in the status bar. */
  readonly status: Locator;
  /** A CodeLens on the modified side of the open diff. */
  readonly lens: (name: string) => Locator;
  /** Clicks a lens of that name, the first of them or the given one, once the lenses stand still. */
  readonly clickLens: (name: string, which?: number) => Promise<void>;
  /** A row in a tree or list of the side bar. */
  readonly row: (text: string | RegExp) => Locator;
  /** A row of the Proposals view that waits for a decision; '' = any. */
  readonly pending: (title: string) => Locator;
  /** A message in the corner of the window. */
  readonly toast: (text: string | RegExp) => Locator;
  /** Clicks a row of the open quick pick. */
  readonly choose: (text: string | RegExp) => Promise<void>;
  /** Keeps a screenshot, numbered in the order of the test; the mouse is moved away unless it holds a hover open. */
  readonly screenshot: (name: string, mouse?: 'away' | 'stays') => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Polls until `check` gives something; fails with the words of `what`. For states that are not in the page. */
export async function until<T>(what: string, check: () => Promise<T | undefined | false>): Promise<T> {
  const deadline = performance.now() + WAIT_MS;
  for (;;) {
    const result = await check();
    if (result !== undefined && result !== false) return result;
    if (performance.now() > deadline) throw new Error(`not in time: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/**
 * Waits until this lens has been the same element for a moment: VS Code draws the lenses anew after each change of text,
 * and a click on one that is about to be replaced is lost.
 */
async function standsStill(lens: Locator): Promise<void> {
  const find = (): Promise<ElementHandle> => lens.elementHandle() as Promise<ElementHandle>;
  let seen = await find();
  let since = performance.now();
  await until('the lens stands still', async () => {
    if (!(await seen.evaluate((element: { readonly isConnected: boolean }) => element.isConnected))) {
      seen = await find();
      since = performance.now();
    }
    return performance.now() - since > LENS_QUIET_MS;
  });
}

/** Text of a file of the workspace, or undefined. */
export async function readText(file: string): Promise<string | undefined> {
  return await readFile(file, 'utf8').catch(() => undefined);
}

/** Writes files of a tree; parents are made. */
export async function writeTree(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), text);
  }
}

/** Every file below a folder, relative, in order; what comes and goes meanwhile (staging folders) may be missing. */
export async function listTree(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const lists = entries.map(async (entry) => {
    if (!entry.isDirectory()) return [entry.name];
    return (await listTree(path.join(folder, entry.name))).map((file) => path.join(entry.name, file));
  });
  return (await Promise.all(lists)).flat().sort();
}

function createWorkbench(
  options: WorkbenchOptions,
  parts: { readonly sandbox: Sandbox; readonly server: RunningServer; readonly window: BrowserWindow },
): Workbench {
  const { sandbox, server, window } = parts;
  const { page } = window;
  let shots = 0;
  const lens = (name: string): Locator =>
    page.locator('.editor.modified .codelens-decoration a:visible', { hasText: new RegExp(`^\\s*${name}\\s*$`) });
  return {
    sandbox,
    page,
    window,
    command: (title) => runCommand(page, title),
    status: page.locator(STATUS_ITEM).first(),
    lens,
    clickLens: async (name, which = 0) => {
      await standsStill(lens(name).nth(which));
      await lens(name).nth(which).click();
    },
    row: (text) => page.locator('.sidebar .monaco-list-row:visible', { hasText: text }),
    pending: (title) =>
      page.getByRole('treeitem', {
        name: new RegExp(`^(Update|New Memory), (?!.*\\b(accepted|rejected)\\b).*${title}`, 'i'),
      }),
    toast: (text) => page.locator('.notification-toast', { hasText: text }).first(),
    choose: (text) => page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first().click(),
    screenshot: async (name, mouse = 'away') => {
      shots += 1;
      const file = `${String(shots).padStart(2, '0')}-${name}.png`;
      if (mouse === 'away') await page.mouse.move(NOWHERE.x, NOWHERE.y);
      await page.screenshot({ path: path.join(SCREENSHOTS, options.test, file) });
    },
    close: async () => {
      await window.close();
      await server.stop();
      await sandbox.remove();
    },
  };
}

/** Installs the packaged extension in a fresh VS Code and opens it in a fresh browser. */
async function openPackaged(options: WorkbenchOptions): Promise<Workbench> {
  const sandbox = await createSandbox('agent-dreams-e2e-');
  const target = (await options.prepare?.(sandbox)) ?? { folder: sandbox.workspace };
  await installExtension(sandbox, VSIX);
  const server = await startServer(sandbox, {
    settings: options.settings ?? {},
    workspaceTrust: options.workspaceTrust ?? false,
  });
  const window = await openBrowser({ home: sandbox.home });
  const workbench = createWorkbench(options, { sandbox, server, window });
  window.page.setDefaultTimeout(WAIT_MS);
  try {
    await openWorkbench(window.page, server.url, target);
  } catch (error) {
    await workbench.screenshot('FAILED').catch(() => undefined);
    await workbench.close();
    throw error;
  }
  return workbench;
}

/** Opens a workbench for one test, keeps a screenshot where the test fails, and always closes it. */
export async function withWorkbench(
  options: WorkbenchOptions,
  test: (bench: Workbench) => Promise<void>,
): Promise<void> {
  await mkdir(path.join(SCREENSHOTS, options.test), { recursive: true });
  const workbench = await openPackaged(options);
  try {
    await test(workbench);
  } catch (error) {
    await workbench.screenshot('FAILED').catch(() => undefined);
    throw error;
  } finally {
    await workbench.close();
  }
}
