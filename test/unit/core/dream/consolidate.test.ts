import { describe, expect, it } from 'vitest';
import { rejectChange, acceptChange, listProposals } from '../../../../src/core/review/review';
import { createMemory } from '../../../../src/core/memory/newMemory';
import type { Change, Proposal } from '../../../../src/core/review/proposal';
import { buildSession } from '../../../fakes/sessionBuilder';
import { createWorld, proposalOf, sessionPath, sessionText, textAt, type World } from './dreamWorld';
import type { CapturedSession } from '../../../../src/core/sessions/session';

const pnpm = buildSession('s1', '2026-11-01T10:00:00Z').says('From now on use pnpm instead of npm').end();

function only(proposal: Proposal): Change {
  const [change, ...rest] = proposal.changes;
  if (change === undefined || rest.length > 0) throw new Error(`${proposal.changes.length} changes`);
  return change;
}

async function add(world: World, session: CapturedSession): Promise<void> {
  await world.files.write(sessionPath(session), world.text.encode(sessionText(session)));
}

describe('a rejected change', () => {
  async function rejected(): Promise<World> {
    const world = createWorld({ sessions: [pnpm] });
    const proposal = await proposalOf(world);
    await rejectChange(world, { dream: proposal.id, change: only(proposal).id }, 'we use both');
    return world;
  }

  it('does not come back on the same evidence', async () => {
    const world = await rejected();
    const again = await proposalOf(world, { sessions: ['s1'] });
    expect(again.changes).toEqual([]);
    expect(again.dismissed).toContainEqual(
      expect.objectContaining({ reason: 'it was rejected, and nothing new speaks for it' }),
    );
  });

  it('comes back when the user says it again in another session', async () => {
    const world = await rejected();
    await add(world, buildSession('s2', '2026-11-09T10:00:00Z').says('please always use pnpm instead of npm').end());
    expect(only(await proposalOf(world)).evidence).toHaveLength(2);
  });

  it('stays away when the same session merely goes on', async () => {
    const world = await rejected();
    await add(
      world,
      buildSession('s1', '2026-11-01T10:00:00Z')
        .says('From now on use pnpm instead of npm')
        .says('From now on use pnpm instead of npm!')
        .end(),
    );
    expect((await proposalOf(world)).changes).toEqual([]);
  });
});

describe('what is known already', () => {
  it('is not proposed while it waits in another proposal', async () => {
    const world = createWorld({ sessions: [pnpm] });
    await proposalOf(world);
    const second = await proposalOf(world, { sessions: ['s1'] });
    expect(second.changes).toEqual([]);
    expect(second.dismissed).toContainEqual(
      expect.objectContaining({ reason: 'it waits for a decision in another proposal' }),
    );
    expect(await listProposals(world)).toHaveLength(1);
  });

  it('is not proposed once it was accepted', async () => {
    const world = createWorld({ sessions: [pnpm] });
    const proposal = await proposalOf(world);
    await acceptChange(world, { dream: proposal.id, change: only(proposal).id });
    expect(await textAt(world, 'conventions/use-pnpm-not-npm.md')).toContain('Use pnpm instead of npm.');
    const second = await proposalOf(world, { sessions: ['s1'] });
    expect(second.changes).toEqual([]);
    expect(second.dismissed).toContainEqual(
      expect.objectContaining({ reason: 'conventions/use-pnpm-not-npm.md says it already' }),
    );
  });

  it('is not proposed when CLAUDE.md says it', async () => {
    const world = createWorld({
      sessions: [pnpm],
      workspace: { 'CLAUDE.md': '# Rules\n\n- use pnpm instead of npm\n' },
    });
    expect((await proposalOf(world)).changes).toEqual([]);
  });

  it('is not proposed when it was archived', async () => {
    const archived = '---\nname: use-pnpm\ndescription: Use pnpm instead of npm\n---\nUse pnpm instead of npm.\n';
    const world = createWorld({ sessions: [pnpm], files: { 'archive/conventions/use-pnpm.md': archived } });
    expect((await proposalOf(world)).changes).toEqual([]);
  });

  it('a memory written by hand in other words counts', async () => {
    const world = createWorld({ sessions: [pnpm] });
    await createMemory(
      world,
      {
        path: 'preferences/package-manager.md',
        description: 'Use pnpm, not npm',
        body: 'Use pnpm, never npm, for everything.',
      },
      [],
    );
    expect((await proposalOf(world)).changes).toEqual([]);
  });
});

