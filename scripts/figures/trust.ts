import type { Measurement } from './figure';
import { secrets } from './trust/secrets';
import { borders } from './trust/borders';
import { logs } from './trust/logs';
import { canary } from './trust/canary';
import { poisoning } from './trust/poisoning';
import { hostKills } from './trust/hostKills';
import { killsOfProcesses } from './trust/killsOfProcesses';
import { processes } from './trust/processes';
import { tmpfs } from './trust/tmpfs';
import { surfaces } from './trust/surfaces';
import { unicode } from './trust/unicode';
import { faults } from './trust/faults';
import { foreign } from './trust/foreign';
import { kills } from './trust/kills';
import { powerLoss } from './trust/powerLoss';

/** What issue "trust" must show, as far as it is a number. Each measurement is a file of its own in `trust/`. */
export const trust: readonly Measurement[] = [
  secrets,
  canary,
  unicode,
  surfaces,
  processes,
  killsOfProcesses,
  hostKills,
  tmpfs,
  poisoning,
  foreign,
  kills,
  faults,
  powerLoss,
  logs,
  borders,
];
