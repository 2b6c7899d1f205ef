import { measureLetta } from '../../../bench/quality/letta';
import { say } from '../../process';
import { root } from '../../root';
import { atLeast, skipped, type Measurement } from '../figure';

/** Must show 3: which stored fact does a new one put out of date? On stores that nothing was fitted to. */
export const letta: Measurement = {
  name: 'letta',
  measure: () => {
    const scores = measureLetta(root);
    if (scores === undefined)
      return Promise.resolve([skipped('letta-pair-f1', '>=0.9', 'no data beside the checkout')]);
    const { dev, test, all } = scores;
    for (const [name, { n, top1, precision, recall, f1, falseRate }] of Object.entries({ dev, test, all })) {
      const shown = { top1, precision, recall, f1, 'superseded in a foreign store': falseRate };
      say(
        `# ${name} n=${n}: ${Object.entries(shown)
          .map(([key, value]) => `${key} ${value.toFixed(3)}`)
          .join(', ')}`,
      );
    }
    // Rounded down, so that a figure never looks better than it is.
    const down = (value: number): number => Math.floor(value * 1000) / 1000;
    return Promise.resolve([
      atLeast('letta-test-top1', down(test.top1), 0.97),
      atLeast('letta-test-pair-f1', down(test.f1), 0.9),
    ]);
  },
};
