import { describe, expect, it } from 'vitest';
import { entryIds } from '../../../../../src/core/recall/entryId';
import { renderMemory, type MemoryDraft } from '../../../../../src/core/memory/codec';
import { evidenceKey } from '../../../../../src/core/dream/evidenceKey';
import { readProposal } from '../../../../../src/core/dream/dreamFiles';
import { isRejected } from '../../../../../src/core/dream/rejections';
import { usageMiner } from '../../../../../src/core/dream/offline/usage';
import { usageOf } from '../../../../../src/core/recall/usage';
import { createTally } from '../../../../../src/core/sessions/tally';
import type { CapturedSession, Recalled } from '../../../../../src/core/sessions/session';
import { nodeHasher } from '../../../../fakes/fakePorts';
import { buildSession, type SessionBuilder } from '../../../../fakes/sessionBuilder';
import { createWorld, proposalOf } from '../dreamWorld';
import { memoryOf, mine } from './mine';

const PATH = 'facts/port.md';
const FILE = '/w/.agent-memory/facts/port.md';
const ID = entryIds(nodeHasher(), [PATH]).get(PATH) ?? '';
const memory = (more: Partial<MemoryDraft> = {}): string =>
  renderMemory({
    name: 'port',
    description: 'The admin server listens on port 8081',
    body: 'The admin server listens on port 8081.',
    created: '2026-10-01',
    ...more,
  });
const printed = (more: Partial<Recalled> = {}): Recalled => ({
  ...{ at: '', channel: 'hook', marker: '00000000', entries: [ID] },
  ...more,
});
/** A captured session: what its header says of use is what capture would say. */
const session = (
  day: number,
  recalled: readonly Recalled[],
  talk: (said: SessionBuilder) => SessionBuilder,
): CapturedSession => {
  const at = `2026-11-${String(day).padStart(2, '0')}T10:00:00.000Z`;
  const { header, entries } = talk(buildSession(`s${day}`, at)).end();
  const tally = createTally();
  entries.forEach((entry) => tally.add(entry));
  const { memoriesRead, memoryUse } = tally.summary();
  return { header: { ...header, recalled, memoriesRead, memoryUse }, entries };
};
const opens = (day: number, recalled: readonly Recalled[] = [printed({ entries: [] })]) =>
  session(day, recalled, (said) => said.says(`start task ${day}`).reads(FILE, 'The admin server').answers('Done.'));
const changesOf = async (text: string, ...sessions: readonly CapturedSession[]) =>
  (await proposalOf(createWorld({ sessions, files: { [PATH]: text } }))).changes;

describe('a memory that sessions open again and again', () => {
  it('is proposed to load more prominently, with the calls and the counts as evidence', async () => {
    const [change, ...others] = await changesOf(memory({ load: 'on-demand' }), opens(1), opens(2), opens(3));
    expect(others).toEqual([]);
    expect(change).toMatchObject({
      kind: 'promote',
      title: 'Load it more prominently: port, index instead of on-demand',
      trust: 'observed',
      risk: 'medium',
      files: [{ path: PATH, before: memory({ load: 'on-demand' }) }],
    });
    expect(change?.files[0].after).toBe(memory({ load: 'on-demand' }).replace('load: on-demand', 'load: index'));
    expect(change?.evidence.map((one) => ('session' in one ? one.session : one.kind))).toEqual([
      's3',
      's2',
      's1',
      'usage',
    ]);
    expect(change?.evidence.at(-1)).toMatchObject({ path: PATH, loaded: 0, read: 3, corrected: 0 });
  });

  it('is read back from disk as it was proposed', async () => {
    const files = { [PATH]: memory({ load: 'on-demand' }) };
    const world = createWorld({ sessions: [opens(1), opens(2), opens(3)], files });
    const proposal = await proposalOf(world);
    expect((await readProposal(world, proposal.id))?.changes).toEqual(proposal.changes);
  });

  it('goes from a line of the index to always, if those who have the line follow it', async () => {
    const line = [printed({ listed: [ID] })];
    const sessions = [1, 2, 3, 4, 5].map((day) => opens(day, line));
    expect(await changesOf(memory(), ...sessions)).toMatchObject([
      { kind: 'promote', title: /always instead of index/u },
    ]);
    expect(await changesOf(memory(), ...sessions.slice(1))).toEqual([]);
  });

  it('is left as it is where no session was ever given memory', async () => {
    const none = [1, 2, 3, 4].map((day) => opens(day, []));
    expect(await changesOf(memory({ load: 'on-demand' }), ...none)).toEqual([]);
    expect(await mine(usageMiner, none)).toEqual({ candidates: [], dismissed: [] });
  });

  it('gives the same proposal whenever it is dreamt', async () => {
    const sessions = [opens(1), opens(2), opens(3)];
    const files = { [PATH]: memory({ load: 'on-demand' }) };
    const [one, two] = [createWorld({ sessions, files }), createWorld({ sessions: [...sessions].reverse(), files })];
    expect((await proposalOf(two)).changes).toEqual((await proposalOf(one)).changes);
  });
});

