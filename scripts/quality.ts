// `npm run bench:quality [-- --locomo=<locomo10.json> --beam=<chats/100K>] [--only=<name>]`: how well the offline dreamer
// does on public data, beside what others reach. Prints a table and writes bench-results/quality.json.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { measureQuality } from '../bench/quality/quality';
import { renderQuality } from '../bench/quality/table';
import { say } from './process';
import { root } from './root';

function option(name: string): string | undefined {
  const words = process.argv.slice(2);
  const at = words.findIndex((word) => word === `--${name}` || word.startsWith(`--${name}=`));
  const word = words[at];
  return word?.includes('=') === true ? word.slice(word.indexOf('=') + 1) : word && words[at + 1];
}

const [locomo, beam, only] = ['locomo', 'beam', 'only'].map(option);
const report = await measureQuality(root, {
  ...(locomo === undefined ? {} : { locomo }),
  ...(beam === undefined ? {} : { beam }),
  ...(only === undefined ? {} : { only }),
});
for (const line of renderQuality(report)) say(line);
const folder = path.join(root, 'bench-results');
await mkdir(folder, { recursive: true });
await writeFile(path.join(folder, 'quality.json'), `${JSON.stringify(report, undefined, 2)}\n`);
say(`Written to ${path.join('bench-results', 'quality.json')}.`);
