import { describe, expect, it } from 'vitest';
import { listDreams, readProposal } from '../../../../src/core/dream/dreamFiles';
import type { Miner } from '../../../../src/core/dream/miner';
import { runDream } from '../../../../src/core/dream/runDream';
import { readState } from '../../../../src/core/state/localState';
import { buildSession } from '../../../fakes/sessionBuilder';
import { acceptFile, createWorld, dream, proposalOf, sessionPath, sessionText, textAt } from './dreamWorld';

const talk = [
  buildSession('s1', '2026-11-01T10:00:00Z')
    .says('From now on use pnpm instead of npm')
    .runs('mise run test', 'ok')
    .runs('mise run test', 'ok')
    .end(),
  buildSession('s2', '2026-11-03T10:00:00Z').says('run the tests').runs('mise run test', 'ok').end(),
  buildSession('s3', '2026-11-08T10:00:00Z').says('Always sign off commits').end(),
];

describe('a dream', () => {
  it('proposes memories with evidence, and leaves the store alone', async () => {
    const world = createWorld({ sessions: talk });
    const before = await textAt(world, 'schema.md');
    const outcome = await dream(world);
    expect(outcome).toMatchObject({
      kind: 'completed',
      record: { status: 'completed', changes: 3, costUsd: 0, sessions: ['s1', 's2', 's3'] },
    });
    if (outcome.kind !== 'completed') return;
    expect(
      outcome.proposal.changes.map((change) => [change.kind, change.files[0].path, change.trust, change.risk]),
    ).toEqual([
      ['add', 'commands/test-command.md', 'observed', 'medium'],
      ['add', 'conventions/use-pnpm-not-npm.md', 'user', 'low'],
      ['add', 'conventions/sign-off-commits.md', 'user', 'low'],
    ]);
    expect(outcome.proposal.changes[1]?.files[0]).toEqual({
      path: 'conventions/use-pnpm-not-npm.md',
      before: null,
      after: `---
name: use-pnpm-not-npm
description: Use pnpm instead of npm
created: 2026-11-21
---
Use pnpm instead of npm.

**Why:** The user said on 2026-11-01: “From now on use pnpm instead of npm”
`,
    });
    expect(await textAt(world, 'schema.md')).toBe(before);
    expect(await textAt(world, 'conventions/use-pnpm-not-npm.md')).toBeUndefined();
    expect(await textAt(world, 'MEMORY.md')).toBeUndefined();
  });

  it('leaves its record and its proposal in files that can be read back', async () => {
    const world = createWorld({ sessions: talk });
    const outcome = await dream(world, { instructions: 'Only commits', trigger: 'cli' });
    if (outcome.kind !== 'completed') throw new Error(outcome.kind);
    expect(await listDreams(world)).toEqual([outcome.record]);
    expect(outcome.record).toMatchObject({ instructions: 'Only commits', trigger: 'cli' });
    expect(await readProposal(world, outcome.record.id)).toEqual(outcome.proposal);
    expect(outcome.proposal.changes.map((change) => change.title)).toEqual(['Always sign off commits']);
  });

  it('does not start before enough sessions are new', async () => {
    const world = createWorld({ sessions: talk });
    expect(await dream(world, { minSessions: 4 })).toEqual({ kind: 'nothing-new', have: 3, need: 4 });
    expect(await listDreams(world)).toEqual([]);
    await proposalOf(world, { minSessions: 3 });
    expect(await dream(world, { minSessions: 1 })).toEqual({ kind: 'nothing-new', have: 0, need: 1 });
  });

  it('counts a session that went on as new, and dreams over all sessions again', async () => {
    const world = createWorld({ sessions: talk.slice(0, 2) });
    await proposalOf(world);
    const longer = buildSession('s2', '2026-11-03T10:00:00Z')
      .says('run the tests')
      .runs('mise run test', 'ok')
      .says('never push to main directly')
      .end();
    await world.files.write(sessionPath(longer), world.text.encode(sessionText(longer)));
    const outcome = await dream(world);
    expect(outcome).toMatchObject({ kind: 'completed', record: { sessions: ['s1', 's2'], changes: 1 } });
  });

  it('dreams over selected sessions whatever the gate says', async () => {
    const world = createWorld({ sessions: talk });
    const outcome = await dream(world, { sessions: ['s3'], minSessions: 9 });
    expect(outcome).toMatchObject({ kind: 'completed', record: { sessions: ['s3'], changes: 1 } });
  });

  it('never reads a private session', async () => {
    const secret = { ...talk[2], header: { ...talk[2]!.header, private: true }, entries: talk[2]!.entries };
    const world = createWorld({ sessions: [secret] });
    expect(await dream(world, { sessions: ['s3'] })).toMatchObject({ record: { sessions: [], changes: 0 } });
    expect(await dream(world)).toEqual({ kind: 'nothing-new', have: 0, need: 1 });
  });

  it('finds nothing where nothing was said, and that is a good dream', async () => {
    const world = createWorld({
      sessions: [buildSession('s1', '2026-11-01T10:00:00Z').says('fix the bug').answers('done').end()],
    });
    expect(await dream(world)).toMatchObject({ kind: 'completed', record: { changes: 0 }, proposal: { changes: [] } });
  });

  it('survives a session file that is torn in the middle', async () => {
    const world = createWorld({ sessions: talk, files: { '.local/sessions/s9.jsonl': 'garbage\nmore' } });
    expect((await proposalOf(world)).changes).toHaveLength(3);
  });

  it('refuses instructions past their limit', async () => {
    await expect(dream(createWorld(), { instructions: 'x'.repeat(4_097) })).rejects.toMatchObject({
      code: 'invalid-input',
    });
  });
});

