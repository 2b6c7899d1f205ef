import { describe, expect, it } from 'vitest';
import type { Miner } from '../../../../src/core/dream/miner';
import { runDream } from '../../../../src/core/dream/runDream';
import { AgentDreamsError } from '../../../../src/core/errors';
import { acceptChange, rejectChange } from '../../../../src/core/review/review';
import { buildSession } from '../../../fakes/sessionBuilder';
import { acceptFile, createWorld, dream, proposalOf, textAt, type World } from './dreamWorld';

const quiet = buildSession('s1', '2026-11-01T10:00:00Z').says('fix the bug').answers('done').end();
const memory = (name: string, body: string, more = ''): string =>
  `---\nname: ${name}\ndescription: ${body.split('.')[0] ?? ''}\n${more}---\n${body}\n`;
const long =
  'Ask in the channel before you run the integration tests against the shared staging database. Two runs at once break each other.';

function store(files: Readonly<Record<string, string>>, workspace: Readonly<Record<string, string>> = {}): World {
  return createWorld({ sessions: [quiet], files, workspace });
}

describe('a dream over the store', () => {
  it('merges two memories that say the same, as one change of two files', async () => {
    const world = store({
      'conventions/a.md': memory('a', long),
      'workflows/b.md': memory('b', `${long}\n\n**Why:** It cost a day.`),
    });
    const proposal = await proposalOf(world);
    const [change] = proposal.changes;
    expect(change).toMatchObject({
      kind: 'merge',
      trust: 'observed',
      risk: 'medium',
      files: [{ path: 'archive/conventions/a.md', from: 'conventions/a.md' }],
    });
    await acceptChange(world, { dream: proposal.id, change: change!.id });
    expect(await textAt(world, 'conventions/a.md')).toBeUndefined();
    expect(await textAt(world, 'archive/conventions/a.md')).toContain(long);
    expect((await proposalOf(world, { sessions: ['s1'] })).changes).toEqual([]);
  });

  it('renames what moved and archives what is gone, with the check as evidence', async () => {
    const world = store(
      {
        'facts/routes.md': memory('routes', 'The routes are in `src/routes.ts`.'),
        'facts/old.md': memory('old', 'See `src/old.ts`.'),
      },
      { 'src/http/routes.ts': '' },
    );
    const changes = (await proposalOf(world)).changes;
    expect(
      changes
        .map((change) => [change.kind, change.files[0].path, change.warnings.map((warning) => warning.kind)])
        .sort(),
    ).toEqual([
      ['archive', 'archive/facts/old.md', ['stale']],
      ['update', 'facts/routes.md', ['stale']],
    ]);
  });

  it('splits what grew over one topic, as one change of all its files', async () => {
    const topic = (name: string): string => `## ${name}\n${`- ${name}\n`.repeat(25)}`;
    const world = store({ 'facts/all.md': memory('all', `Ours.\n${['One', 'Two', 'Three'].map(topic).join('\n')}`) });
    const proposal = await proposalOf(world);
    const [change] = proposal.changes;
    expect(change).toMatchObject({ kind: 'split', trust: 'observed', warnings: [] });
    await acceptChange(world, { dream: proposal.id, change: change!.id });
    expect(await textAt(world, 'facts/all.md')).not.toContain('Two');
    expect(await textAt(world, 'facts/two.md')).toContain('## Two\n- Two\n');
    expect(await textAt(world, 'MEMORY.md')).toContain('facts/three.md');
  });

  it('puts the date behind yesterday, as an observed update', async () => {
    const world = store({ 'facts/n.md': memory('n', 'We moved to Node 24 yesterday.', 'created: 2026-10-01\n') });
    expect((await proposalOf(world)).changes).toMatchObject([{ kind: 'update', trust: 'observed', warnings: [] }]);
  });

  it('does not repeat a rejected archive until something else is gone', async () => {
    const world = store({ 'facts/old.md': memory('old', 'See `src/old.ts`.') });
    const proposal = await proposalOf(world);
    await rejectChange(world, { dream: proposal.id, change: proposal.changes[0]!.id });
    expect((await proposalOf(world, { sessions: ['s1'] })).changes).toEqual([]);
    await acceptFile(world, 'facts/old.md', memory('old', 'See `src/old.ts` and `src/older.ts`.'));
    expect((await proposalOf(world, { sessions: ['s1'] })).changes).toHaveLength(1);
  });

  it('tells of what is gone with the change that another miner makes of the memory', async () => {
    const world = createWorld({
      sessions: [buildSession('s1', '2026-11-01T10:00:00Z').says('From now on run unit tests with vitest').end()],
      files: { 'conventions/tests.md': memory('tests', 'Run unit tests with jest. The set-up is in `test/setup.ts`.') },
    });
    const proposal = await proposalOf(world);
    expect(proposal.changes.map((change) => change.kind)).toEqual(['update']);
    expect(proposal.dismissed).toContainEqual(
      expect.objectContaining({
        miner: 'staleAnchors',
        reason: 'it also says what does not depend on what is gone',
      }),
    );
    expect(proposal.changes[0]?.warnings).toContainEqual({
      kind: 'stale',
      message: expect.stringContaining('test/setup.ts') as string,
    });
  });

  it('leaves a personal memory personal when it is archived', async () => {
    const world = store({ '.local/personal/facts/old.md': memory('old', 'See `src/old.ts`.') });
    const [change] = (await proposalOf(world)).changes;
    expect(change?.files[0].path).toBe('.local/archive/facts/old.md');
  });

  it('does not let an archived memory stand against a new rule', async () => {
    const world = createWorld({
      sessions: [buildSession('s1', '2026-11-01T10:00:00Z').says('From now on run unit tests with vitest').end()],
      files: { 'archive/conventions/tests.md': memory('tests', 'Run unit tests with jest.') },
    });
    expect((await proposalOf(world)).changes.map((change) => change.kind)).toEqual(['add']);
  });

  it('a topic that a memory covers under the same name is left to it', async () => {
    const world = createWorld({
      sessions: [buildSession('s1', '2026-11-01T10:00:00Z').says('Always sign commits').end()],
      files: {
        'conventions/sign-commits.md': memory('sign-commits', 'Every developer has a key for the release branch.'),
      },
    });
    const proposal = await proposalOf(world);
    expect(proposal.changes).toEqual([]);
    expect(proposal.dismissed).toContainEqual(
      expect.objectContaining({ reason: 'conventions/sign-commits.md covers the topic' }),
    );
  });

  it('a memory without a date gives way to what was said since', async () => {
    const files = { 'conventions/tests.md': memory('tests', 'Run unit tests with jest.') };
    const said = [buildSession('s1', '2026-11-01T10:00:00Z').says('From now on run unit tests with vitest').end()];
    const world = createWorld({ sessions: said, files });
    expect((await proposalOf(world)).changes).toHaveLength(1);
    const dreamt = createWorld({ sessions: said });
    await proposalOf(dreamt);
    await acceptFile(dreamt, 'conventions/tests.md', files['conventions/tests.md']);
    await dreamt.files.remove(
      (await dreamt.files.list('.local/dreams')).map((entry) => `.local/dreams/${entry.name}/proposal.json`)[0]!,
    );
    expect((await proposalOf(dreamt, { sessions: ['s1'] })).changes).toEqual([]);
  });
});

