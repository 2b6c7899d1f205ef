// A hostile neighbour: swaps entries of a store with links to a folder outside, as fast as it can, until told to stop.
// `node swapper.mjs <store> <outside>`; prints one line when it runs, and the number of swaps when its input ends.
import { linkSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const [store = '', outside = ''] = process.argv.slice(2);
let swaps = 0;

function attempt(work) {
  try {
    work();
  } catch {
    // The other side moved it first.
  }
}

/** Puts something in the place of an entry, leaves it there for a moment, and puts the entry back. */
function swap(name, put) {
  const file = path.join(store, name);
  const away = `${file}.away`;
  attempt(() => renameSync(file, away));
  attempt(() => put(file));
  swaps += 1;
  for (let moment = swaps % 7; moment > 0; moment -= 1) attempt(() => mkdirSync(store));
  attempt(() => rmSync(file, { force: true }));
  attempt(() => renameSync(away, file));
}

const folderLink = (to) => (file) => symlinkSync(path.join(outside, to), file);

function round() {
  swap('facts', folderLink('facts'));
  swap('facts/deep', folderLink('facts/deep'));
  swap('facts/a.md', folderLink('facts/a.md'));
  swap('facts/a.md', folderLink('new.md'));
  swap('facts/a.md', (file) => linkSync(path.join(outside, 'facts/twin.md'), file));
  swap('facts/deep/b.md', folderLink('facts/deep/b.md'));
  attempt(() => mkdirSync(path.join(store, 'facts/deep'), { recursive: true }));
  attempt(() => writeFileSync(path.join(store, 'facts/a.md'), 'inside', { flag: 'wx' }));
}

function run() {
  for (let i = 0; i < 25; i += 1) round();
  setImmediate(run);
}

process.stdin.on('end', () => process.stdout.write(`${swaps}\n`, () => process.exit(0)));
process.stdin.resume();
process.stdout.write('running\n');
run();
