// `node scripts/run.mjs <script> [arguments]` runs scripts/<script>.ts. It needs nothing but Node itself: it installs the
// npm packages where they are missing or stale, bundles the script with esbuild (Node 20 does not run TypeScript), and
// imports it.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

function requireNode(major, minor) {
  const [haveMajor, haveMinor] = process.versions.node.split('.').map(Number);
  if (haveMajor > major || (haveMajor === major && haveMinor >= minor)) return;
  process.stderr.write(`Agent Dreams needs Node ${major}.${minor} or newer; this is ${process.versions.node}.\n`);
  process.exit(1);
}

/** True where what npm last installed is what package-lock.json asks for. */
function packagesAreCurrent() {
  const installedFile = path.join(root, 'node_modules/.package-lock.json');
  if (!existsSync(installedFile)) return false;
  const wanted = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(readFileSync(installedFile, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([folder, entry]) =>
      folder === '' || entry.optional || entry.devOptional || installed[folder]?.version === entry.version,
  );
}

function installPackages() {
  if (packagesAreCurrent()) return;
  process.stdout.write('Installing npm packages (npm ci) ...\n');
  const result = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (result.status === 0) return;
  process.stderr.write('npm ci failed; its output is above. Is the npm registry reachable?\n');
  process.exit(1);
}

/** Bundles scripts/<name>.ts to out/scripts/<name>.mjs, packages left to Node, and returns the bundle's path. */
async function bundleScript(name) {
  const { build } = await import('esbuild');
  const outfile = path.join(root, 'out/scripts', `${name.replaceAll('/', '-')}.mjs`);
  await build({
    absWorkingDir: root,
    entryPoints: [`scripts/${name}.ts`],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return outfile;
}

requireNode(20, 17);
installPackages();
const [name, ...rest] = process.argv.slice(2);
if (!name || !existsSync(path.join(root, 'scripts', `${name}.ts`))) {
  process.stderr.write(`There is no script "${name ?? ''}" in scripts/.\n`);
  process.exit(64);
}
const bundle = await bundleScript(name);
process.argv = [process.argv[0], bundle, ...rest];
process.setSourceMapsEnabled(true);
await import(pathToFileURL(bundle).href);
