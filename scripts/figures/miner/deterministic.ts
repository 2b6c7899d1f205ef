import { measureDeterminism } from '../../../bench/deterministic/measure';
import { say } from '../../process';
import { atLeast, exactly, type Measurement } from '../figure';

const PROJECTS = 8;

/** Must show 5: the same input gives the same bytes, whatever the order of files, the locale or the time zone. */
export const deterministic: Measurement = {
  name: 'deterministic',
  measure: async () => {
    const { projects, dreams, changes, different, placesDiffer } = await measureDeterminism(PROJECTS);
    for (const name of different) say(`# differs: ${name}`);
    say(`# ${dreams} dreams over ${projects} projects, in three orders, locales and time zones`);
    return [
      atLeast('same-input-changes-proposed', changes, projects),
      exactly('same-input-locales-and-zones-differ', String(placesDiffer), 'true'),
      exactly('same-input-other-bytes', different.length, 0),
    ];
  },
};
