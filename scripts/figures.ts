// `npm run figures -- <set>`: measures afresh and prints one line each, `name value goal pass|short|skip`.
// Exit code 1 if any is short or could not be measured.
import { engines } from './figures/engines';
import type { Figure, Measurement } from './figures/figure';
import { firstLight } from './figures/firstLight';
import { miner } from './figures/miner';
import { recall } from './figures/recall';
import { trust } from './figures/trust';
import { say } from './process';

const SETS: Readonly<Record<string, readonly Measurement[]>> = {
  'first-light': firstLight,
  trust,
  miner,
  engines,
  recall,
};

async function measure({ name, measure: run }: Measurement): Promise<readonly Figure[]> {
  try {
    return await run();
  } catch (error) {
    process.stderr.write(`${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return [{ name, value: 'failed', goal: 'measured', verdict: 'short' }];
  }
}

const [setName = '', ...only] = process.argv.slice(2);
const set = SETS[setName];
if (!set) {
  say(`There is no set of figures "${setName}"; there is: ${Object.keys(SETS).join(', ')}.`);
  process.exit(64);
}
let short = 0;
for (const measurement of set.filter(({ name }) => only.length === 0 || only.includes(name))) {
  for (const { name, value, goal, verdict } of await measure(measurement)) {
    say(`${name.replaceAll(' ', '-')} ${value} ${goal} ${verdict}`);
    if (verdict === 'short') short += 1;
  }
}
process.exitCode = short === 0 ? 0 : 1;