describe('a dream among accidents', () => {
  const talk = [
    buildSession('s1', '2026-11-01T10:00:00Z').says('Always sign off commits').end(),
    buildSession('s2', '2026-11-02T10:00:00Z').says('Never push to main directly').end(),
  ];

  it('leaves out a session too large to hold', async () => {
    const world = createWorld({ sessions: talk });
    const read = world.files.read.bind(world.files);
    const files = {
      ...world.files,
      read: async (path: string, options?: { maxBytes?: number }) => {
        if (path.endsWith('s1.jsonl')) throw new AgentDreamsError('too-large', 'too large');
        return read(path, options);
      },
    };
    const outcome = await dream({ ...world, files });
    expect(outcome).toMatchObject({ kind: 'completed', record: { changes: 1 } });
    expect(world.logger.lines.some((line) => line.message.includes('too large to dream over'))).toBe(true);
  });

  it('fails with the code of what went wrong, and keeps it', async () => {
    const world = createWorld({ sessions: talk });
    const read = world.files.read.bind(world.files);
    const files = {
      ...world.files,
      read: async (path: string, options?: { maxBytes?: number }) => {
        if (path.endsWith('s2.jsonl')) throw new AgentDreamsError('permission-denied', 'no');
        return read(path, options);
      },
    };
    expect(await dream({ ...world, files })).toMatchObject({
      kind: 'failed',
      record: { error: { code: 'permission-denied' } },
    });
  });

  it.each([
    ['after the last session', 2],
    ['while evidence is checked', 3],
  ])('can be cancelled %s', async (_, looks) => {
    const world = createWorld({ sessions: talk });
    let asked = 0;
    const signal = {
      get aborted() {
        asked += 1;
        return asked > looks;
      },
    };
    const outcome = await runDream(world, { trigger: 'command', minSessions: 1, engine: 'offline' }, signal);
    expect(outcome.kind).toBe('canceled');
  });

  it('an evidence that leads to another session than there is drops the finding', async () => {
    const liar: Miner = {
      name: 'liar',
      begin: () => ({
        session: () => undefined,
        finish: () => ({
          candidates: [
            {
              kind: 'edit',
              change: 'archive',
              miner: 'liar',
              title: 'Archive',
              rationale: 'because',
              files: [{ path: 'archive/a/b.md', from: 'a/b.md', before: '', after: '' }],
              evidence: [{ kind: 'quote', session: 's9', entry: 'e', by: 'user', quote: 'x', at: '' }],
              trust: 'user',
              fingerprint: 'f',
            },
          ],
          dismissed: [],
        }),
      }),
    };
    const proposal = await proposalOf(createWorld({ sessions: talk }), {}, [liar]);
    expect(proposal.changes).toEqual([]);
    expect(proposal.dismissed).toMatchObject([
      { miner: 'liar', summary: 'Archive', reason: 'session s9 is not there' },
    ]);
  });
});
