import type { Measurement } from './figure';
import { processes } from './trust/processes';
import { tmpfs } from './trust/tmpfs';
import { unicode } from './trust/unicode';

/** What issue "trust" must show, as far as it is a number. Each measurement is a file of its own in `trust/`. */
export const trust: readonly Measurement[] = [unicode, processes, tmpfs];
