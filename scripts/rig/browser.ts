import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { runProgram } from '../process';
import { aptInstall, hasApt } from './apt';

const WINDOWS_ROOTS = [process.env['ProgramFiles'], process.env['ProgramFiles(x86)'], process.env['LOCALAPPDATA']];

function candidates(): readonly string[] {
  const named = process.env['AGENT_DREAMS_BROWSER'];
  if (named) return [named];
  switch (process.platform) {
    case 'darwin':
      return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
        (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
      );
    case 'win32':
      return WINDOWS_ROOTS.filter((folder) => folder !== undefined).flatMap((folder) => [
        path.join(folder, 'Google/Chrome/Application/chrome.exe'),
        path.join(folder, 'Microsoft/Edge/Application/msedge.exe'),
      ]);
    default:
      return ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'].flatMap(
        (name) => ['/usr/bin', '/usr/local/bin', '/snap/bin'].map((folder) => path.join(folder, name)),
      );
  }
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function findBrowser(): Promise<string | undefined> {
  for (const file of [...candidates(), chromium.executablePath()]) {
    if (!isExecutable(file)) continue;
    // Ubuntu's `chromium-browser` is a stub that only tells about a snap: what cannot say its version is not a browser.
    if (process.platform === 'win32' || (await runProgram(file, ['--version'], { quiet: true })).code === 0)
      return file;
  }
  return undefined;
}

const isRoot = process.getuid?.() === 0;

/** The path of a Chromium-like browser; installs one where apt can. Otherwise throws, saying exactly what is missing. */
export async function ensureBrowser(): Promise<string> {
  const found = await findBrowser();
  if (found) return found;
  let reason = 'and there is no apt-get to install Chromium with';
  if (hasApt() && !process.env['AGENT_DREAMS_BROWSER']) {
    try {
      await aptInstall(['chromium', 'fonts-dejavu-core']);
    } catch (error) {
      reason = `and apt could not install Chromium: ${String(error)}`;
    }
    const installed = await findBrowser();
    if (installed) return installed;
  }
  throw new Error(
    `No Chrome, Chromium or Edge was found (${candidates().join(', ')}), ${reason}. ` +
      'Install one, or set AGENT_DREAMS_BROWSER to its path.',
  );
}

/** One headless browser window that can reach loopback only. */
export interface BrowserWindow {
  readonly browser: Browser;
  readonly context: BrowserContext;
  readonly page: Page;
  /** Addresses outside this machine that the page asked for; all were refused. */
  readonly refused: readonly string[];
  close(): Promise<void>;
}

/** Opens a headless window of 1400 x 900: narrower ones turn diffs inline. */
export async function openBrowser(options: { readonly home: string }): Promise<BrowserWindow> {
  const browser = await chromium.launch({
    executablePath: await ensureBrowser(),
    headless: true,
    env: { ...(process.env as Record<string, string>), HOME: options.home },
    args: [
      ...(isRoot ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
    ],
  });
  const context = await browser.newContext({
    viewport: { width: 1400, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const refused: string[] = [];
  await context.route(
    (url) => /^https?:$/.test(url.protocol) && url.hostname !== '127.0.0.1',
    (route) => {
      refused.push(route.request().url());
      return route.abort();
    },
  );
  const page = await context.newPage();
  return { browser, context, page, refused, close: () => browser.close() };
}
