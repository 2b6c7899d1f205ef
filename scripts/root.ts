import { existsSync } from 'node:fs';
import path from 'node:path';

function findRoot(from: string): string {
  if (existsSync(path.join(from, 'package-lock.json'))) return from;
  const parent = path.dirname(from);
  if (parent === from) throw new Error('no package-lock.json above the script: this is not a checkout of Agent Dreams');
  return findRoot(parent);
}

/** The checkout: scripts run from `out/scripts`, tests from `test/**`, so it is searched upwards. */
export const root = findRoot(import.meta.dirname);
