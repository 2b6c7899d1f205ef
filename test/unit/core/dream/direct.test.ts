import { describe, expect, test } from 'vitest';
import { proposeDirectly, type DirectChange, type DirectOrigin } from '../../../../src/core/dream/direct';
import { listDreams, readProposal } from '../../../../src/core/dream/dreamFiles';
import { readJournal } from '../../../../src/core/history/journal';
import { confirmationOf } from '../../../../src/core/review/confirmation';
import { acceptChange, listProposals, rejectChange, undoLastDecision } from '../../../../src/core/review/review';
import { buildSession } from '../../../fakes/sessionBuilder';
import { createWorld, textAt, type World } from './dreamWorld';

const AGENT: DirectOrigin = { kind: 'mcp', by: 'Claude Code' };

function add(parts: Partial<Extract<DirectChange, { kind: 'add' }>> = {}): DirectChange {
  return {
    kind: 'add',
    category: 'commands',
    name: 'Build the web client',
    description: 'Build the web client with make web',
    body: 'Run `make web`.',
    rationale: 'The build was asked for three times.',
    ...parts,
  };
}

async function ask(world: World, changes: readonly DirectChange[], origin = AGENT) {
  return proposeDirectly(world, { origin, changes });
}

const MEMORY = '---\nname: use-pnpm\ndescription: Use pnpm\n# ours\n---\n\nUse `pnpm`.\n';

describe('a change that an agent asks for', () => {
  test('becomes a proposal that can be reviewed, and no write of memory', async () => {
    const world = createWorld();
    const { proposal, outcomes } = await ask(world, [add()]);
    expect(outcomes).toMatchObject([{ kind: 'proposed', path: 'commands/build-the-web-client.md', redacted: [] }]);
    expect(await textAt(world, 'commands/build-the-web-client.md')).toBeUndefined();
    expect(proposal?.changes[0]).toMatchObject({
      kind: 'add',
      title: 'Build the web client with make web',
      trust: 'agent',
      evidence: [{ kind: 'request', way: 'mcp', by: 'Claude Code', quote: 'The build was asked for three times.' }],
    });
    const [record] = await listDreams(world);
    expect(record).toMatchObject({
      status: 'completed',
      engine: 'direct',
      trigger: 'mcp',
      by: 'Claude Code',
      changes: 1,
    });
    expect(await readProposal(world, record!.id)).toEqual(proposal);
  });

  test('is accepted, journalled and undone like any other', async () => {
    const world = createWorld();
    const { proposal } = await ask(world, [add()]);
    const change = proposal!.changes[0]!;
    const ref = { dream: proposal!.id, change: change.id };
    expect(await acceptChange(world, ref, confirmationOf(change))).toMatchObject({ kind: 'done' });
    expect(await textAt(world, 'commands/build-the-web-client.md')).toContain('Run `make web`.');
    const lines = await readJournal(world);
    expect(JSON.stringify(lines)).toContain('accept');
    expect(await undoLastDecision(world)).toMatchObject({ kind: 'done' });
    expect(await textAt(world, 'commands/build-the-web-client.md')).toBeUndefined();
  });

  test('asked for again while it waits is the one that waits', async () => {
    const world = createWorld();
    const first = await ask(world, [add()]);
    const again = await ask(world, [add({ body: 'run `make  web`', rationale: 'Asked once more.' })]);
    expect(again.proposal).toBeUndefined();
    expect(again.outcomes).toMatchObject([{ kind: 'pending', dream: first.proposal!.id }]);
    expect(await listDreams(world)).toHaveLength(1);
  });

  test('does not come back after a person said no, in other words of the same kind either', async () => {
    const world = createWorld();
    const { proposal } = await ask(world, [add()]);
    await rejectChange(world, { dream: proposal!.id, change: proposal!.changes[0]!.id }, 'not true');
    const again = await ask(world, [add(), add({ body: 'Please run `make web`!', rationale: 'A new reason.' })]);
    expect(again).toEqual({ outcomes: [{ kind: 'rejected' }, { kind: 'rejected' }] });
  });

  test('is known where an accepted memory says it', async () => {
    const world = createWorld({ files: { 'conventions/use-pnpm.md': MEMORY } });
    const { outcomes } = await ask(world, [add({ body: 'use `pnpm`.' })]);
    expect(outcomes).toEqual([{ kind: 'known', path: 'conventions/use-pnpm.md' }]);
  });

  test('updates an accepted memory, its other bytes kept', async () => {
    const world = createWorld({ files: { 'conventions/use-pnpm.md': MEMORY } });
    const { proposal } = await ask(world, [
      { kind: 'update', path: 'conventions/use-pnpm.md', body: 'Use `pnpm` 9.', rationale: 'Version 9 is in use.' },
    ]);
    expect(proposal!.changes[0]).toMatchObject({
      kind: 'update',
      files: [{ before: MEMORY, after: MEMORY.replace('Use `pnpm`.', 'Use `pnpm` 9.') }],
      warnings: [{ kind: 'contradiction' }],
    });
  });

  test('archives an accepted memory, but no pinned one', async () => {
    const pinned = MEMORY.replace('---\n\n', 'pinned: true\n---\n\n').replaceAll('use-pnpm', 'use-npm');
    const world = createWorld({
      files: { 'conventions/use-pnpm.md': MEMORY, 'conventions/use-npm.md': pinned },
    });
    const { outcomes } = await ask(world, [
      { kind: 'archive', path: 'conventions/use-pnpm.md', rationale: 'npm is used now.' },
      { kind: 'archive', path: 'conventions/use-npm.md', rationale: 'Gone.' },
    ]);
    expect(outcomes).toMatchObject([
      { kind: 'proposed', path: 'archive/conventions/use-pnpm.md' },
      { kind: 'refused', reason: 'conventions/use-npm.md is pinned' },
    ]);
  });
});

