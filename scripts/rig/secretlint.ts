import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { mustRun, say } from '../process';
import { ensureCodeServer, rigDirectory } from './codeServer';

/** It wants Node 22 or newer: more than building this project does. */
const VERSION = '13.0.7';
const PACKAGES = ['@secretlint/core', '@secretlint/secretlint-rule-preset-recommend'];

/** Where secretlint is installed: a script in `directory` can import it, if `node` runs it. */
export interface Secretlint {
  readonly version: string;
  readonly node: string;
  readonly directory: string;
}

/** Secretlint and the Node of VS Code 1.139, installed beside code-server on first use. Throws as `ensureCodeServer`. */
export async function ensureSecretlint(): Promise<Secretlint> {
  const { node } = await ensureCodeServer();
  const directory = path.join(rigDirectory(), `secretlint-${VERSION}`);
  const stamp = path.join(directory, '.done');
  if (!existsSync(stamp)) {
    say(`Installing secretlint ${VERSION} into ${directory} (once) ...`);
    await rm(directory, { recursive: true, force: true });
    await mkdir(directory, { recursive: true });
    await writeFile(path.join(directory, 'package.json'), '{"private":true}\n');
    const packages = PACKAGES.map((name) => `${name}@${VERSION}`);
    const quiet = ['--no-audit', '--no-fund', '--ignore-scripts', '--engine-strict=false'];
    await mustRun('npm', ['install', '--no-save', '--save-exact', ...quiet, ...packages], { cwd: directory });
    await writeFile(stamp, '');
  }
  return { version: VERSION, node, directory };
}
