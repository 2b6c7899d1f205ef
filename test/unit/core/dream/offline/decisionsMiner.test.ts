import { describe, expect, it } from 'vitest';
import { decisionsMiner } from '../../../../../src/core/dream/offline/decisions';
import { buildSession } from '../../../../fakes/sessionBuilder';
import { mine, notesOf, plainSchema } from './mine';

/** One session a day, in which the user says so. */
const days = (...said: readonly string[]) =>
  said.map((text, index) =>
    buildSession(`s${index}`, `2026-11-0${index + 1}T10:00:00Z`)
      .says(text)
      .end(),
  );

describe('a choice that the user makes', () => {
  it.each([
    ['we decided on Postgres over MySQL', 'Use Postgres, not MySQL.'],
    ["let's go with esbuild instead of webpack", 'Use esbuild, not webpack.'],
    ['wir nehmen Vite statt Webpack', 'Use Vite, not Webpack.'],
    ['我们决定用东方数据库而不是西方数据库', '东方数据库 ← 西方数据库。'],
  ])('is told as a rule: %s', async (text, rule) => {
    const [finding, ...others] = notesOf(await mine(decisionsMiner, days(text)));
    expect(others).toEqual([]);
    expect(finding?.body.split('\n')[0]).toBe(rule);
    expect(finding).toMatchObject({ miner: 'decisions', category: 'decisions', trust: 'user' });
    expect(finding?.evidence).toMatchObject([{ kind: 'quote', session: 's0', entry: 's0-0', by: 'user', quote: text }]);
    expect(finding?.rationale).toBe('The user chose it over an alternative.');
  });

  it('keeps the reason of its own sentence', async () => {
    const [finding] = notesOf(
      await mine(decisionsMiner, days("let's go with esbuild instead of webpack because it is faster")),
    );
    expect(finding?.body).toContain('**Why:** It is faster.');
  });

  it('keeps the reason of the next sentence, and quotes both', async () => {
    const [finding] = notesOf(
      await mine(decisionsMiner, days('We decided on Postgres over MySQL. Otherwise the reports time out.')),
    );
    expect(finding?.body).toContain('**Why:** The reports time out.');
    expect(finding?.evidence).toMatchObject([
      { quote: 'We decided on Postgres over MySQL. Otherwise the reports time out.' },
    ]);
  });

  it('takes no reason from a sentence that gives none', async () => {
    const [finding] = notesOf(
      await mine(decisionsMiner, days('We decided on Postgres over MySQL. Now rename the module.')),
    );
    expect(finding?.body).not.toContain('ename the module');
  });

  it('counts the sessions in which it was said, one memory for all', async () => {
    const result = await mine(
      decisionsMiner,
      days('we decided on Postgres over MySQL', "let's go with Postgres instead of MySQL"),
    );
    expect(notesOf(result)).toHaveLength(1);
    expect(notesOf(result)[0]?.rationale).toBe('The user chose it over an alternative, in 2 sessions.');
    expect(notesOf(result)[0]?.evidence).toHaveLength(2);
    expect(result.dismissed).toEqual([]);
  });

  it('keeps a reason that was given only the first time', async () => {
    const [finding] = notesOf(
      await mine(
        decisionsMiner,
        days('we decided on Postgres over MySQL because the team knows it', "let's go with Postgres instead of MySQL"),
      ),
    );
    expect(finding?.body).toContain('**Why:** The team knows it.');
  });

  it('is told apart from a choice between other things', async () => {
    const found = notesOf(
      await mine(decisionsMiner, days('we decided on Postgres over MySQL', "let's go with esbuild instead of webpack")),
    );
    expect(found.map(({ description }) => description)).toEqual([
      'Use Postgres, not MySQL',
      'Use esbuild, not webpack',
    ]);
  });
});