describe('one dream at a time', () => {
  it('throws `locked` while another window dreams', async () => {
    const world = createWorld({ sessions: talk });
    world.lock.takenElsewhere.add('dream');
    await expect(dream(world)).rejects.toMatchObject({ code: 'locked' });
  });

  it('closes a dream whose process died', async () => {
    const world = createWorld({ sessions: talk });
    const first = await dream(world);
    if (first.kind !== 'completed') throw new Error(first.kind);
    const path = `.local/dreams/${first.record.id}/dream.json`;
    await world.files.write(path, world.text.encode(JSON.stringify({ ...first.record, status: 'running' })));
    await dream(world, { sessions: ['s1'] });
    const old = (await listDreams(world)).find((record) => record.id === first.record.id);
    expect(old).toMatchObject({ status: 'failed', error: { code: 'io' } });
  });
});

describe('a dream that does not complete', () => {
  it('stops between sessions when cancelled, and says so in its record', async () => {
    const world = createWorld({ sessions: talk });
    const signal = { aborted: false };
    let seen = 0;
    const watcher: Miner = {
      name: 'watcher',
      begin: () => ({
        session: () => {
          seen += 1;
          signal.aborted = true;
        },
        finish: () => ({ candidates: [], dismissed: [] }),
      }),
    };
    const outcome = await runDream(
      world,
      { trigger: 'command', minSessions: 1, engine: 'offline' },
      signal,
      undefined,
      [watcher],
    );
    expect(outcome).toMatchObject({
      kind: 'canceled',
      record: { status: 'canceled', endedAt: '2026-11-21T09:00:00.000Z' },
    });
    expect(seen).toBe(1);
    expect(await listDreams(world)).toEqual([outcome.kind === 'canceled' ? outcome.record : undefined]);
    expect((await readState(world)).dreamt).toEqual({});
  });

  it('keeps the failure in its record, and the sessions count as new', async () => {
    const world = createWorld({ sessions: talk });
    const broken: Miner = {
      name: 'broken',
      begin: () => ({
        session: () => undefined,
        finish: () => {
          throw new Error('out of luck');
        },
      }),
    };
    const outcome = await dream(world, {}, [broken]);
    expect(outcome).toMatchObject({
      kind: 'failed',
      record: { status: 'failed', error: { code: 'io', message: 'out of luck' } },
    });
    expect((await readState(world)).dreamt).toEqual({});
  });

  it('reports progress from the first session to the last', async () => {
    const steps: string[] = [];
    const progress = {
      report: (step: { message: string; done: number; total: number }) =>
        void steps.push(`${step.message} ${step.done}/${step.total}`),
    };
    await runDream(
      createWorld({ sessions: talk }),
      { trigger: 'command', minSessions: 1, engine: 'offline' },
      { aborted: false },
      progress,
    );
    expect(steps).toContain('Reading sessions 0/3');
    expect(steps.some((step) => step.startsWith('Checking evidence'))).toBe(true);
  });
});

describe('the same input', () => {
  it('gives the same proposal, whatever the order of the files', async () => {
    const one = await proposalOf(createWorld({ sessions: talk }));
    const shuffled = createWorld({ sessions: [talk[2]!, talk[0]!, talk[1]!] });
    expect(JSON.stringify(await proposalOf(shuffled))).toBe(JSON.stringify(one));
  });
});

describe('the schema on disk', () => {
  const said = [buildSession('s1', '2026-11-01T10:00:00Z').says('House style: a button has a verb and a noun.').end()];

  it('a cue added by hand changes the next proposal', async () => {
    const world = createWorld({ sessions: said });
    expect((await proposalOf(world, { sessions: ['s1'] })).changes).toEqual([]);
    const schema = (await textAt(world, 'schema.md'))!.replace('cues: [breaks,', 'cues: [house style, breaks,');
    await acceptFile(world, 'schema.md', schema);
    const proposal = await proposalOf(world, { sessions: ['s1'] });
    expect(proposal.changes.map((change) => change.files[0].path)).toEqual([
      'pitfalls/house-style-button-verb-noun.md',
    ]);
  });

  it('minSessions holds a category back', async () => {
    const world = createWorld({ sessions: talk });
    const schema = (await textAt(world, 'schema.md'))!.replaceAll('minSessions: 1', 'minSessions: 2');
    await acceptFile(world, 'schema.md', schema);
    const proposal = await proposalOf(world);
    expect(proposal.changes.map((change) => change.files[0].path)).toEqual(['commands/test-command.md']);
    expect(proposal.dismissed).toContainEqual(
      expect.objectContaining({ reason: 'conventions needs 2 sessions, seen in 1' }),
    );
  });

  it('a personal category writes to this user alone', async () => {
    const world = createWorld({ sessions: talk });
    const schema = (await textAt(world, 'schema.md'))!.replaceAll('scope: team', 'scope: personal');
    await acceptFile(world, 'schema.md', schema);
    for (const change of (await proposalOf(world)).changes)
      expect(change.files[0].path).toMatch(/^\.local\/personal\//u);
  });
});
