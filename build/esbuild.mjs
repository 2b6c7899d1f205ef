// Bundles the extension and the command line. `node build/esbuild.mjs [--tests] [--only=agent,mcp] [--out=folder]`; see
// docs/testing.md.
import { build } from 'esbuild';
import { mkdirSync, writeFileSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { thirdPartyNotices } from './notices.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const dist = path.resolve(root, option('out') ?? 'dist');

/** The value of `--name=value`, if it is given. */
function option(name) {
  return process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(`--${name}=`.length);
}

/** The server asks its users nothing: the validator of their answers stays out, see src/mcp/noValidator.ts. */
const withoutValidator = {
  name: 'without-validator',
  setup(bundling) {
    bundling.onResolve({ filter: /\/ajv-provider\.js$/ }, () => ({ path: path.join(root, 'src/mcp/noValidator.ts') }));
  },
};

/** Kilobytes each bundle may have. A bundle that outgrows its budget fails the build: somebody should decide it. */
const bundles = [
  { name: 'extension', entry: 'src/extension.ts', budgetKb: 40, external: ['vscode', './app.js'] },
  { name: 'app', entry: 'src/vscode/main.ts', budgetKb: 1600, external: ['vscode'] },
  // Loaded when a dream or a test needs that engine.
  { name: 'engine-claude', entry: 'src/engines/claudeBundle.ts', budgetKb: 180, external: [] },
  { name: 'engine-claude-code', entry: 'src/engines/claudeCodeBundle.ts', budgetKb: 40, external: [] },
  { name: 'engine-managed', entry: 'src/engines/managedBundle.ts', budgetKb: 260, external: [] },
  { name: 'engine-vscode-lm', entry: 'src/vscode/engines/vscodeLm.ts', budgetKb: 20, external: ['vscode'] },
  // All that hooks, agents and programs run without the editor: one bundle, so that what they share is packaged once...
  { name: 'agent', entry: 'src/cli/agentBundle.ts', budgetKb: 720, external: [], plugins: [withoutValidator] },
  // ...and the doors to it: the command, the server, the library.
  { name: 'command', entry: 'src/cli/command.ts', budgetKb: 2, external: [] },
  { name: 'mcp', entry: 'src/cli/mcpServer.ts', budgetKb: 2, external: [] },
  { name: 'memory-tool', entry: 'src/cli/memoryToolLibrary.ts', budgetKb: 2, external: [] },
  // Not packaged: `npm run dream`.
  { name: 'cli', entry: 'src/cli/main.ts', budgetKb: 1300, external: [] },
];

const DIFF = 'dist/vs/editor/common/diff/defaultLinesDiffComputer';

const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  logLevel: 'warning',
  alias: {
    // Its main file is one that bundlers cannot follow.
    'jsonc-parser': 'jsonc-parser/lib/esm/main.js',
    // The same sources as modules, so that what nobody uses is left out. Node would get CommonJS, which comes whole.
    yaml: path.join(root, 'node_modules/yaml/browser/index.js'),
    // Its main file brings an older algorithm along.
    'vscode-diff': `vscode-diff/${DIFF}/defaultLinesDiffComputer.js`,
  },
  logOverride: { 'require-resolve-not-external': 'silent' },
};

/** Builds one bundle and returns its inputs; throws where it is over its budget. */
async function buildBundle({ name, entry, budgetKb, external, plugins = [] }) {
  const { metafile } = await build({
    ...common,
    entryPoints: [entry],
    outfile: path.join(dist, `${name}.js`),
    external,
    plugins,
    minify: true,
    // Maps stay beside the bundles for debugging and are not packaged.
    sourcemap: 'external',
    legalComments: 'none',
    metafile: true,
  });
  const [, { bytes }] = Object.entries(metafile.outputs).find(([file]) => file.endsWith(`/${name}.js`));
  if (bytes > budgetKb * 1000) {
    throw new Error(
      `dist/${name}.js is ${Math.ceil(bytes / 1000)} kB; its budget is ${budgetKb} kB (build/esbuild.mjs)`,
    );
  }
  writeFileSync(path.join(dist, `${name}.meta.json`), JSON.stringify(metafile));
  process.stdout.write(`dist/${name}.js  ${(bytes / 1000).toFixed(1)} kB of ${budgetKb}\n`);
  return Object.keys(metafile.inputs);
}

/** The suites that run inside the extension host: one file each, mocha required at run time. */
async function buildHostTests() {
  const suites = (await readdir(path.join(root, 'test/host'))).filter((file) => /^(index|.*\.test)\.ts$/.test(file));
  await rm(path.join(root, 'out/host'), { recursive: true, force: true });
  await build({
    ...common,
    entryPoints: suites.map((file) => `test/host/${file}`),
    outdir: 'out/host',
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
  });
}

async function buildAll() {
  mkdirSync(dist, { recursive: true });
  const only = option('only')?.split(',');
  const inputs = [];
  for (const bundle of bundles.filter(({ name }) => !only || only.includes(name)))
    inputs.push(...(await buildBundle(bundle)));
  if (!only) writeFileSync(path.join(dist, 'ThirdPartyNotices.txt'), thirdPartyNotices(root, inputs));
  if (process.argv.includes('--tests')) await buildHostTests();
}

try {
  await buildAll();
} catch (error) {
  // esbuild has printed its own errors already.
  if (!error.errors) process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
