import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { ensureBrowser } from '../../rig/browser';
import { runProgram, say } from '../../process';
import { root } from '../../root';
import { packageExtension } from '../../stages/packageExtension';
import { toolPath } from '../../stages/checks';
import { atLeast, exactly, type Measurement } from '../figure';

const RESULT = path.join(root, 'test-results/payloads.json');
const LEAST_PAYLOADS = 30;
const LEAST_SURFACES = 18;

interface Result {
  readonly payloads: number;
  readonly surfaces: readonly string[];
  /** Commands, scripts, requests and dialogs that a text caused. */
  readonly executed: number;
  /** Surfaces on which a text became a link or an element. */
  readonly links: readonly string[];
  readonly html: readonly string[];
}

/** Must show 9: no payload acts on any surface of the real workbench. */
export const surfaces: Measurement = {
  name: 'surfaces',
  measure: async () => {
    await rm(RESULT, { force: true });
    await ensureBrowser();
    await packageExtension();
    const args = ['run', '--config', 'test/e2e/vitest.config.mts', 'test/e2e/payloads.e2e.ts'];
    const { code, output } = await runProgram(toolPath('vitest'), args, { cwd: root, quiet: true });
    if (code !== 0) say(output.split('\n').slice(-40).join('\n'));
    const result = JSON.parse(await readFile(RESULT, 'utf8')) as Result;
    say(`# surfaces: ${result.surfaces.join(', ')}`);
    return [
      atLeast('payloads-tried', result.payloads, LEAST_PAYLOADS),
      atLeast('surfaces-tried-with-each', result.surfaces.length, LEAST_SURFACES),
      exactly('payloads-executed', result.executed, 0),
      exactly('surfaces-on-which-a-text-became-a-link-or-element', result.links.length + result.html.length, 0),
      exactly('payload-suite-exit-code', code, 0),
    ];
  },
};
