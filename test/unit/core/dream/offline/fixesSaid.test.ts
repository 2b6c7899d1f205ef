import { describe, expect, it } from 'vitest';
import { saidCommandsMiner } from '../../../../../src/core/dream/offline/fixesSaid';
import type { CapturedSession } from '../../../../../src/core/sessions/session';
import { buildSession } from '../../../../fakes/sessionBuilder';
import { mine, notesOf, plainSchema } from './mine';

type Builder = ReturnType<typeof buildSession>;

/** The same story on two days. */
function twice(story: (session: Builder, index: number) => Builder): readonly CapturedSession[] {
  return ['2026-11-01T10:00:00Z', '2026-11-04T10:00:00Z'].map((day, index) =>
    story(buildSession(`s${index}`, day), index).end(),
  );
}

const told = async (story: (session: Builder, index: number) => Builder): Promise<readonly string[]> =>
  notesOf(await mine(saidCommandsMiner, twice(story))).map(({ description }) => description);

/** One command ran, a person spoke, and another command passed. */
const corrected =
  (wrong: string, said: string, right: string) =>
  (session: Builder): Builder =>
    session.runs(wrong, 'ok').says(said).runs(right, 'ok');

describe('a command that a person put right in two sessions', () => {
  it('is told with the words, what ran before them and what ran then', async () => {
    const story = corrected('npm test', 'No, use `make check` instead of npm test', 'make check');
    const [finding, ...more] = notesOf(await mine(saidCommandsMiner, twice(story)));
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ category: 'commands', description: 'Use `make check` instead of `npm test`' });
    expect(finding?.body).toContain('No, use `make check` instead of npm test');
    expect(finding?.rationale).toContain('put the same command right in 2 sessions');
    expect(finding?.evidence).toMatchObject([
      { kind: 'event', event: 'succeeded', quote: 'npm test' },
      { kind: 'quote', by: 'user' },
      { kind: 'event', event: 'succeeded', quote: 'make check' },
      { session: 's1' },
      { session: 's1' },
      { session: 's1' },
    ]);
  });

  it.each([
    ['named in backticks alone', 'pytest tests', 'No, `uv run pytest` please', 'uv run pytest'],
    ['named without backticks', 'npm run check', "that's wrong, use make check instead", 'make check'],
    ['named in another language', 'npm run lint', 'nicht npm run lint, sondern pnpm lint bitte', 'pnpm lint'],
    ['told in two sentences', 'npm test', "Don't run npm test. Use `make check` here", 'make check'],
    ['told after a ban', 'npm test', "no, don't use `npm test`, run `make check`", 'make check'],
    ['another tool for the same words', 'npm run test', 'no, use `pnpm test` here', 'pnpm test'],
    ['another tool for the same purpose', 'flake8 src', 'no, use `ruff check` here', 'ruff check'],
  ])('%s', async (_name, wrong, said, right) => {
    expect(await told(corrected(wrong, said, right))).toEqual([`Use \`${right}\` instead of \`${wrong}\``]);
  });

  it('may stand in the reason of a refusal, whatever ran before', async () => {
    const story = (session: Builder): Builder =>
      session
        .runs('git status')
        .refused('Bash', 'use `make deploy` please', { command: 'kubectl apply -f k8s' })
        .runs('make deploy', 'ok');
    const [finding] = notesOf(await mine(saidCommandsMiner, twice(story)));
    expect(finding?.description).toBe('Use `make deploy` instead of `kubectl apply -f k8s`');
    expect(finding?.evidence.slice(0, 2)).toMatchObject([
      { event: 'denied', quote: 'kubectl apply -f k8s' },
      { kind: 'quote', quote: 'use `make deploy` please' },
    ]);
  });

  it('may have failed before it was put right', async () => {
    const story = (session: Builder): Builder =>
      session.fails('npm test', 'boom').says('No, use `make check` instead of npm test').runs('make check', 'ok');
    const [finding] = notesOf(await mine(saidCommandsMiner, twice(story)));
    expect(finding?.evidence[0]).toMatchObject({ event: 'failed', quote: 'npm test' });
  });

  it('is told by the words that all of its forms begin with', async () => {
    const story = (session: Builder, index: number): Builder => {
      const target = index === 0 ? 'web' : 'api';
      return corrected(`npm run build:${target}`, `no, use \`make build ${target}\``, `make build ${target}`)(session);
    };
    expect(await told(story)).toEqual(['Use `make build` instead of `npm run`']);
  });
});

describe('what is no rule about a command', () => {
  const said = 'No, use `make check` instead of npm test';

  it.each<[string, (session: Builder) => Builder]>([
    ['a question', corrected('npm test', 'no, why not use `make check` instead of npm test?', 'make check')],
    ['a long prompt', corrected('npm test', `${said} ${'and so on '.repeat(160)}`, 'make check')],
    ['words that put nothing right', corrected('npm test', 'thanks, now use `make check` too', 'make check')],
    ['a command that fails then', (one) => one.runs('npm test', 'ok').says(said).fails('make check', 'boom')],
    ['a command that is not run then', (one) => one.runs('npm test', 'ok').says(said).runs('npm test', 'ok')],
    ['one outside of the project', (one) => one.runs('npm test', 'ok').says(said).runs('cd /opt/x && make check')],
    ['a command that nothing ran before', (one) => one.says(said).runs('make check', 'ok')],
    ['the very command that ran before', corrected('make check', 'No, use `make check` here', 'make check')],
    ['one that has nothing to do with the other', corrected('git push', 'No, use `make check` here', 'make check')],
    ['words without a command', corrected('npm run fetch', 'No, please make it fetch again', 'make it')],
    ['a session without commands', (one) => one.says(said).answers('I will')],
  ])('%s', async (_name, story) => {
    expect(await told(story)).toEqual([]);
  });

  it.each([
    ['one session', 1, {}, 'one correction is no rule: it was said in one session'],
    [
      'no place for it in the schema',
      2,
      { commands: { enabled: false }, conventions: { enabled: false }, facts: { enabled: false } },
      'the schema has no enabled category among commands, conventions, facts',
    ],
  ])('%s', async (_name, sessions, categories, reason) => {
    const result = await mine(saidCommandsMiner, twice(corrected('npm test', said, 'make check')).slice(0, sessions), {
      schema: plainSchema(categories),
    });
    expect(result).toEqual({
      candidates: [],
      dismissed: [{ miner: 'said commands', summary: 'npm test → make check', reason, session: 's0', entry: 's0-2' }],
    });
  });

  it('another command each time', async () => {
    const story = (session: Builder, index: number): Builder => {
      const [wrong, right] = index === 0 ? ['make a', 'make c'] : ['make b', 'make d'];
      return corrected(wrong, `no, use \`${right}\``, right)(session);
    };
    const { candidates, dismissed } = await mine(saidCommandsMiner, twice(story));
    expect(candidates).toEqual([]);
    expect(dismissed.map(({ reason }) => reason)).toEqual(['it was another command each time']);
  });
});
