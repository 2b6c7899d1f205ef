import { describe, expect, it } from 'vitest';
import { consolidate, type ConsolidateInput } from '../../../../src/core/dream/consolidate';
import type { Finding } from '../../../../src/core/dream/finding';
import { claimFingerprint } from '../../../../src/core/dream/fingerprint';
import type { Note } from '../../../../src/core/dream/miner';
import { score } from '../../../../src/core/dream/score';
import type { Memory } from '../../../../src/core/memory/memory';
import { nodeHasher } from '../../../fakes/fakePorts';
import { memoryOf, plainSchema } from './offline/mine';

const hasher = nodeHasher();

function note(claim: string, slug: string, more: Partial<Finding> & { at?: string; session?: string } = {}): Note {
  const { at = '2026-11-10T10:00:00Z', session = 's1', ...finding } = more;
  const trust = finding.trust ?? 'user';
  const by = trust === 'tool' ? 'tool' : 'user';
  const evidence = [{ kind: 'quote', session, entry: `${session}-${slug}`, by, quote: claim, at }] as const;
  return {
    kind: 'note',
    title: claim,
    finding: {
      miner: 'corrections',
      category: 'conventions',
      slug,
      description: claim.replace(/\.$/u, ''),
      body: `${claim}\n\n**Why:** The user said so`,
      evidence,
      trust,
      score: score({ evidence, trust, text: claim }),
      rationale: '',
      fingerprint: claimFingerprint(claim, hasher),
      ...finding,
    },
  };
}

const run = (candidates: readonly Note[], memories: readonly Memory[] = [], more: Partial<ConsolidateInput> = {}) =>
  consolidate({
    candidates,
    memories,
    schema: plainSchema(),
    instructionFiles: [],
    rejected: {},
    pending: new Set(),
    dreamt: new Set(),
    hasher,
    ...more,
  });
const bodiesOf = ({ chosen }: ReturnType<typeof run>) =>
  chosen.map(({ candidate }) => (candidate.kind === 'note' ? candidate.finding.body.split('\n')[0] : ''));
const reasonsOf = ({ dismissed }: ReturnType<typeof run>) => dismissed.map(({ reason }) => reason);
const JEST = memoryOf('conventions/test-runner.md', 'Run unit tests with jest.', { created: '2026-11-05' });

const VITEST = 'Run unit tests with vitest.';
const findingsOf = ({ chosen }: ReturnType<typeof run>): readonly Finding[] =>
  chosen.flatMap(({ candidate }) => (candidate.kind === 'note' ? [candidate.finding] : []));
const renewedBy = (result: ReturnType<typeof run>) => result.chosen.map(({ renews }) => renews?.path);

describe('one claim that two tell', () => {
  it('keeps the ban beside what to do instead, whichever was told first', () => {
    const [ban, rule] = [note('Never use npm here.', 'no-npm'), note('Use pnpm here, not npm.', 'use-pnpm')];
    const told = ['Use pnpm here, not npm. Never use npm here.'];
    expect(bodiesOf(run([ban, rule]))).toEqual(told);
    expect(bodiesOf(run([rule, ban]))).toEqual(told);
  });

  it('has the evidence of both', () => {
    const [finding] = findingsOf(run([note(VITEST, 'a'), note(VITEST, 'b', { session: 's2' })]));
    expect(finding?.evidence).toMatchObject([{ session: 's1' }, { session: 's2' }]);
  });

  it('is of one type of agent only where both are', () => {
    const of = (...agents: readonly (readonly string[])[]) =>
      findingsOf(run(agents.map((own, at) => note(VITEST, 'a', { agents: own, session: `s${at}` }))))[0]?.agents;
    expect(of(['tester'], ['tester'])).toEqual(['tester']);
    expect(of(['tester'], ['reviewer'])).toBeUndefined();
    expect(of(['tester'], ['tester', 'reviewer'])).toBeUndefined();
  });

  it('takes nothing from a tool where a person said it, whichever was told first', () => {
    const [tool, person] = [note(VITEST, 'a', { trust: 'tool' }), note(VITEST, 'b', { session: 's2' })];
    for (const both of [
      [tool, person],
      [person, tool],
    ]) {
      const [finding, ...more] = findingsOf(run(both));
      expect(more).toEqual([]);
      expect(finding).toMatchObject({ trust: 'user', evidence: [{ session: 's2' }] });
    }
  });
});

describe('a note and what is there', () => {
  it.each([
    ['renews what is older', { at: '2026-11-10T10:00:00Z' }, [], ['conventions/test-runner.md'], []],
    [
      'stays away from what is newer',
      { at: '2026-11-01T10:00:00Z' },
      [],
      [],
      ['conventions/test-runner.md is newer and says otherwise'],
    ],
    [
      'stays away from what was made on its day, where a dream has seen its session',
      { at: '2026-11-05T10:00:00Z' },
      ['s1'],
      [],
      ['conventions/test-runner.md is newer and says otherwise'],
    ],
    ['renews it later, though a dream has seen its session', {}, ['s1'], ['conventions/test-runner.md'], []],
  ])('%s', (_name, more, dreamt, renewed, reasons) => {
    const result = run([note(VITEST, 'runner', more)], [JEST], { dreamt: new Set(dreamt) });
    expect(renewedBy(result)).toEqual(renewed);
    expect(reasonsOf(result)).toEqual(reasons);
  });

  it('stands beside what was archived and said otherwise', () => {
    const archived = memoryOf('archive/conventions/test-runner.md', 'Run unit tests with jest.');
    expect(renewedBy(run([note(VITEST, 'runner')], [archived]))).toEqual([undefined]);
  });

  it('stands beside what a person accepted, never in it, where no person said it', () => {
    const told = note(VITEST, 'runner', { trust: 'tool', score: note(VITEST, 'runner').finding.score });
    expect(renewedBy(run([told], [JEST]))).toEqual([undefined]);
  });

  it('is left out where its file tells of the topic', () => {
    expect(reasonsOf(run([note('Deploy the billing service on Mondays.', 'test-runner')], [JEST]))).toEqual([
      'conventions/test-runner.md covers the topic',
    ]);
  });

  it('is left out where a better one has its file', () => {
    const result = run([note(VITEST, 'same'), note('Deploy the billing service on Mondays.', 'same')]);
    expect(result.chosen).toHaveLength(1);
    expect(reasonsOf(result)).toEqual(['a better change covers the same file']);
  });

  it('is left out where too little speaks for it', () => {
    const weak = { ...note(VITEST, 'a').finding.score, total: 0.1 };
    expect(reasonsOf(run([note(VITEST, 'a', { score: weak })]))).toEqual(['its score is below 0.4']);
  });
});
