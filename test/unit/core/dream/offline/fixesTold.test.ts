import { describe, expect, it } from 'vitest';
import { commandsMiner } from '../../../../../src/core/dream/offline/commands';
import { fixesMiner } from '../../../../../src/core/dream/offline/fixes';
import { buildSession } from '../../../../fakes/sessionBuilder';
import { mine, notesOf, plainSchema } from './mine';

type Builder = ReturnType<typeof buildSession>;
type Story = (session: Builder, index: number) => Builder;

const onDays = (story: Story, count = 3) =>
  Array.from({ length: count }, (_, index) =>
    story(buildSession(`s${index}`, `2026-11-0${index + 1}T10:00:00Z`), index).end(),
  );
const rulesOf = async (story: Story, count = 3): Promise<readonly string[]> =>
  notesOf(await mine(fixesMiner, onDays(story, count))).map(({ body }) => body.split('\n')[0] ?? '');

describe('what put a command right', () => {
  it.each<[string, Story, string | undefined]>([
    [
      'a form of it in another folder',
      (s) => s.fails('zorp check', 'unknown flag: check').runs('cd web && zorp check --all', 'ok'),
      'Use `cd web && zorp check --all` instead of `zorp check`.',
    ],
    [
      'the start of the project',
      (s) => s.fails('cd web && npm test', 'npm error Missing script: "test"').runs('npm test', 'ok'),
      'Run `npm test` where the project starts instead of in `web`.',
    ],
    [
      'a folder of it',
      (s) => s.fails('npx jest', 'Error: no config found').runs('npx jest packages/core/', 'ok'),
      'Use `npx jest packages/core/` instead of `npx jest`.',
    ],
    [
      'no setting that it shares',
      (s, i) =>
        s
          .fails('pnpm test', 'Error: DATABASE_URL is not set')
          .edits('.env.test', `${['A_A', 'B_B', 'C_C'][i] ?? ''}=1`)
          .runs('pnpm test', 'ok'),
      undefined,
    ],
    [
      'a key that is set for it',
      (s) =>
        s.fails('make test', 'error: environment variable API_KEY is required').runs('API_KEY=abc make test', 'ok'),
      undefined,
    ],
    [
      'writing what it found',
      (s) => s.fails('zorp lint', 'error: 3 problems').runs('zorp lint --fix', 'ok'),
      undefined,
    ],
    [
      'nothing',
      (s) => s.fails('pnpm test', 'Error: connect ECONNREFUSED 127.0.0.1:5432').runs('pnpm test', 'ok'),
      undefined,
    ],
    [
      'another thing each time',
      (s, i) =>
        s
          .fails('pnpm test', 'Error: connect ECONNREFUSED 127.0.0.1:5432')
          .runs(['docker compose up -d', 'make db', 'zorp start'][i] ?? '', 'ok')
          .runs('pnpm test', 'ok'),
      undefined,
    ],
    [
      'two folders',
      (s, i) =>
        s.fails(`npm run t${i}`, `npm error Missing script: "t${i}"`).runs(`cd packages/api && npm run t${i}`, 'ok'),
      undefined,
    ],
    [
      'a step in a folder',
      (s) =>
        s
          .fails('cd web && npm test', "Error: Cannot find module 'zod'")
          .runs('cd web && npm ci', 'ok')
          .runs('cd web && npm test', 'ok'),
      'Before `npm test` in `web`: install what it needs with `cd web && npm ci`.',
    ],
    [
      'a step for two commands',
      (s, i) =>
        s
          .fails(i === 0 ? 'npm test' : 'npm run test', "Error: Cannot find module 'zod'")
          .runs('npm ci', 'ok')
          .runs(i === 0 ? 'npm test' : 'npm run test', 'ok'),
      'Before `npm run test` or `npm test`: install what it needs with `npm ci`.',
    ],
  ])('%s', async (_name, story, rule) => {
    expect(await rulesOf(story)).toEqual(rule === undefined ? [] : [rule]);
  });

  it('has no place where the schema has none for it', async () => {
    const off = { enabled: false };
    const story: Story = (session) =>
      session.fails('npm test', "Error: Cannot find module 'zod'").runs('npm ci', 'ok').runs('npm test', 'ok');
    const schema = plainSchema({ pitfalls: off, commands: off, facts: off });
    const { candidates, dismissed } = await mine(fixesMiner, onDays(story), { schema });
    expect(candidates).toEqual([]);
    expect(dismissed).toMatchObject([
      { reason: 'the schema has no enabled category among pitfalls, commands, facts', session: 's0' },
    ]);
  });
});

describe('the command that took the place of another', () => {
  const plain = 'Check the work with `pnpm check`.';
  const switched = 'Check the work with `pnpm check` instead of `npm run check`.';

  it.each<[string, string, Story]>([
    ['that failed', switched, (s) => s.fails('npm run check', 'npm error Missing script: "check"').runs('pnpm check')],
    ['that was refused', switched, (s) => s.refused('Bash', 'no', { command: 'npm run check' }).runs('pnpm check')],
    [
      'is told alone where it writes what it finds',
      plain,
      (s) => s.fails('npm run check', 'boom').runs('pnpm check --fix').runs('pnpm check'),
    ],
    [
      'is told alone where something was edited',
      plain,
      (s) => s.fails('npm run check', 'boom').edits('a.ts').runs('pnpm check'),
    ],
    [
      'is told alone where it came much later',
      plain,
      (s) =>
        ['a', 'b', 'c', 'd']
          .reduce((one, name) => one.runs(`zorp ${name}`), s.fails('npm run check', 'boom'))
          .runs('pnpm check'),
    ],
  ])('%s', async (_name, rule, story) => {
    const found = notesOf(
      await mine(
        commandsMiner,
        onDays((s, index) => story(s, index).runs('pnpm check', 'ok'), 4),
      ),
    );
    expect(found.map(({ body }) => body.split('\n')[0])).toEqual([rule]);
  });
});
