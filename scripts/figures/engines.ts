import { bodies } from './engines/bodies';
import { bundles } from './engines/bundles';
import { conformance } from './engines/conformance';
import { cost } from './engines/cost';
import { fabricated } from './engines/fabricated';
import { resume } from './engines/resume';
import { tokens } from './engines/tokens';
import type { Measurement } from './figure';

/** What issue "model engines" must show, as far as it is a number. Each measurement is a file of its own in `engines/`. */
export const engines: readonly Measurement[] = [conformance, fabricated, resume, bodies, tokens, bundles, cost];