describe('a memory that was loaded and did not help', () => {
  const corrected = (day: number) =>
    session(day, [printed()], (said) =>
      said
        .says(`start task ${day}`)
        .answers(`As [${ID}] says, done.`)
        .says(`No, that is wrong for task ${day}.`)
        .answers('Sorry.'),
    );

  it('is proposed to load less prominently after three corrections, with the words of the user', async () => {
    const [change] = await changesOf(memory(), corrected(1), corrected(2), corrected(3));
    expect(change).toMatchObject({
      kind: 'demote',
      title: 'Load it less prominently: port, on-demand instead of index',
      rationale: 'After it was used, the user corrected what followed 3 times in 3 sessions, and it went well never.',
    });
    expect(change?.evidence[0]).toMatchObject({ kind: 'quote', by: 'user', session: 's3' });
    expect(await changesOf(memory(), corrected(1), corrected(2))).toEqual([]);
  });

  it('is kept where it is if it is pinned', async () => {
    expect(await changesOf(memory({ pinned: true }), corrected(1), corrected(2), corrected(3))).toEqual([]);
  });

  it('is corrected by the words of the user, which say that the agent had been given it', async () => {
    const said = session(4, [printed()], (talk) =>
      talk
        .says('start the server')
        .answers('It runs on 8081.')
        .says('No, the admin server listens on port 9090, not 8081.'),
    );
    const [change, ...others] = await changesOf(memory(), said);
    expect(others).toEqual([]);
    expect(change).toMatchObject({
      kind: 'update',
      rationale: /facts\/port\.md says otherwise, and the agent had been given it/u,
    });
    const unaware = { ...said, header: { ...said.header, recalled: [printed({ entries: [] })] } };
    expect((await changesOf(memory(), unaware))[0]?.rationale).toMatch(/says otherwise\.$/u);
  });

  it('is found by the usage miner alone, too', async () => {
    const said = session(4, [printed()], (talk) =>
      talk
        .says('start the server')
        .answers('It runs on 8081.')
        .says('No, the admin server listens on port 9090, not 8081.'),
    );
    const world = createWorld({ sessions: [said], files: { [PATH]: memory() } });
    const [change] = (await proposalOf(world, {}, [usageMiner])).changes;
    expect(change).toMatchObject({ kind: 'demote', rationale: /the user contradicted it: “.*9090, not 8081/u });
    const other = { ...said, header: { ...said.header, recalled: [printed({ entries: ['m-ffff'] })] } };
    const unaware = createWorld({ sessions: [other], files: { [PATH]: memory() } });
    expect((await proposalOf(unaware, {}, [usageMiner])).changes).toEqual([]);
  });

  it.each([
    [{ pinned: true }, 'it is pinned'],
    [{ load: 'on-demand' as const }, 'it loads on demand already'],
  ])('is only told of where %j', async (more, reason) => {
    const said = session(4, [printed()], (talk) =>
      talk
        .says('start the server')
        .answers('It runs on 8081.')
        .says('No, the admin server listens on port 9090, not 8081.'),
    );
    const world = createWorld({ sessions: [said], files: { [PATH]: memory(more) } });
    const { changes, dismissed } = await proposalOf(world, {}, [usageMiner]);
    expect(changes).toEqual([]);
    expect(dismissed.map((one) => one.reason).join()).toContain(reason);
  });
});

