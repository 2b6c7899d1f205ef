import { describe, expect, it } from 'vitest';
import { correctionsMiner } from '../../../../../src/core/dream/offline/corrections';
import { buildSession } from '../../../../fakes/sessionBuilder';
import { mine, notesOf } from './mine';

const [one, two] = ['2026-11-01T10:00:00Z', '2026-11-08T10:00:00Z'];

describe('corrections that recur', () => {
  it('become a rule after two sessions', async () => {
    const result = await mine(correctionsMiner, [
      buildSession('s1', one)
        .says('add a test')
        .answers('done')
        .says("no, don't mock the database in integration tests")
        .end(),
      buildSession('s2', two)
        .says('write one more')
        .answers('done')
        .says("stop, don't mock the database in the tests")
        .end(),
    ]);
    const [finding] = notesOf(result);
    expect(finding).toMatchObject({ trust: 'user', description: 'Do not mock the database in the tests' });
    expect(finding?.evidence).toHaveLength(2);
    expect(finding?.rationale).toBe('The user corrected this in 2 sessions.');
  });

  it('count the words given with a refusal as the clearest', async () => {
    const result = await mine(correctionsMiner, [
      buildSession('s1', one)
        .says('go on')
        .refused('Bash', "don't run the integration tests, they are too slow", { command: 'make it' })
        .end(),
      buildSession('s2', two).says('go on').answers('…').says("no, please don't run the slow integration tests").end(),
    ]);
    const [finding] = notesOf(result);
    expect(finding?.description).toBe('Do not run the integration tests, they are too slow');
    expect(finding?.rationale).toContain('refused a tool call');
  });
});

describe('corrections that stay where they were said', () => {
  it('a single one, which is explained', async () => {
    const session = buildSession('s1', one)
      .says('go on')
      .answers('…')
      .says("no, don't mock the database in tests")
      .end();
    const result = await mine(correctionsMiner, [session]);
    expect(result.candidates).toEqual([]);
    expect(result.dismissed).toEqual([
      expect.objectContaining({ reason: 'said once, and without words that outlast a task' }),
    ]);
  });

  it('twice in one session', async () => {
    const session = buildSession('s1', one)
      .says('go')
      .says("no, don't mock the database in tests")
      .says("I said don't mock the database in tests")
      .end();
    expect(notesOf(await mine(correctionsMiner, [session]))).toEqual([]);
  });

  it.each(['ExitPlanMode', 'AskUserQuestion'])('an answer to %s, which is no refusal', async (tool) => {
    const sessions = [one, two].map((day, index) =>
      buildSession(`s${index}`, day).says('go').refused(tool, 'use the wrapper script in bin').end(),
    );
    expect(notesOf(await mine(correctionsMiner, sessions))).toEqual([]);
  });

  it('opposite intents, however alike their words', async () => {
    const result = await mine(correctionsMiner, [
      buildSession('s1', one).says('go').says("no, don't use the wrapper script").end(),
      buildSession('s2', two).says('go').says('no, use the wrapper script').end(),
    ]);
    expect(notesOf(result)).toEqual([]);
  });

  it('remarks without an instruction', async () => {
    const sessions = [one, two].map((day, index) =>
      buildSession(`s${index}`, day).says('go').says('no, that is wrong').end(),
    );
    expect(notesOf(await mine(correctionsMiner, sessions))).toEqual([]);
  });
});

describe('what is only asked for', () => {
  it('recurs with every task, and is no correction', async () => {
    const sessions = [one, two].map((day, index) =>
      buildSession(`s${index}`, day).says('go').answers('…').says('commit the change and push the branch').end(),
    );
    expect(notesOf(await mine(correctionsMiner, sessions))).toEqual([]);
  });

  it('but what is forbidden in two sessions is, however it was said', async () => {
    const sessions = [one, two].map((day, index) =>
      buildSession(`s${index}`, day)
        .says('go')
        .answers('…')
        .says("great. please don't touch the generated client")
        .end(),
    );
    expect(notesOf(await mine(correctionsMiner, sessions)).map((finding) => finding.description)).toEqual([
      'Do not touch the generated client',
    ]);
  });
});
