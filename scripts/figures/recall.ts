import type { Measurement } from './figure';
import { bridges } from './recall/bridges';
import { doctor } from './recall/doctor';
import { hookTime } from './recall/hookTime';
import { search } from './recall/search';
import { settings } from './recall/settings';
import { views } from './recall/views';

/** What issue "recall" must show, as far as it is a number. Each measurement is a file of its own in `recall/`. */
export const recall: readonly Measurement[] = [doctor, search, settings, bridges, hookTime, views];