describe('a new value for an old topic', () => {
  const old = `---
# ours
name: test-runner
description: Run unit tests with jest
created: 2026-10-01
---
Run unit tests with jest. Snapshots live beside the tests.

**Why:** The user said on 2026-10-01: “run unit tests with jest”
`;
  const vitest = buildSession('s1', '2026-11-01T10:00:00Z').says('From now on run unit tests with vitest').end();

  it('renews the memory: the contradicted sentence is replaced, the rest stays', async () => {
    const world = createWorld({ sessions: [vitest], files: { 'conventions/test-runner.md': old } });
    const change = only(await proposalOf(world));
    expect(change).toMatchObject({ kind: 'update', risk: 'medium', warnings: [{ kind: 'contradiction' }] });
    expect(change.files).toEqual([
      {
        path: 'conventions/test-runner.md',
        before: old,
        after: `---
# ours
name: test-runner
description: Run unit tests with vitest
created: 2026-10-01
---
Run unit tests with vitest. Snapshots live beside the tests.

**Why:** The user said on 2026-11-01: “From now on run unit tests with vitest” Replaces: “Run unit tests with jest.”
`,
      },
    ]);
  });

  it('does not overturn a memory that is newer than what was said', async () => {
    const newer = old.replace('created: 2026-10-01', 'created: 2026-11-20');
    const world = createWorld({ sessions: [vitest], files: { 'conventions/test-runner.md': newer } });
    const proposal = await proposalOf(world);
    expect(proposal.changes).toEqual([]);
    expect(proposal.dismissed).toContainEqual(
      expect.objectContaining({ reason: 'conventions/test-runner.md is newer and says otherwise' }),
    );
  });
});

describe('what CLAUDE.md says to the contrary', () => {
  it('is shown to the reviewer, and settled by nobody else', async () => {
    const world = createWorld({
      sessions: [buildSession('s1', '2026-11-01T10:00:00Z').says('From now on run unit tests with vitest').end()],
      workspace: { 'CLAUDE.md': '# Rules\n\n- Run unit tests with jest\n' },
    });
    const change = only(await proposalOf(world));
    expect(change.warnings).toContainEqual({
      kind: 'contradiction',
      message: 'CLAUDE.md says otherwise: “Run unit tests with jest”. It is yours to change.',
    });
  });
});

describe('one finding from many', () => {
  it('what two miners see is proposed once, with the evidence of both', async () => {
    const world = createWorld({
      sessions: [
        buildSession('s1', '2026-11-01T10:00:00Z')
          .says('go')
          .answers('…')
          .says('no, never mock the database in tests')
          .end(),
        buildSession('s2', '2026-11-05T10:00:00Z')
          .says('go')
          .answers('…')
          .says('no, never mock the database in the tests')
          .end(),
      ],
    });
    const change = only(await proposalOf(world));
    expect(change.files[0].path).toBe('conventions/never-mock-database-tests.md');
    expect(change.evidence).toHaveLength(2);
  });

  it('two memories never land in one file', async () => {
    const world = createWorld({
      sessions: [
        buildSession('s1', '2026-11-01T10:00:00Z')
          .says('Always use pnpm in ci')
          .says('Never use pnpm in ci for releases of docs')
          .end(),
      ],
      files: {
        'conventions/use-pnpm-ci.md':
          '---\nname: use-pnpm-ci\ndescription: Something else\n---\nQuite another topic that nobody mixes up.\n',
      },
    });
    const paths = (await proposalOf(world)).changes.flatMap((change) => change.files.map((file) => file.path));
    expect(new Set(paths).size).toBe(paths.length);
  });
});
