import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  frequentSequences,
  type Sequence,
  type SequenceBar,
} from '../../../../../src/core/dream/offline/workflowSequences';

const BAR: SequenceBar = { minSessions: 2, minLength: 2, maxLength: 3, maxGap: 1 };

/** Every way in which the steps stand in the sequence, no two of them too far apart. */
function runsOf(steps: readonly string[], sequence: Sequence, from = 0, to = sequence.length): readonly number[][] {
  const [first, ...rest] = steps;
  if (first === undefined) return [[]];
  return sequence.flatMap((step, at) =>
    step === first && at >= from && at < to
      ? runsOf(rest, sequence, at + 1, at + 2 + BAR.maxGap).map((run) => [at, ...run])
      : [],
  );
}

const sequences = fc.array(fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 }), { maxLength: 8 });

describe('frequent sequences', () => {
  it('stand where they are said to stand, and in no other session', () => {
    fc.assert(
      fc.property(sequences, (all) => {
        for (const { steps, places } of frequentSequences(all, BAR)) {
          const runs = all.map((sequence) => runsOf(steps, sequence));
          expect([...places.keys()].sort((a, b) => a - b)).toEqual(
            runs.flatMap((found, at) => (found.length > 0 ? [at] : [])),
          );
          for (const [at, positions] of places) {
            expect(runs[at]).toContainEqual(positions);
            // Of all occurrences the last.
            expect(positions.at(-1)).toBe(Math.max(...(runs[at] ?? []).map((run) => run.at(-1) ?? 0)));
          }
        }
      }),
    );
  });

  it('are all pairs of different steps of which the second mostly follows', () => {
    fc.assert(
      fc.property(sequences, (all) => {
        const names = ['a', 'b', 'c', 'd'] as const;
        const wanted = names.flatMap((first) => {
          const begun = all.filter((sequence) => sequence.includes(first)).length;
          return names
            .filter((second) => second !== first)
            .filter((second) => {
              const gone = all.filter((sequence) => runsOf([first, second], sequence).length > 0).length;
              return gone >= BAR.minSessions && gone * 2 >= begun;
            })
            .map((second) => [first, second]);
        });
        const pairs = frequentSequences(all, { ...BAR, maxLength: 2 }).map(({ steps }) => steps);
        expect(pairs).toEqual(wanted);
      }),
    );
  });
});
