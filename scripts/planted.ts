// `npm run bench:planted -- [dev|validation|test] [--verbose] [--only=<project>]`: dreams over the planted corpus and prints how
// well. Misses and false alarms of the test split are not shown to anybody: what is tuned for measures nothing.
import { runPlanted } from '../bench/planted/planted';
import { renderPlanted } from '../bench/planted/report';
import { say } from './process';

const words = process.argv.slice(2);
const split = words.includes('test') ? 'test' : words.includes('validation') ? 'validation' : 'dev';
const only = words.find((word) => word.startsWith('--only='))?.slice('--only='.length);
const verbose = words.includes('--verbose');
if (verbose && split === 'test') {
  say('The test split cannot be looked at with --verbose.');
  process.exit(64);
}
for (const line of renderPlanted(await runPlanted(split, only), verbose)) say(line);
