import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { root } from '../root';
import { say } from '../process';
import { openBrowser } from '../rig/browser';
import { openWorkbench, waitForActivation } from '../rig/workbench';

/**
 * Opens the workbench in a headless browser, waits for the extension's status bar item (it is made in `activate`) and
 * leaves a screenshot. Throws, after the screenshot, with the reason where the item does not come.
 */
export async function smoke(url: string, workspace: string, home: string): Promise<void> {
  const started = performance.now();
  const seconds = (): string => `${((performance.now() - started) / 1000).toFixed(1)} s`;
  const screenshot = path.join(root, 'test-results/smoke.png');
  await mkdir(path.dirname(screenshot), { recursive: true });
  const window = await openBrowser({ home });
  try {
    await openWorkbench(window.page, url, { folder: workspace });
    say(`The workbench opened after ${seconds()}.`);
    const text = await waitForActivation(window.page);
    say(`The extension is active after ${seconds()}; its status bar item says "${text}".`);
  } finally {
    await window.page.screenshot({ path: screenshot });
    say(`Screenshot: ${path.relative(process.cwd(), screenshot)}`);
    await window.close();
  }
}
