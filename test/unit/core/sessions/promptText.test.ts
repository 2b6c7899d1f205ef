import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitPasted } from '../../../../src/core/sessions/pasted';
import { withoutPrivateParts } from '../../../../src/core/sessions/privateMarks';
import { readUserTexts, wholeText } from '../../../../src/core/sessions/promptText';

const pastedIn = (text: string): string =>
  splitPasted(text)
    .filter((part) => part.pasted)
    .map((part) => part.text)
    .join('');

describe('what was typed and what was pasted', () => {
  it('takes plain words as typed, over several lines too', () => {
    expect(pastedIn('Fix the test.\n\nThen run it:\n- first\n- second')).toBe('');
  });

  it('takes fenced blocks as pasted, closed or not', () => {
    expect(pastedIn('Why?\n```\nError: x\n```\nTell me.')).toBe('```\nError: x\n```\n');
    expect(pastedIn('Why?\n```\nError: x\nand more')).toBe('```\nError: x\nand more');
  });

  it('takes runs of output and code as pasted, but not a single line of it', () => {
    const trace = 'TypeError: x is undefined\n    at run (a.js:1:2)\n    at main (b.js:3:4)\n';
    expect(pastedIn(`This fails:\n${trace}Please fix it.`)).toBe(trace);
    expect(pastedIn('I get\n    at run (a.js:1:2)\nsometimes')).toBe('');
    const diff = '@@ -1,2 +1,2 @@\n--- a/x.ts\n+++ b/x.ts\n';
    expect(pastedIn(`look\n${diff}bad`)).toBe(diff);
  });

  it('takes the middle of what nobody can have typed as pasted', () => {
    const long = `Read this.\n\n${'word '.repeat(2_000)}\n\nWhat do you think?`;
    expect(pastedIn(long)).not.toContain('Read this.');
    expect(pastedIn(long)).not.toContain('What do you think?');
    expect(pastedIn(long).length).toBeGreaterThan(9_000);
    expect(pastedIn('x'.repeat(7_000))).toHaveLength(7_000);
  });

  it('loses nothing: the parts put together are the text', () => {
    const line = fc.constantFrom('words here', '', '```', '    code();', '$ npm test', '> quoted', '\tindent', 'a {');
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), (lines) => {
        expect(wholeText(splitPasted(lines.join('\n')))).toBe(lines.join('\n'));
      }),
    );
  });
});

describe('what a user line says', () => {
  it('separates what the editor wrapped around a prompt', () => {
    const texts = readUserTexts([
      { type: 'text', text: '<ide_opened_file>The user opened a.ts</ide_opened_file>' },
      { type: 'text', text: '<ide_selection>lines 1 to 2:\nconst a = 1;</ide_selection>' },
      { type: 'text', text: 'rename a to b' },
    ]);
    expect(wholeText(texts.human)).toBe('<ide_selection>lines 1 to 2:\nconst a = 1;</ide_selection>\nrename a to b');
    expect(texts.human.map((part) => part.pasted)).toEqual([true, true, false]);
    expect(texts.machine).toEqual([
      { speaker: 'ide', text: '<ide_opened_file>The user opened a.ts</ide_opened_file>' },
    ]);
  });

  it('finds the prompt behind a reminder in the same text', () => {
    const texts = readUserTexts('<system-reminder>The user provided: /foo</system-reminder>\n\nhello');
    expect(wholeText(texts.human).trim()).toBe('hello');
    expect(texts.machine.map((said) => said.speaker)).toEqual(['reminder']);
  });

  it('takes a selection alone for no prompt', () => {
    expect(readUserTexts('<ide_selection>a</ide_selection>').human).toEqual([]);
  });

  it('takes an accepted plan as pasted after the words that start it', () => {
    const texts = readUserTexts('Implement the following plan:\n\n# Plan\nDo it.');
    expect(texts.human).toEqual([
      { text: 'Implement the following plan:\n\n', pasted: false },
      { text: '# Plan\nDo it.', pasted: true },
    ]);
  });

  it('has nothing to say about content of another shape', () => {
    expect(readUserTexts(undefined)).toEqual({ human: [], machine: [] });
    expect(readUserTexts([null, 3, { type: 'text' }, { type: 'image' }])).toEqual({ human: [], machine: [] });
  });

  it.each([
    ['<command-name>/compact</command-name>', 'command'],
    ['<command-message>init is analyzing</command-message>', 'command'],
    ['<local-command-stdout>done</local-command-stdout>', 'command-output'],
    ['<bash-input>ls</bash-input>', 'bash'],
    ['<bash-stdout>a</bash-stdout><bash-stderr></bash-stderr>', 'bash-output'],
    ['<task-notification>\n<task-id>1</task-id>', 'notification'],
    ['<teammate-message teammate_id="a">hi</teammate-message>', 'teammate'],
    ['[Request interrupted by user for tool use]', 'interrupt'],
    ['This session is being continued from a previous conversation that ran out of context.', 'compaction-summary'],
  ])('knows that no person typed %s', (text, speaker) => {
    expect(readUserTexts(text)).toEqual({ human: [], machine: [{ speaker, text }] });
  });
});

describe('private parts', () => {
  it.each([
    ['say <private>my name</private> not', 'say [private] not'],
    ['<PRIVATE>a</PRIVATE><private>b</private>', '[private][private]'],
    ['keep <private>never closed', 'keep [private]'],
    ['nothing private here', 'nothing private here'],
    ['İ <private>a</private>', '[private]'],
  ])('%j becomes %j', (text, expected) => {
    expect(withoutPrivateParts(text)).toBe(expected);
  });

  it('are gone before anything else looks at the prompt', () => {
    expect(wholeText(readUserTexts('use <private>hunter2 password</private> here').human)).toBe('use [private] here');
  });
});
