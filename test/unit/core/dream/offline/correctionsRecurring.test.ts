import { describe, expect, it } from 'vitest';
import { correctionsMiner } from '../../../../../src/core/dream/offline/corrections';
import { RareStems } from '../../../../../src/core/dream/offline/rareStems';
import { readReaction } from '../../../../../src/core/dream/offline/language/reactions';
import { buildSession } from '../../../../fakes/sessionBuilder';
import { mine, notesOf } from './mine';

const DAYS = ['2026-11-01T10:00:00Z', '2026-11-08T10:00:00Z', '2026-11-15T10:00:00Z'];

async function toldOver(...said: readonly string[]): Promise<readonly string[]> {
  const sessions = said.map((words, index) =>
    buildSession(`s${index}`, DAYS[index] ?? '')
      .says('carry on')
      .answers('done')
      .says(words)
      .end(),
  );
  return notesOf(await mine(correctionsMiner, sessions)).map(({ description }) => description);
}

async function refusedOver(...reasons: readonly string[]): Promise<readonly string[]> {
  const sessions = reasons.map((reason, index) =>
    buildSession(`s${index}`, DAYS[index] ?? '')
      .says('carry on')
      .refused('Bash', reason, { command: 'x' })
      .end(),
  );
  return notesOf(await mine(correctionsMiner, sessions)).map(({ description }) => description);
}

describe('a correction that recurs in other words', () => {
  it.each([
    [
      'no, put the spinner into the toolbar',
      'that belongs in the toolbar, the spinner has no place in the footer',
      'toolbar',
    ],
    [
      "don't block the event loop, hand it to the worker pool",
      'you blocked the event loop again, worker pool',
      'worker pool',
    ],
    ['no, we ship to the quay registry', 'wrong registry, ship to quay', 'quay'],
    ['no raw SQL, use the query builder', 'raw SQL again. the query builder please', 'query builder'],
    ['stop, roll dice with lib/dice.rb', 'not rand, lib/dice.rb is there for that', 'lib/dice.rb'],
  ])('“%s” and “%s”', async (first, second, kept) => {
    const told = await toldOver(first, second);
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(kept);
  });

  it('is told by the sentence that says what to do', async () => {
    expect(await toldOver('a tooltip again, that hides the label', 'no, use the hint line, not a tooltip')).toEqual([
      'Use the hint line, not a tooltip',
    ]);
  });

  it('needs a sentence that says what is wanted', async () => {
    expect(await toldOver('the tooltip hides the label again', 'again the tooltip hides the label')).toEqual([]);
  });

  it('is none when the talk is of two things, of this branch only, or a question', async () => {
    expect(await toldOver('no, use the blue palette', 'no, use the slow lane for uploads')).toEqual([]);
    expect(
      await toldOver('again the palette, keep it in this branch', 'the palette again, but in this branch'),
    ).toEqual([]);
    expect(await toldOver('no, use the blue palette', 'why is that not the blue palette again?')).toEqual([]);
  });
});

describe('what is typed while the agent works', () => {
  it('corrects that work', async () => {
    const session = (id: string, at: string, words: string) =>
      buildSession(id, at).says('build the exporter').answers('on it').says(words, { queued: true }).end();
    const result = await mine(correctionsMiner, [
      session('s1', DAYS[0] ?? '', 'we have no lodash here, take the helpers in src/lang'),
      session('s2', DAYS[1] ?? '', 'take the helpers in src/lang instead of lodash'),
    ]);
    const [finding] = notesOf(result);
    expect(finding?.description).toContain('helpers in src/lang');
    expect(finding?.evidence).toHaveLength(2);
  });
});

describe('a refusal', () => {
  it('counts in other words', async () => {
    expect(
      await refusedOver('no --force, reviewers lose their place', 'never with --force, reviewers lose their place'),
    ).toEqual([expect.stringContaining('--force')]);
  });

  it('with words that outlast the task needs no second one', async () => {
    expect(await refusedOver('never run the load test from a laptop')).toEqual([
      'Never run the load test from a laptop',
    ]);
    expect(await refusedOver('that takes too long')).toEqual([]);
  });
});

describe('words that react to work', () => {
  it.each([
    ['you put it beside the parser, it should be in the lexer', 'both'],
    ['colour codes instead of names', 'both'],
    ['this is a raw query', 'hint'],
    ['thanks, great job', undefined],
    ['that went well, next one please?', undefined],
    ['run the tests again', undefined],
    ['add a page for wagtails', undefined],
  ])('%s → %s', (text, reaction) => {
    expect(readReaction(text)).toBe(reaction);
  });
});

describe('rare words', () => {
  it('are those of a few prompts, of many as of few', () => {
    const stems = new RareStems();
    for (let count = 0; count < 2_000; count += 1) stems.add(new Set(count < 5 ? ['gale', 'fix'] : ['fix']));
    expect(stems.isRare('gale')).toBe(true);
    expect(stems.isRare('unheard')).toBe(true);
    expect(stems.isRare('fix')).toBe(false);
  });
});
