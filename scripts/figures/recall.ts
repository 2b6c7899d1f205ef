import type { Measurement } from './figure';
import { bridges } from './recall/bridges';
import { broken } from './recall/broken';
import { captured } from './recall/captured';
import { delivery } from './recall/delivery';
import { doctor } from './recall/doctor';
import { hookTime } from './recall/hookTime';
import { isolation } from './recall/isolation';
import { mcp } from './recall/mcp';
import { memoryTool } from './recall/memoryTool';
import { search } from './recall/search';
import { settings } from './recall/settings';
import { views } from './recall/views';

/** What issue "recall" must show, as far as it is a number. Each measurement is a file of its own in `recall/`. */
export const recall: readonly Measurement[] = [
  delivery,
  captured,
  isolation,
  doctor,
  search,
  memoryTool,
  mcp,
  settings,
  bridges,
  hookTime,
  broken,
  views,
];
