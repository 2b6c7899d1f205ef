import { TRUST_ORDER, type Trust } from '../dream/finding';
import { placeOf } from '../memory/storePath';
import { isBelow } from '../trust/trustOf';
import { findRisks } from '../trust/risk';
import type { Change, ChangeKind, Risk } from './proposal';

/** What may be applied without a person looking. Data: it is checked when it is read, and lifts nothing of the floor. */
export interface Policy {
  readonly kinds: readonly ChangeKind[];
  /** Category folders; `all` for every one that the schema enables. */
  readonly categories: readonly string[] | 'all';
  readonly minTrust: Trust;
  readonly maxRisk: Risk;
  /** Largest share of the memories, 0..1, that one proposal may archive. */
  readonly maxArchivedShare: number;
}

/** What of the store the floor needs to know. */
export interface PolicyContext {
  /** Memories that carry `pinned: true`. */
  readonly pinned: ReadonlySet<string>;
  /** Memories that are not as they were last accepted here, or never were: changed outside, or foreign. */
  readonly changedOutside: ReadonlySet<string>;
  /** Share of the memories, 0..1, that the proposal this change belongs to would archive. */
  readonly archivedShare: number;
}

/** Whether a change may be applied without a person looking, and if not, every reason why. */
export interface PolicyVerdict {
  readonly allowed: boolean;
  readonly reasons: readonly string[];
}

const RISK_ORDER: readonly Risk[] = ['low', 'medium', 'high'];
/** Never more than this share, whatever a policy says. */
const ARCHIVE_CAP = 0.2;
const STEERING: ReadonlySet<string> = new Set(['schema.md', 'rubric.md', 'probes.yaml', 'MEMORY.md']);

/** Everything that a policy can ask for at most; what it still refuses, no policy can allow. */
export const MOST_PERMISSIVE_POLICY: Policy = {
  kinds: ['add', 'update', 'merge', 'split', 'archive', 'restore', 'promote', 'demote', 'rescope'],
  categories: 'all',
  minTrust: 'recalled',
  maxRisk: 'high',
  maxArchivedShare: 1,
};

/** Decides by floor and policy. Pure; without a policy a person accepts every change. */
export function decide(change: Change, policy: Policy | undefined, context: PolicyContext): PolicyVerdict {
  const asked =
    policy === undefined
      ? ['No policy is written: a person accepts every change.']
      : policyReasons(change, policy, context);
  const reasons = [...asked, ...floorReasons(change, context)];
  return { allowed: reasons.length === 0, reasons };
}

/** What no policy can lift. */
function floorReasons(change: Change, context: PolicyContext): readonly string[] {
  const paths = change.files.flatMap(({ path, from }) => (from === undefined ? [path] : [from, path]));
  const reasons: string[] = [];
  if (isBelow(change.trust, 'observed')) reasons.push(`It rests on ${change.trust} text.`);
  for (const warning of change.warnings) reasons.push(warning.message);
  // A proposal is a file that anybody can edit: its texts are looked at again, not only what it says of them.
  const texts = [change.title, ...change.files.filter(({ from }) => from === undefined).map(({ after }) => after)];
  const known = change.files.map(({ before }) => before ?? '').join('\n');
  for (const { reason, excerpt } of findRisks(texts.join('\n'))) if (!known.includes(excerpt)) reasons.push(reason);
  if (change.kind === 'rescope') reasons.push('It changes whose memory this is.');
  if (paths.some((path) => STEERING.has(path) || placeOf(path) === undefined))
    reasons.push('It changes a file that steers dreams, or none of the memories.');
  if (paths.some((path) => context.pinned.has(path))) reasons.push('It touches a pinned memory.');
  if (paths.some((path) => context.changedOutside.has(path)))
    reasons.push('It touches a memory that was changed outside, or never accepted here.');
  if (change.kind === 'archive' && context.archivedShare > ARCHIVE_CAP)
    reasons.push(`Its proposal would archive more than ${ARCHIVE_CAP * 100} % of the memories.`);
  return reasons;
}

function policyReasons(change: Change, policy: Policy, context: PolicyContext): readonly string[] {
  const reasons: string[] = [];
  if (!policy.kinds.includes(change.kind)) reasons.push(`The policy does not name the kind “${change.kind}”.`);
  const { categories } = policy;
  const strange = change.files
    .map(({ path }) => categoryOf(path))
    .find((name) => categories !== 'all' && !categories.includes(name));
  if (strange !== undefined) reasons.push(`The policy does not name the category “${strange}”.`);
  if (TRUST_ORDER.indexOf(change.trust) > TRUST_ORDER.indexOf(policy.minTrust))
    reasons.push(`The policy asks for trust “${policy.minTrust}” at least.`);
  if (RISK_ORDER.indexOf(change.risk) > RISK_ORDER.indexOf(policy.maxRisk)) reasons.push(`Its risk is ${change.risk}.`);
  if (change.kind === 'archive' && context.archivedShare > policy.maxArchivedShare)
    reasons.push('Its proposal would archive more than the policy allows.');
  return reasons;
}

function categoryOf(path: string): string {
  return path.split('/').at(-2) ?? '';
}
