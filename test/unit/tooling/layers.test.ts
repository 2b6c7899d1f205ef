import { build } from 'esbuild';
import { ESLint } from 'eslint';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../../scripts/root';

const LINT_TIMEOUT_MS = 120_000;

const eslint = new ESLint({ cwd: root });

/** What the linter says about this text where it stood in that file. */
async function rulesBroken(file: string, text: string): Promise<readonly string[]> {
  const [result] = await eslint.lintText(text, { filePath: path.join(root, file) });
  return result?.messages.map((message) => message.ruleId ?? message.message) ?? [];
}

describe('the core', () => {
  it('bundles alone: every file of it, with no import that is not bundled', async () => {
    const core = path.join(root, 'src/core');
    const files = readdirSync(core, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

    const { metafile } = await build({
      absWorkingDir: root,
      entryPoints: files.map((file) => path.join(core, file)),
      bundle: true,
      write: false,
      outdir: 'out/core-alone',
      platform: 'neutral',
      format: 'esm',
      mainFields: ['module', 'main'],
      metafile: true,
    });

    const left = Object.values(metafile.outputs).flatMap((output) => output.imports.filter((item) => item.external));
    expect(left).toEqual([]);
    expect(Object.keys(metafile.inputs).filter((input) => /^src\/(?!core\/)/.test(input))).toEqual([]);
  });
});

describe('the linter', () => {
  it.each([
    ["import { window } from 'vscode';\nwindow;", 'no-restricted-imports'],
    ["import { readFileSync } from 'node:fs';\nreadFileSync;", 'no-restricted-imports'],
    ["import { join } from 'path';\njoin;", 'no-restricted-imports'],
    ["import { x } from '../node/fileStore';\nx;", 'no-restricted-imports'],
    ["import { x } from '../../vscode/app';\nx;", 'no-restricted-imports'],
    ['export const now = (): number => Date.now();', 'no-restricted-properties'],
    ['export const today = (): Date => new Date();', 'no-restricted-syntax'],
    ['export const luck = (): number => Math.random();', 'no-restricted-properties'],
    ["export const order = (): number => 'a'.localeCompare('b');", 'no-restricted-syntax'],
  ])(
    'refuses in the core: %s',
    async (text, rule) => {
      expect(await rulesBroken('src/core/errors.ts', text)).toContain(rule);
    },
    LINT_TIMEOUT_MS,
  );

  it(
    'refuses vscode in the node layer and allows it in the editor layer',
    async () => {
      const text = "import { window } from 'vscode';\nexport const here = window;\n";

      expect(await rulesBroken('src/cli/commandLine.ts', text)).toContain('no-restricted-imports');
      expect(await rulesBroken('src/vscode/ids.ts', text)).not.toContain('no-restricted-imports');
    },
    LINT_TIMEOUT_MS,
  );

  it(
    'refuses a test that is switched off',
    async () => {
      const text = "import { it } from 'vitest';\nit." + "only('x', () => undefined);\n";

      expect(await rulesBroken('test/unit/tooling/layers.test.ts', text)).toContain('no-restricted-syntax');
    },
    LINT_TIMEOUT_MS,
  );
});
