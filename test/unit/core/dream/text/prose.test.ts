import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { typedProse } from '../../../../../src/core/dream/text/prose';
import { oneSpace } from '../../../../../src/core/dream/text/words';

function sentences(text: string, pasted: readonly (readonly [number, number])[] = []): readonly string[] {
  return typedProse({ text, pasted }).sentences.map((sentence) => sentence.text);
}

describe('what a person said in a prompt', () => {
  it('is cut into sentences, but not at abbreviations and file names', () => {
    expect(sentences('Use e.g. pnpm. Look at src/a.ts! Then go on')).toEqual([
      'Use e.g. pnpm.',
      'Look at src/a.ts!',
      'Then go on',
    ]);
    expect(sentences('用 pnpm。不要用 npm。')).toEqual(['用 pnpm。', '不要用 npm。']);
  });

  it('leaves out code, quotes, logs, tables and mark-up', () => {
    const text = [
      'keep this',
      '```',
      'always code',
      '```',
      '> a quote',
      '2026-01-01 10:00:00 log',
      '| a | table |',
      '    indented',
      '$ npm test',
      '<x>hidden</x>',
    ].join('\n');
    expect(sentences(text)).toEqual(['keep this']);
  });

  it('leaves out tags with all that is in them', () => {
    expect(sentences('<ide_selection>never do\nthis</ide_selection> and this?')).toEqual(['and this?']);
  });

  it('leaves out pasted ranges, whatever their order', () => {
    expect(
      sentences('say abc say def end', [
        [12, 15],
        [4, 7],
      ]),
    ).toEqual(['say', 'say', 'end']);
  });

  it('takes a long paragraph after a colon for pasted', () => {
    expect(sentences(`the review says:\n\n${'a long remark about it '.repeat(20)}\nwhat now?`)).toEqual([
      'the review says:',
      'what now?',
    ]);
  });

  it('knows the line that opens a list', () => {
    expect(typedProse({ text: 'From now on:\n- a thing\n- another' }).sentences[1]).toMatchObject({
      text: 'a thing',
      listItem: true,
      lead: 'From now on:',
    });
  });

  it.each([
    ['# A\n\n# B\ntext', 'document'],
    [Array.from({ length: 20 }, (_, index) => `- step ${index}`).join('\n'), 'document'],
    ['word '.repeat(600), 'bulky'],
    [['please fix', '> a', '> b', '> c', '> d'].join('\n'), 'bulky'],
    ['please fix it', 'speech'],
  ])('tells a document from speech', (text, kind) => {
    expect(typedProse({ text }).kind).toBe(kind);
  });

  it('every sentence is verbatim in the prompt, white space aside', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom('a', 'b', ' ', '.', '\n', '`', '>', '-', ':', '。', '<x>', '#'),
          maxLength: 200,
        }),
        (text) => {
          for (const sentence of sentences(text)) expect(oneSpace(text)).toContain(oneSpace(sentence));
        },
      ),
    );
  });
});