describe('a choice that is made again the other way', () => {
  const turned = days('we decided on Postgres over MySQL', 'we decided on MySQL over Postgres');

  it.each([
    ['in order', turned],
    ['read in any order', [...turned].reverse()],
  ])('stands as it was made last, and says what held before: %s', async (_, sessions) => {
    const { candidates, dismissed } = await mine(decisionsMiner, sessions);
    const [finding, ...others] = notesOf({ candidates, dismissed });
    expect(others).toEqual([]);
    expect(finding?.description).toBe('Use MySQL, not Postgres');
    expect(finding?.body).toContain('Before that, on 2026-11-01: “we decided on Postgres over MySQL”');
    expect(dismissed).toEqual([
      {
        miner: 'decisions',
        summary: 'Use Postgres, not MySQL.',
        reason: 'a later choice says otherwise',
        session: 's0',
        entry: 's0-0',
      },
    ]);
  });
});

describe('what is no choice of the user', () => {
  it.each([
    ['a question', 'should we go with Redis instead of Memcached?'],
    ['a task', 'Rename the module and run the tests'],
  ])('tells nothing: %s', async (_, text) => {
    expect(notesOf(await mine(decisionsMiner, days(text)))).toEqual([]);
  });

  it('is what an agent says, or what somebody asks a subagent', async () => {
    const base = buildSession('s0', '2026-11-01T10:00:00Z').answers('We decided on Postgres over MySQL.').end();
    const entries = [
      ...base.entries,
      {
        kind: 'prompt' as const,
        id: 'p',
        at: '2026-11-01T10:05:00.000Z',
        agent: 'a1',
        text: "let's go with esbuild instead of webpack",
      },
    ];
    expect(await mine(decisionsMiner, [{ ...base, entries }])).toEqual({ candidates: [], dismissed: [] });
  });

  it('is a prompt that a resumed session repeats', async () => {
    const [session] = days('we decided on Postgres over MySQL');
    const copy = session === undefined ? [] : [session, { ...session, header: { ...session.header, id: 's9' } }];
    const [finding] = notesOf(await mine(decisionsMiner, copy));
    expect(finding?.evidence).toMatchObject([{ session: 's0' }]);
  });

  it.each([
    ["let's go with Redis instead of Memcached for now", 'it speaks of this task only'],
    ["let's go with it instead of that", 'it points at something outside the sentence'],
  ])('is set aside with the reason where it does not last: %s', async (text, reason) => {
    expect(await mine(decisionsMiner, days(text))).toEqual({
      candidates: [],
      dismissed: [{ miner: 'decisions', summary: text, reason, session: 's0', entry: 's0-0' }],
    });
  });

  it('is what a pasted log says', async () => {
    const lines = Array.from({ length: 80 }, (_, index) => `2026-11-01T10:00:${index} INFO worker[${index}] took 12ms`);
    const text = [...lines, 'We decided on Postgres over MySQL.', ...lines].join('\n');
    expect(await mine(decisionsMiner, days(text))).toEqual({ candidates: [], dismissed: [] });
  });

  it('fills no more than two hundred lines of what was set aside', async () => {
    const said = Array.from({ length: 210 }, (_, index) => {
      const text = `let's go with tool${index} instead of Memcached for now`;
      return buildSession(`s${index}`, '2026-11-01T10:00:00Z').says(text).end();
    });
    expect((await mine(decisionsMiner, said)).dismissed).toHaveLength(200);
  });
});

describe('the schema', () => {
  it('sends choices to conventions where decisions are off', async () => {
    const schema = plainSchema({ decisions: { enabled: false } });
    const [finding] = notesOf(await mine(decisionsMiner, days('we decided on Postgres over MySQL'), { schema }));
    expect(finding?.category).toBe('conventions');
  });

  it('dismisses them with a reason where both are off', async () => {
    const schema = plainSchema({ decisions: { enabled: false }, conventions: { enabled: false } });
    const { candidates, dismissed } = await mine(decisionsMiner, days('we decided on Postgres over MySQL'), { schema });
    expect(candidates).toEqual([]);
    expect(dismissed).toMatchObject([{ summary: 'Use Postgres, not MySQL.', session: 's0', entry: 's0-0' }]);
  });
});