describe('a proposal by use that was rejected', () => {
  it('comes back when use has doubled, not before', async () => {
    const idle = (count: number) =>
      Array.from({ length: count }, (_, index) =>
        session(1 + (index % 28), [printed({ listed: [ID] })], (said) => said.says('hello').answers('hi')),
      ).map((one, index) => ({ ...one, header: { ...one.header, id: `i${index}` } }));
    const text = memory({ created: '2026-01-01' });
    const [change] = await changesOf(text, ...idle(24));
    expect(change).toMatchObject({ kind: 'demote', rationale: /24 sessions were told of it in one line/u });
    const [usage] = change?.evidence ?? [];
    const rejected = { [change?.fingerprint ?? '']: { evidence: [`usage:${PATH}:4`] } };
    expect(usage).toMatchObject({ kind: 'usage', loaded: 24, listed: 24, read: 0 });
    const claim = (loaded: number) => ({
      fingerprint: change?.fingerprint ?? '',
      keys: [evidenceKey({ ...usage, loaded } as NonNullable<typeof usage>, nodeHasher())],
    });
    expect(isRejected(claim(24), rejected)).toBe(true);
    expect(isRejected(claim(30), rejected)).toBe(true);
    expect(isRejected(claim(50), rejected)).toBe(false);
  });
});

describe('what the usage miner passes over', () => {
  const recallOf = (sessions: readonly CapturedSession[]) => {
    const ids = entryIds(nodeHasher(), [PATH]);
    return {
      ids,
      usage: usageOf(
        sessions.map(({ header }) => header),
        ids,
      ),
    };
  };
  const port = memoryOf(PATH, 'The admin server listens on port 8081.', { load: 'on-demand' });
  const found = (sessions: readonly CapturedSession[], memories = [port]) =>
    mine(usageMiner, sessions, { memories, recall: recallOf(sessions) });

  it('is a memory of the archive, and one that cannot be written to', async () => {
    const sessions = [opens(1), opens(2), opens(3)];
    expect((await found(sessions)).candidates).toHaveLength(1);
    expect(await found(sessions, [{ ...port, scope: { kind: 'archive' } }])).toEqual({ candidates: [], dismissed: [] });
    expect(await found(sessions, [{ ...port, text: 'no front matter' }])).toMatchObject({
      candidates: [],
      dismissed: [{ summary: PATH, reason: 'its front matter cannot be changed' }],
    });
  });

  it('is a read that failed, or of something else: it counts, and is not shown as evidence', async () => {
    const failing = [1, 2, 3].map((day) => {
      const one = opens(day);
      return {
        ...one,
        entries: one.entries.map((entry) => (entry.kind === 'result' ? { ...entry, ok: false } : entry)),
      };
    });
    const { candidates } = await found(failing);
    expect(candidates[0]).toMatchObject({ change: 'promote', evidence: [{ kind: 'usage' }] });
    const other = session(4, [printed()], (said) => said.says('go').reads('/w/.agent-memory/MEMORY.md', 'index'));
    expect((await found([other])).candidates).toEqual([]);
  });

  it('is what a person pasted, said of this task only, or said without correcting anything', async () => {
    const index = memoryOf(PATH, 'The admin server listens on port 8081.', { load: 'index' });
    const said = (text: string, more = {}) =>
      session(5, [printed()], (talk) => talk.says('start the server').answers(`See [${ID}].`).says(text, more));
    const against = 'No, the admin server listens on port 9090, not 8081.';
    const of = async (text: string, more = {}) => (await found([said(text, more)], [index])).candidates.length;
    expect(await of(against)).toBe(1);
    expect(await of(against, { pasted: [[0, against.length]] })).toBe(0);
    expect(await of('The admin server listens on port 9090, not 8081.')).toBe(0);
    expect(await of('The admin server listens on port 9090, not 8081.', { queued: true })).toBe(1);
    expect(await of(`No, ${'really '.repeat(60)}the admin server listens on port 9090, not 8081.`)).toBe(0);
    expect(await of('No, for now the admin server listens on port 9090, not 8081.')).toBe(0);
  });

  it('is how often one session repeats it: each session is shown once, by its newest', async () => {
    const twice = session(1, [printed({ entries: [] })], (said) =>
      said.says('a').reads(FILE, 'x').answers('ok').says('b').reads(FILE, 'x').answers('ok'),
    );
    const { candidates } = await found([twice, opens(2), opens(3)]);
    const [edit] = candidates;
    const shown = edit?.kind === 'edit' ? edit.evidence.filter((one) => one.kind === 'event') : [];
    expect(shown.map((one) => one.session)).toEqual(['s3', 's2', 's1']);
    expect(shown.at(-1)?.entry).toBe(twice.entries.filter(({ kind }) => kind === 'result').at(-1)?.id);
  });
});
