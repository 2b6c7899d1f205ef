import { describe, expect, it } from 'vitest';
import { toBeats } from '../../../../src/core/sessions/beats';
import type { Outcome } from '../../../../src/core/sessions/session';
import { createTally } from '../../../../src/core/sessions/tally';
import { buildSession, type SessionBuilder } from '../../../fakes/sessionBuilder';

const grades = (session: SessionBuilder): readonly Outcome[] => toBeats(session.end()).map((beat) => beat.grade);
const outcome = (session: SessionBuilder): Outcome => {
  const tally = createTally();
  for (const entry of session.end().entries) tally.add(entry);
  return tally.summary().outcome;
};
const session = (): SessionBuilder => buildSession('s-1', '2026-11-20T10:00:00.000Z');

describe('beats', () => {
  it('hold a prompt, what was done for it, and the next prompt as their outcome', () => {
    const beats = toBeats(
      session().says('run the tests').runs('make check', 'ok').answers('done').says('thanks').end(),
    );
    expect(beats).toHaveLength(2);
    expect(beats[0]).toMatchObject({ index: 0, prompt: { text: 'run the tests' }, outcome: { text: 'thanks' } });
    expect(beats[0]?.calls).toMatchObject([{ call: { tool: 'Bash' }, result: { ok: true } }]);
    expect(beats[1]).toMatchObject({ index: 1, prompt: { text: 'thanks' }, outcome: undefined, entries: [] });
  });

  it('begin without a prompt where the session does, and are none where it is empty', () => {
    expect(toBeats(session().end())).toEqual([]);
    expect(toBeats(session().answers('hello').end())).toMatchObject([{ prompt: undefined }]);
  });
});

describe('the grade of a beat', () => {
  it.each<[string, SessionBuilder, Outcome]>([
    ['a correction follows', session().says('do').answers('done').says('no, use pnpm'), 'corrected'],
    ['praise follows', session().says('do').answers('done').says('perfect'), 'success'],
    ['the user refused a call', session().says('do').refused('Bash', 'not that').answers('ok'), 'corrected'],
    ['its last command failed', session().says('do').fails('make', 'Exit code 2').answers('hm'), 'failed'],
    ['the failure was mended', session().says('do').fails('make check', 'x').runs('make check', 'ok'), 'success'],
    ['a check passed', session().says('do').runs('npm test', 'ok').answers('done'), 'success'],
    ['nothing tells', session().says('do').answers('done').says('now the docs'), 'unknown'],
    ['no work was done', session().says('do').says('no, wait'), 'unknown'],
  ])('is right when %s', (_, built, grade) => {
    expect(grades(built)[0]).toBe(grade);
  });
});

describe('the outcome of a session so far', () => {
  it('is its failure at the end, else any correction, else any success', () => {
    expect(outcome(session().says('do').answers('a').says('no, b').fails('make', 'x'))).toBe('failed');
    expect(outcome(session().says('do').answers('a').says('no, b').runs('make check', 'ok'))).toBe('corrected');
    expect(outcome(session().says('do').fails('make', 'x').says('now this').runs('make check', 'ok'))).toBe('success');
    expect(outcome(session().says('do').answers('a'))).toBe('unknown');
    expect(outcome(session())).toBe('unknown');
  });
});

describe('the counts of a session', () => {
  it('tell prompts, calls, failures, refusals and corrections apart', () => {
    const tally = createTally();
    const built = session()
      .says('do')
      .fails('make', 'x')
      .refused('Edit', 'not there')
      .runs('make check', 'ok')
      .says('no, elsewhere')
      .says('no, really');
    for (const entry of built.end().entries) tally.add(entry);
    expect(tally.summary()).toMatchObject({
      prompts: 3,
      toolCalls: 3,
      failedToolCalls: 1,
      rejections: 1,
      corrections: 1,
      lostResults: 0,
    });
    expect(tally.firstPrompt).toBe('do');
    expect(tally.isWorthKeeping()).toBe(true);
  });

  it('name the memories that were opened', () => {
    const tally = createTally();
    const built = session().says('do').reads('/w/.agent-memory/pitfalls/x.md', 'x').reads('/w/src/a.ts', 'a');
    const printed = built.runs('cat .agent-memory/MEMORY.md .agent-memory/.local/state.json', '');
    for (const entry of printed.end().entries) tally.add(entry);
    expect(tally.summary().memoriesRead).toEqual(['/w/.agent-memory/pitfalls/x.md', '.agent-memory/MEMORY.md']);
  });

  it('cut the title from the first line that was typed', () => {
    const tally = createTally();
    for (const entry of session()
      .says(`\n  ${'long '.repeat(40)}\nmore`)
      .end().entries)
      tally.add(entry);
    expect(tally.firstPrompt).toHaveLength(80);
    expect(tally.firstPrompt.endsWith('…')).toBe(true);
  });
});
