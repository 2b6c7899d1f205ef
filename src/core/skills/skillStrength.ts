import type { Evidence, Trust } from '../dream/finding';
import { sessionsOf } from '../dream/score';
import { placeOf } from '../memory/storePath';
import type { Change } from '../review/proposal';
import { isBelow, lowestTrust, trustOf } from '../trust/trustOf';

/**
 * From where on a workflow is strong enough to be offered as a skill: an agent follows a skill step by step, so more has
 * to speak for it than for a memory (3 sessions, 70 %).
 */
export const SKILL_BAR = { sessions: 5, success: 0.9, steps: 3, trust: 'observed' } as const;

/** What is known of a workflow, and what it lacks. */
export interface SkillStrength {
  /** Distinct sessions in its evidence. */
  readonly sessions: number;
  /** Share of the times that it went well, 0..1. */
  readonly success: number;
  readonly steps: number;
  readonly trust: Trust;
  /** Which of the bars it does not reach; empty if it is strong. */
  readonly lacks: readonly (keyof typeof SKILL_BAR)[];
}

/** Where a workflow comes from, as far as its strength goes: a proposal is a file that anybody can edit. */
export type Origin = Pick<Change, 'evidence' | 'trust' | 'score'>;

/** How strong a workflow of so many steps is. Pure; without an origin nothing is known but that a person accepted it. */
export function skillStrength(origin: Origin | undefined, steps: number): SkillStrength {
  const evidence: readonly Evidence[] = origin?.evidence ?? [];
  const known = {
    sessions: sessionsOf(evidence).size,
    success: origin?.score?.outcome ?? 0,
    steps,
    // What its evidence is worth by its kind bounds what the proposal says of itself.
    trust: origin === undefined ? 'agent' : lowestTrust([origin.trust, trustOf(evidence)]),
  } as const;
  const lacks = [
    ...(known.sessions < SKILL_BAR.sessions ? (['sessions'] as const) : []),
    ...(known.success < SKILL_BAR.success ? (['success'] as const) : []),
    ...(known.steps < SKILL_BAR.steps ? (['steps'] as const) : []),
    ...(isBelow(known.trust, SKILL_BAR.trust) ? (['trust'] as const) : []),
  ];
  return { ...known, lacks };
}

/** True for a proposed workflow of everybody that is strong enough to be offered as a skill. */
export function isSkillWorthy(change: Change, draft: string): boolean {
  const place = placeOf(change.files[0].path);
  const isWorkflow = place?.scope.kind === 'team' && place.category === 'workflows' && change.files.length === 1;
  return isWorkflow && skillStrength(change, countSteps(draft)).lacks.length === 0;
}

/** How many numbered steps a text lists. */
function countSteps(text: string): number {
  return text.split('\n').filter((line) => /^\d{1,3}[.)] {1,4}\S/u.test(line)).length;
}
