import { lstat, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ExactValue } from '../core/secrets/scanner';
import { parseEnv, secretValues } from './envFile';

/** What the `.env*` files of a workspace hold, and by what to see that they changed. */
export interface EnvValues {
  readonly values: readonly ExactValue[];
  /** Changes with the path, size or time of any of the files. */
  readonly mark: string;
}

const MOST_FOLDERS = 500;
const MOST_FILES = 100;
const DEEPEST = 4;
const LARGEST = 256 * 1024;
const MOST_VALUES = 2_000;

/** `.env`, `.env.local`, `.envrc`, `production.env` … */
const ENV_FILE = /^(?:\.env(?:rc)?(?:[._-][\w.-]{1,60})?|[\w-]{1,60}\.env)$/iu;
/** Made to be read by everybody. */
const TEMPLATE = /(?:example|sample|template|dist|default|defaults|schema|tpl|vault)(?:\.|$)/iu;
const PASSED_OVER: ReadonlySet<string> = new Set([
  'node_modules',
  'bower_components',
  'vendor',
  'target',
  'dist',
  'build',
  'out',
  'coverage',
  'venv',
  '__pycache__',
]);

interface EnvFile {
  readonly file: string;
  readonly mark: string;
}

/**
 * The values of the `.env*` files of a folder and of the packages in it that look secret. Bounded: four folders deep, 500
 * folders, 100 files of at most 256 KiB. Symbolic links are not followed, examples and templates are left out, and what
 * cannot be read is passed over. `known` is given back if nothing changed. Never throws.
 */
export async function readEnvValues(root: string, known?: EnvValues): Promise<EnvValues> {
  const files = await findEnvFiles(root);
  const mark = files.map((one) => one.mark).join('\n');
  if (known?.mark === mark) return known;
  const values = new Map<string, ExactValue>();
  for (const { file } of files) {
    const text = await readFile(file, 'utf8').catch(() => '');
    const from = path.relative(root, file).split(path.sep).join('/');
    for (const { name, value } of secretValues(parseEnv(text))) {
      if (values.size < MOST_VALUES && !values.has(value)) values.set(value, { name: `${name} in ${from}`, value });
    }
  }
  return { values: [...values.values()], mark };
}

/** Breadth first, so that the root's own files are among those that are found. */
async function findEnvFiles(root: string): Promise<readonly EnvFile[]> {
  const found: EnvFile[] = [];
  let level: readonly string[] = [root];
  let folders = 0;
  for (let depth = 0; depth < DEEPEST; depth += 1) {
    const below: string[] = [];
    for (const folder of level.slice(0, Math.max(0, MOST_FOLDERS - folders))) {
      const inside = await lookInto(folder);
      found.push(...inside.files);
      below.push(...inside.folders);
    }
    folders += level.length;
    level = below;
  }
  return found.slice(0, MOST_FILES);
}

async function lookInto(
  folder: string,
): Promise<{ readonly files: readonly EnvFile[]; readonly folders: readonly string[] }> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const files: EnvFile[] = [];
  for (const { name } of entries.filter((entry) => entry.isFile() && isEnvFile(entry.name))) {
    const file = path.join(folder, name);
    const mark = await markOf(file);
    if (mark !== undefined) files.push({ file, mark });
  }
  const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'));
  return {
    files,
    folders: folders.filter(({ name }) => !PASSED_OVER.has(name)).map(({ name }) => path.join(folder, name)),
  };
}

function isEnvFile(name: string): boolean {
  return ENV_FILE.test(name) && !TEMPLATE.test(name);
}

async function markOf(file: string): Promise<string | undefined> {
  const stat = await lstat(file).catch(() => undefined);
  if (!stat?.isFile() || stat.size > LARGEST) return undefined;
  return `${file} ${stat.size} ${stat.mtimeMs} ${stat.ino}`;
}
