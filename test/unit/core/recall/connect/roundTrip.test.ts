import fc from 'fast-check';
import { expect, it } from 'vitest';
import { roundTrip } from '../../../../../bench/connect/roundTrips';

it('gives every settings text back as it was, and loses nothing of what was added since', () => {
  fc.assert(
    fc.property(fc.nat({ max: 1_000_000 }), (seed) => {
      expect(roundTrip(seed)).toMatchObject({ wrong: undefined });
    }),
    { numRuns: 100 },
  );
});
