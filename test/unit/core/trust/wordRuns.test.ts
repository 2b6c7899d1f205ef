import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wordsInOrder } from '../../../../src/core/trust/wordRuns';

describe('words in order', () => {
  it('are the same whether the text holds more than ASCII or not', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii', maxLength: 80 }), (text) => {
        expect([...wordsInOrder(text), 'ö']).toEqual(wordsInOrder(`${text} ö`));
      }),
    );
    expect(wordsInOrder('Run `make-all`, 2 times_3')).toEqual(['run', 'make', 'all', '2', 'times', '3']);
  });
});
