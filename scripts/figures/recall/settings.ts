import { roundTrip } from '../../../bench/connect/roundTrips';
import { runState } from '../../../bench/connect/runState';
import { states } from '../../../bench/connect/states';
import { say } from '../../process';
import { atLeast, exactly, type Figure, type Measurement } from '../figure';

const TEXTS = 2_000;
const SHOWN = 3;

/**
 * Must show 4, for the settings of Claude Code: a file in every state that people's files are in is connected, connected
 * again and disconnected right, or is left alone with the reason said; and generated files with comments come back to the
 * byte.
 */
export const settings: Measurement = {
  name: 'settings',
  measure: async () => [...(await inEveryState()), ...generated()],
};

async function inEveryState(): Promise<readonly Figure[]> {
  const wrong = { connect: 0, reconnect: 0, disconnect: 0 };
  const steps = ['connect', 'reconnect', 'disconnect'] as const;
  for (const state of states) {
    const result = await runState(state);
    for (const step of steps.filter((one) => result[one] !== 'right')) {
      wrong[step] += 1;
      say(`# ${state.name}, ${step}: ${result[step]}`);
    }
  }
  return [
    atLeast('states', states.length, 30),
    ...steps.map((step) => exactly(`states-wrong-at-${step}`, wrong[step], 0)),
  ];
}

function generated(): readonly Figure[] {
  const wrong = Array.from({ length: TEXTS }, (_, seed) => ({ seed, ...roundTrip(seed) })).filter(
    (trip) => trip.wrong !== undefined,
  );
  for (const trip of wrong.slice(0, SHOWN)) say(`# text ${trip.seed}: ${trip.wrong ?? ''}`);
  return [exactly(`of-${TEXTS}-generated-texts-not-given-back`, wrong.length, 0)];
}
