import type { Measurement } from './figure';
import { poisoning } from './trust/poisoning';
import { processes } from './trust/processes';
import { tmpfs } from './trust/tmpfs';
import { unicode } from './trust/unicode';
import { faults } from './trust/faults';
import { kills } from './trust/kills';
import { powerLoss } from './trust/powerLoss';

/** What issue "trust" must show, as far as it is a number. Each measurement is a file of its own in `trust/`. */
export const trust: readonly Measurement[] = [unicode, processes, tmpfs, poisoning, kills, faults, powerLoss];
