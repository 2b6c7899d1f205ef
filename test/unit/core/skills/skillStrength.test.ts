import { describe, expect, it } from 'vitest';
import { isSkillWorthy, skillStrength } from '../../../../src/core/skills/skillStrength';
import { BODY, memoryOf, RELEASE, runs, workflow } from './workflow';

const flow = workflow();

describe('a workflow', () => {
  it('is strong from 5 sessions, 90 % and 3 steps on, where it was seen to happen', () => {
    expect(skillStrength(flow, 3)).toEqual({ sessions: 6, success: 1, steps: 3, trust: 'observed', lacks: [] });
    expect(skillStrength({ ...flow, evidence: runs(5) }, 3).lacks).toEqual([]);
  });

  it.each([
    ['sessions', { ...flow, evidence: runs(4) }, 3],
    ['success', { ...flow, score: { ...flow.score!, outcome: 0.89 } }, 3],
    ['steps', flow, 2],
    ['trust', { ...flow, trust: 'agent' as const }, 3],
  ])('is not without enough %s', (lacking, origin, steps) => {
    expect(skillStrength(origin, steps).lacks).toEqual([lacking]);
  });

  it('has no more trust than its evidence, whatever the proposal says', () => {
    const said = { kind: 'quote', session: 's1', entry: 'e', by: 'tool', quote: 'x', at: '' } as const;
    expect(skillStrength({ ...flow, trust: 'user', evidence: [...runs(6), said] }, 3)).toMatchObject({
      trust: 'tool',
      lacks: ['trust'],
    });
  });

  it('is weak where nothing is known of it', () => {
    expect(skillStrength(undefined, 4).lacks).toEqual(['sessions', 'success', 'trust']);
  });

  it('is offered as a skill where its draft still lists the steps, and it is everybody’s', () => {
    const draft = memoryOf(RELEASE, BODY);
    expect(isSkillWorthy(flow, draft)).toBe(true);
    expect(isSkillWorthy(flow, memoryOf(RELEASE, '- a\n- b'))).toBe(false);
    expect(isSkillWorthy(workflow({ evidence: runs(2) }), draft)).toBe(false);
    expect(isSkillWorthy(workflow({}, BODY, 'commands/cut-a-release.md'), draft)).toBe(false);
    expect(isSkillWorthy(workflow({}, BODY, '.local/personal/workflows/cut-a-release.md'), draft)).toBe(false);
  });
});
