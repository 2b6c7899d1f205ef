import { createHash } from 'node:crypto';

export type Split = 'dev' | 'test';

/**
 * Which half of a data set a unit (a chat, a dialogue) belongs to: by the hash of its name, for ever the same. What is
 * tuned is tuned on `dev` alone.
 */
export function splitOf(bench: string, unit: string): Split {
  const [first = 0] = createHash('sha256').update(`${bench} ${unit}`).digest();
  return first % 2 === 0 ? 'dev' : 'test';
}
