import { describe, expect, it } from 'vitest';
import { consolidate } from '../../../../../src/core/dream/consolidate';
import type { Evidence } from '../../../../../src/core/dream/finding';
import type { Note } from '../../../../../src/core/dream/miner';
import { converge, originKey } from '../../../../../src/core/dream/offline/convergence';
import { contextOf } from './mine';

const seen = (session: string): Evidence => ({
  kind: 'event',
  session,
  entry: 'e',
  event: 'succeeded',
  quote: 'just test',
  at: '2026-11-01T10:00:00Z',
});

function note(...evidence: readonly Evidence[]): Note {
  const score = { recurrence: 0, spread: 0, outcome: 0, speaker: 0, specificity: 0, total: 0.5 };
  const text = { miner: 'm', category: 'facts', slug: 's', description: 'd', body: 'b', rationale: 'Why.' };
  return { kind: 'note', title: 't', finding: { ...text, evidence, trust: 'observed', score, fingerprint: 'f' } };
}

const origins = new Map([
  [originKey('a', 'e'), { agent: 'reviewer', branch: 'main' }],
  [originKey('b', 'e'), { agent: 'tester', branch: 'next' }],
  [originKey('c', 'e'), { branch: 'main' }],
]);
const only = (...notes: readonly Note[]) =>
  converge(notes, origins).flatMap((one) => (one.kind === 'note' ? [one.finding] : []));

describe('convergence', () => {
  it('keeps what one type of subagent found for that type', () => {
    expect(only(note(seen('a')))[0]?.agents).toEqual(['reviewer']);
  });

  it('tells all what two types found, as one, with its spread', () => {
    const found = only(note(seen('a')), note(seen('b'), seen('a')));
    expect(found).toHaveLength(1);
    expect(found[0]?.agents).toBeUndefined();
    expect(found[0]?.evidence).toHaveLength(2);
    expect(found[0]?.rationale).toBe('Why. Seen in 2 sessions, on 2 branches, by the subagents reviewer, tester.');
  });

  it('tells all what the main thread found as well, and adds no word where there is no spread', () => {
    expect(only(note(seen('a'), seen('c')))[0]?.agents).toBeUndefined();
    expect(only(note(seen('c')))[0]?.rationale).toBe('Why.');
  });
});

describe('one claim told by two miners', () => {
  const score = { recurrence: 1, spread: 1, outcome: 1, speaker: 1, specificity: 1, total: 0.9 };
  const claim = 'Run the tests with `just test` in `services/auth`.';
  const told = (miner: string, agents: readonly string[] | undefined): Note => {
    const { finding, ...rest } = note(seen('a'));
    const text = { miner, description: claim, body: claim, fingerprint: miner, score };
    return { ...rest, finding: { ...finding, ...text, ...(agents === undefined ? {} : { agents }) } };
  };
  const scopeOf = (a: readonly string[] | undefined, b: readonly string[] | undefined) => {
    const { schema, hasher } = contextOf();
    const known = { memories: [], instructionFiles: [], rejected: {}, pending: new Set<string>() };
    const candidates = [told('fixes', a), told('commands', b)];
    const { chosen } = consolidate({ ...known, candidates, schema, hasher, dreamt: new Set() });
    expect(chosen).toHaveLength(1);
    return chosen.map(({ candidate }) => (candidate.kind === 'note' ? candidate.finding.agents : []))[0];
  };

  it.each([
    ['one type of subagent, where both are of it', ['tester'], ['tester'], ['tester']],
    ['all, where two types tell it', ['tester'], ['reviewer'], undefined],
    ['all, where the main thread tells it second', ['tester'], undefined, undefined],
    ['all, where the main thread tells it first', undefined, ['tester'], undefined],
  ])('is for %s', (_, a, b, scope) => {
    expect(scopeOf(a, b)).toEqual(scope);
  });
});
