import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJsonAnswer } from '../../../../src/vscode/engines/jsonAnswer';

const FENCE = '```';

describe('an answer that should be JSON', () => {
  it.each([
    ['alone', '{"findings":[]}'],
    ['in a fence', `${FENCE}json\n{"findings":[]}\n${FENCE}`],
    ['between remarks', 'Here it is:\n{"findings":[]}\nAnything else?'],
    ['behind braces of prose', 'For {each} of `if (x) { y }` I found: {"findings":[]}'],
    ['behind a smaller example', 'Like {"a":1}, so:\n{"findings":[]}'],
    ['with needless commas', '{"findings":[ , ],}'.replace(' , ', '')],
    ['with a comma behind the last item', '{"findings":[],\n}'],
  ])('is read %s', (_, text) => {
    expect(readJsonAnswer(text)).toEqual({ kind: 'object', value: { findings: [] } });
  });

  it('keeps what stands in its texts: braces, commas, quotation marks', () => {
    const value = { statement: 'use {a,} and "b\\" [,] ```', list: ['},', '\\'] };
    expect(readJsonAnswer(`Sure! ${JSON.stringify(value)} Done {x}.`)).toEqual({ kind: 'object', value });
  });

  it('was cut off where it has no end', () => {
    expect(readJsonAnswer('{"findings":[{"statement":"use pn')).toEqual({ kind: 'cut' });
    expect(readJsonAnswer('Like {"a":1}:\n{"findings":[{"statement":"a"}')).toEqual({ kind: 'cut' });
  });

  it('is none where there is no object, and a part of a broken one is not taken for it', () => {
    for (const text of ['', 'I cannot do that.', '[1,2]', '{each}', '{"findings":[{"kind":"new"} {"kind":"new"}]}']) {
      expect(readJsonAnswer(text)).toEqual({ kind: 'none' });
    }
  });

  it('is read back whatever it is, between any words without braces', () => {
    const words = fc.string().map((text) => text.replace(/[{}"[\]]/gu, ''));
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), words, words, (object, before, after) => {
        const json = JSON.stringify(object);
        const found = readJsonAnswer(`${before}${json}${after}`);
        expect(found).toEqual({ kind: 'object', value: JSON.parse(json) as unknown });
      }),
    );
  });

  it('costs one look at each letter of a hostile answer', () => {
    const started = performance.now();
    readJsonAnswer('{"'.repeat(200_000));
    readJsonAnswer('{}'.repeat(200_000));
    readJsonAnswer(`{${' '.repeat(400_000)}`);
    readJsonAnswer('{"a":'.repeat(200_000) + '1' + '}'.repeat(200_000));
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});
