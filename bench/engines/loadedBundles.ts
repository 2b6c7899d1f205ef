import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { mustRun } from '../../scripts/process';
import { root } from '../../scripts/root';

export interface BundleFigures {
  /** Bytes by bundle. */
  readonly sizes: Readonly<Record<string, number>>;
  readonly engines: readonly string[];
  /** Sources of engines, and packages of theirs, that stand in what activation loads or in what a window loads later. */
  readonly strays: readonly string[];
  /** Engine bundles in which such sources do stand: the same search finds something there. */
  readonly found: number;
  /** Bundles that Node loads when it is handed the extension and the part that a window loads after it. */
  readonly loaded: readonly string[];
}

interface Meta {
  readonly inputs: Readonly<Record<string, unknown>>;
}

const ENGINE = /^engine-[a-z-]{1,40}$/u;
/** What belongs into the bundle of an engine and nowhere else. */
const OF_ENGINES = /^(?:src\/engines\/|src\/vscode\/engines\/vscodeLm|node_modules\/@anthropic-ai\/)/u;
/** Loads files with a `vscode` that is anything to anybody, and says which modules came with them. */
const LOADER = `
const Module = require('node:module');
const anything = () => new Proxy(function () {}, {
  get: (_, name) => (name === Symbol.toPrimitive ? () => '' : name === 'prototype' ? {} : anything()),
  apply: () => anything(), construct: () => ({}),
});
const load = Module._load;
Module._load = (name, ...rest) => (name === 'vscode' ? anything() : load(name, ...rest));
for (const file of process.argv.slice(1)) require(file);
process.stdout.write(JSON.stringify(Object.keys(require.cache)));
process.exit(0);
`;

/** Builds all bundles, reads what is in them, and loads those that activation and an open window need. */
export async function measureBundles(): Promise<BundleFigures> {
  await mustRun(process.execPath, ['build/esbuild.mjs'], { cwd: root });
  const dist = path.join(root, 'dist');
  const names = readdirSync(dist).flatMap((file) => (file.endsWith('.meta.json') ? [file.slice(0, -10)] : []));
  const present = names.filter((name) => existsSync(path.join(dist, `${name}.js`)));
  const sizes = Object.fromEntries(present.map((name) => [name, statSync(path.join(dist, `${name}.js`)).size]));
  const engines = present.filter((name) => ENGINE.test(name)).sort();
  const always = ['extension', 'app'].map((name) => path.join(dist, `${name}.js`));
  const loaded = await mustRun(process.execPath, ['-e', LOADER, ...always], { cwd: root });
  return {
    sizes,
    engines,
    strays: ['extension', 'app'].flatMap((name) => ofEnginesIn(dist, name).map((input) => `${name}: ${input}`)),
    found: engines.filter((name) => ofEnginesIn(dist, name).length > 0).length,
    loaded: (JSON.parse(loaded) as readonly string[]).map((file) => path.basename(file, '.js')),
  };
}

function ofEnginesIn(dist: string, name: string): readonly string[] {
  const meta = JSON.parse(readFileSync(path.join(dist, `${name}.meta.json`), 'utf8')) as Meta;
  return Object.keys(meta.inputs).filter((input) => OF_ENGINES.test(input));
}
