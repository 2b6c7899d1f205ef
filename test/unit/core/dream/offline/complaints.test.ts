import { describe, expect, it } from 'vitest';
import { correctionsMiner } from '../../../../../src/core/dream/offline/corrections';
import { isTask } from '../../../../../src/core/dream/offline/language/tasks';
import { buildSession } from '../../../../fakes/sessionBuilder';
import { mine, notesOf } from './mine';

const DAYS = ['2026-11-01T10:00:00Z', '2026-11-08T10:00:00Z', '2026-11-15T10:00:00Z'];

async function told(said: readonly string[], refused = false): Promise<readonly string[]> {
  const sessions = said.map((words, index) => {
    const begun = buildSession(`s${index}`, DAYS[index] ?? '')
      .says('carry on')
      .answers('done');
    return refused ? begun.refused('Bash', words, { command: 'x' }).end() : begun.says(words).end();
  });
  return notesOf(await mine(correctionsMiner, sessions)).map(({ description }) => description);
}

describe('a complaint in two sessions', () => {
  it.each([
    ['you put a TODO in', 'there is another TODO in there, drop the TODO'],
    ['that regex parses nothing, feed it a real header', 'an empty string proves nothing, feed it a real header'],
    ['the colours are in palette.toml, take them from there', 'wrong colours, palette.toml has them'],
    ['use the clock port for that, not Date', 'Date again, the clock port please'],
    ['no, the schema comes from bin/gen-schema', 'you edited the schema by hand, run bin/gen-schema'],
    ['there already is a money type in pkg/money, use that', 'pkg/money has a type for it, dont invent one'],
    ['this must be an enum, not a string', 'a string again, make it an enum'],
    ['dont hardcode the timeout, read it from limits.yaml', 'the timeout belongs into limits.yaml'],
    ['wrong queue, emails go to mail-low', 'mail-low is the queue for emails'],
  ])('tells one rule: “%s”, “%s”', async (...said) => {
    expect(await told(said)).toHaveLength(1);
  });

  it.each([
    ['do not touch the seeds, qa depends on them', 'leave the seeds alone, qa depends on them'],
    ['no restart of the gateway, people are using it', 'do not restart the gateway, people use it'],
    ['that file is vendored, leave it', 'do not edit vendored files'],
    ['schema.rb is written by rails, not by hand', 'do not edit schema.rb, rails writes it'],
  ])('tells one rule when calls were refused: “%s”, “%s”', async (...said) => {
    expect(await told(said, true)).toHaveLength(1);
  });

  it.each([
    ["Thinking again: let's completely remove the start command", "let's remove the start command completely"],
    ['Merge conflicts with main', 'merge conflicts with main again'],
    ['fix the failing test', 'no, fix the failing test first'],
    ['no, rename the column to total', 'rename the column total please'],
    ['resolve the conflicts and push', 'resolve the conflicts in the lock file'],
    ['stop, revert that change', 'revert the change, it broke the login'],
    ['no, rebase on main', 'please rebase on main'],
    ['that is still broken, fix the import', 'the import is still broken, fix it'],
    ['bump the version to 2.1', 'no, bump the version to 2.2'],
    ['no, move the button to the left', 'the button is wrong, move it up'],
    ['clean up the debug output', 'clean up that debug output now'],
    ['you missed a test, add one for the parser', 'add the missing test for the parser'],
    ['the page is still blank', 'still a blank page'],
    ['no, add the missing docs for the new flag', 'add docs for the flag'],
    ['wrong, the test still fails', 'the test fails again, fix it'],
    ['use the second tab, it is nicer', 'the second tab is nicer, keep it'],
    ['the page is slow, use the cache', 'why is the page slow?'],
    ['the parser is in src/parse.ts', 'look at src/parse.ts, the loop is odd'],
    ['the export is on line 40 of src/out.ts', 'src/out.ts has an odd loop'],
    ['src/cart.ts throws when the list is empty', 'src/cart.ts is hard to read, split it'],
    ['open app/main.py', 'app/main.py is too long'],
    ['the config is in config/app.yaml, add a key', 'config/app.yaml has a typo'],
    ['tests live in tests/unit, add one there', 'add a test in tests/unit for the parser'],
  ])('tells none where it is one piece of work, or nothing was wrong: “%s”, “%s”', async (...said) => {
    expect(await told(said)).toEqual([]);
  });

  it('tells what was done as what is not to be done', async () => {
    expect(await told(['you left a console.trace in', 'remove the console.trace'])).toEqual([
      'Do not leave a console.trace in',
    ]);
  });

  it('is a template where it is long and the same to the letter', async () => {
    const words = 'that is not how we do it, use the release checklist in docs/release.md instead';
    expect(await told([words, words])).toEqual([]);
  });
});

describe('one piece of work', () => {
  it.each([
    ["Thinking again: let's completely remove the start command", true],
    ['rename the column to total', true],
    ['take another look', true],
    ['bump it', true],
    ['add a test for every endpoint', false],
    ['rename things instead of commenting on them', false],
    ['use the wrapper', false],
  ])('“%s”: %s', (text, task) => {
    expect(isTask(text)).toBe(task);
  });
});
