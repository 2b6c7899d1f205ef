import type { Measurement } from './figure';
import { deterministic } from './miner/deterministic';
import { letta } from './miner/letta';
import { merges } from './miner/merges';
import { planted } from './miner/planted';
import { publicData } from './miner/publicData';
import { real } from './miner/real';
import { speed } from './miner/speed';

/** What issue "miners" must show, as far as it is a number. Each measurement is a file of its own in `miner/`. */
export const miner: readonly Measurement[] = [planted, real, letta, publicData, merges, deterministic, speed];
