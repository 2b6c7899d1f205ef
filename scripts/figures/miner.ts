import type { Measurement } from './figure';
import { planted } from './miner/planted';

/** What issue "miners" must show, as far as it is a number. Each measurement is a file of its own in `miner/`. */
export const miner: readonly Measurement[] = [planted];