describe('what a request may not do', () => {
  test('a secret is taken out, and the reviewer is asked about it', async () => {
    const world = createWorld();
    const secret = ['ghp', '_', 'aB3dE6fG9hJ2kL5mN8pQ1rS4tU7vW0xY2zA4'].join('');
    const { proposal, outcomes } = await ask(world, [add({ body: `Log in with ${secret} first.` })]);
    expect(JSON.stringify(proposal)).not.toContain(secret);
    expect(outcomes).toMatchObject([{ kind: 'proposed', redacted: [expect.any(String) as string] }]);
    expect(proposal!.changes[0]!.warnings).toMatchObject([{ kind: 'credential' }]);
    expect(confirmationOf(proposal!.changes[0]!)).toBe('Confirmed: credential');
  });

  test.each([
    ['body', add({ body: 'Run `make`\u202E.' })],
    ['description', add({ description: 'Run\u200B make' })],
    ['reason', add({ rationale: 'Be\u2066cause' })],
  ])('hidden text in its %s is refused', async (_, change) => {
    const { outcomes } = await ask(createWorld(), [change]);
    expect(outcomes).toMatchObject([
      { kind: 'refused', reason: expect.stringContaining('it hides something') as string },
    ]);
  });

  test.each([
    [add({ category: 'gossip' }), 'none of the categories'],
    [add({ body: ' ' }), 'body is empty'],
    [add({ description: '' }), 'description is empty'],
    [add({ description: 'x'.repeat(301) }), 'longer than 300'],
    [add({ rationale: '' }), 'no reason'],
    [add({ body: 'long '.repeat(5_000) }), 'would be too long'],
    [add({ path: '../x.md' }), 'no memory may stand at'],
    [add({ path: 'archive/commands/x.md' }), 'no memory may stand at'],
    [add({ paths: [''] }), 'lists may hold'],
    [{ kind: 'update', path: 'commands/no.md', body: 'x', rationale: 'y' } as const, 'no accepted memory'],
    [{ kind: 'update', path: 'commands/no.md', rationale: 'y' } as const, 'changes nothing'],
  ])('%# is refused with a reason', async (change, reason) => {
    const { outcomes } = await ask(createWorld(), [change]);
    expect(outcomes).toEqual([{ kind: 'refused', reason: expect.stringContaining(reason) as string }]);
  });

  test('a memory that nobody accepted here is not changed', async () => {
    const world = createWorld();
    world.files.put('conventions/use-pnpm.md', MEMORY);
    const { outcomes } = await ask(world, [
      { kind: 'archive', path: 'conventions/use-pnpm.md', rationale: 'Gone.' },
      add({ path: 'conventions/use-pnpm.md' }),
    ]);
    expect(outcomes).toMatchObject([
      { kind: 'refused' },
      { kind: 'refused', reason: expect.stringContaining('exists') as string },
    ]);
  });

  test('a quote that is not in its session is refused, one that is there is kept', async () => {
    const session = buildSession('s1', '2026-11-01T00:00:00Z').says('Always run `make web` first.').end();
    const world = createWorld({ sessions: [session] });
    const entry = session.entries[0]!.id;
    const quote = { kind: 'quote', session: 's1', entry, by: 'user', at: '2026-11-01T00:00:00Z' } as const;
    const { outcomes, proposal } = await ask(world, [
      add({ evidence: [{ ...quote, quote: 'Always run `make web` first.' }] }),
      add({ body: 'Never.', evidence: [{ ...quote, quote: 'Never run it.' }] }),
    ]);
    expect(outcomes).toMatchObject([
      { kind: 'proposed' },
      { kind: 'refused', reason: 'the quote is not in the entry' },
    ]);
    expect(proposal!.changes[0]).toMatchObject({ trust: 'agent', evidence: [{ kind: 'request' }, { kind: 'quote' }] });
  });

  test('one client fills only its share, all agents together theirs, and an import is not held back', async () => {
    const world = createWorld();
    const many = (from: string) =>
      Array.from({ length: 21 }, (_, at) => add({ name: `${from} ${at}`, body: `Run target${at} of ${from}.` }));
    const one = await ask(world, many('alpha'));
    expect(one.outcomes.map(({ kind }) => kind)).toEqual([...Array<string>(20).fill('proposed'), 'refused']);
    await ask(world, many('beta'), { kind: 'tool', by: 'b' });
    await ask(world, many('gamma'), { kind: 'memory-tool', by: 'c' });
    const last = await ask(world, many('delta').slice(0, 1), { kind: 'mcp', by: 'd' });
    expect(last.outcomes).toEqual([{ kind: 'refused', reason: '60 proposals of agents wait for review already' }]);
    const imported = await ask(world, many('epsilon'), { kind: 'import', by: 'AGENTS.md' });
    expect(imported.outcomes.every(({ kind }) => kind === 'proposed')).toBe(true);
    expect(imported.proposal!.changes[0]).toMatchObject({ trust: 'file', warnings: [{ kind: 'quarantined' }] });
  });

  test('the name of a client cannot break out of its line', async () => {
    const world = createWorld();
    await ask(world, [add()], { kind: 'mcp', by: `evil\n\u202Eclient${'x'.repeat(200)}` });
    const [record] = await listDreams(world);
    expect(record?.by).toMatch(/^evil clientx{69}$/u);
  });

  test('without a memory there is nothing to propose to', async () => {
    const world = createWorld();
    await world.files.remove('schema.md');
    await expect(ask(world, [add()])).rejects.toMatchObject({ code: 'not-initialized' });
  });
});

test('requests at one time do not lose or double each other', async () => {
  const world = createWorld();
  const asked = Array.from({ length: 10 }, (_, at) => add({ name: `n${at % 5}`, body: `Run target${at % 5}.` }));
  const reports = await Promise.all(asked.map((change) => ask(world, [change])));
  const kinds = reports.flatMap(({ outcomes }) => outcomes.map(({ kind }) => kind));
  expect(kinds.filter((kind) => kind === 'proposed')).toHaveLength(5);
  expect(kinds.filter((kind) => kind === 'pending')).toHaveLength(5);
  expect(await listProposals(world)).toHaveLength(5);
});
