import { describe, expect, it } from 'vitest';
import type { CheckedFinding } from '../../../../../src/core/dream/model/check';
import type { RawChange } from '../../../../../src/core/dream/model/schemas';
import { toCandidates } from '../../../../../src/core/dream/model/toCandidates';
import type { Memory } from '../../../../../src/core/memory/memory';
import { nodeHasher } from '../../../../fakes/fakePorts';
import { memoryOf, plainSchema } from '../offline/mine';

const said = (quote: string, by: 'user' | 'agent' = 'user'): CheckedFinding => ({
  kind: 'new',
  statement: quote,
  category: 'conventions',
  scope: 'project',
  target: '',
  evidence: [{ kind: 'quote', session: 's', entry: quote, by, quote, at: '2026-11-01T10:00:00Z' }],
  session: 's',
  isNew: true,
  lasts: true,
});
const RAW: RawChange = {
  action: 'merge',
  memory: 'm1',
  others: ['m2'],
  category: 'conventions',
  name: 'lock file',
  description: 'Commit the lock file',
  text: 'Commit the lock file, and review it.',
  reason: 'Both say it',
  findings: ['f1'],
};
const drafted = (
  more: Partial<RawChange>,
  findings: readonly CheckedFinding[],
  memories: readonly Memory[],
  off = false,
) =>
  toCandidates([{ raw: { ...RAW, ...more }, cluster: { findings, memories } }], {
    schema: plainSchema(off ? { conventions: { enabled: false } } : {}),
    hasher: nodeHasher(),
  });
const A = memoryOf('conventions/lock.md', 'Commit the lock file.');
const B = memoryOf('conventions/review.md', 'Review every change of the lock file with two people.');

describe('a merge', () => {
  it('rests on its memories, and on people where they speak of it', () => {
    const [candidate] = drafted({}, [said('commit and review the lock file')], [A, B]).candidates;
    expect(candidate).toMatchObject({
      change: 'merge',
      trust: 'observed',
      title: 'Merge review into lock',
      rationale: 'Both say it. Rests on 1 finding from 1 session.',
      evidence: [{ path: A.path }, { path: B.path }, { kind: 'quote', by: 'user' }],
    });
  });

  it('is trusted no more than what it takes from an agent', () => {
    const [candidate] = drafted({}, [said('commit and review the lock file', 'agent')], [A, B]).candidates;
    expect(candidate).toMatchObject({ change: 'merge', trust: 'agent' });
  });

  it('rests on its memories alone where no finding speaks of it', () => {
    const others: readonly (readonly CheckedFinding[])[] = [[], [said('deploy on Mondays')]];
    for (const known of others) {
      const [candidate] = drafted({ findings: known.map(() => 'f1') }, known, [A, B]).candidates;
      expect(candidate).toMatchObject({ trust: 'observed', rationale: 'Both say it.' });
      expect(candidate?.kind === 'edit' && candidate.evidence).toHaveLength(2);
    }
  });

  it('keeps the words of the memory that stays where the model has none', () => {
    const [candidate] = drafted({ text: '', findings: [] }, [], [A, B]).candidates;
    const after = candidate?.kind === 'edit' ? candidate.files[0].after : '';
    expect(after).toContain('Commit the lock file.');
    expect(after).toContain('Review every change of the lock file with two people.');
  });

  it('is for a person to settle where its memories contradict each other', () => {
    const never = memoryOf('conventions/never.md', 'Never commit the lock file.');
    const { candidates, dismissed } = drafted({ text: 'Commit the lock file.', findings: [] }, [], [A, never]);
    expect(candidates).toEqual([]);
    expect(dismissed[0]?.reason).toBe('the memories contradict each other; a person has to settle that');
  });

  it('joins what one agent knows, and never what two do', () => {
    const of = (memory: Memory, agent: string): Memory => ({ ...memory, scope: { kind: 'agent', agent } });
    expect(drafted({ findings: [] }, [], [of(A, 'reviewer'), of(B, 'reviewer')]).candidates).toHaveLength(1);
    expect(drafted({ findings: [] }, [], [of(A, 'reviewer'), of(B, 'tester')]).dismissed[0]?.reason).toBe(
      'they belong to different scopes, agents or paths',
    );
  });
});

describe('what is left out', () => {
  it('is told by its description, or by its text where it has none', () => {
    const summaryOf = (description: string) =>
      drafted({ action: 'add', description, text: 'Yes.' }, [], []).dismissed[0];
    expect(summaryOf('Commit it')?.summary).toBe('add: Commit it');
    expect(summaryOf('')?.summary).toBe('add: Yes.');
  });

  it('is told with the entry of its first finding', () => {
    const { dismissed } = drafted({ action: 'add', text: 'Rotate keys monthly.' }, [said('commit it')], []);
    expect(dismissed).toMatchObject([{ session: 's', entry: 'commit it' }]);
  });

  it('may have words that nobody said in quotation marks', () => {
    const reason = 'The user said “never ever push to the main branch again”';
    expect(drafted({ action: 'add', reason }, [said('commit the lock file')], []).dismissed[0]?.reason).toBe(
      'it quotes words that nobody said in its findings',
    );
  });

  it('may have no category that is switched on', () => {
    const { dismissed } = drafted(
      { action: 'add', text: 'Commit the lock file.' },
      [said('commit the lock file')],
      [],
      true,
    );
    expect(dismissed[0]?.reason).toBe('no category that is switched on fits');
  });

  it('may be an archiving that nothing speaks for', () => {
    expect(drafted({ action: 'archive', findings: [] }, [], [A]).dismissed[0]?.reason).toBe(
      'it rests on no finding that was checked',
    );
  });
});
