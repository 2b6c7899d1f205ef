import type { Change } from './proposal';

/** Whether a change may be applied without a person looking, and if not, every reason why. */
export interface PolicyVerdict {
  readonly allowed: boolean;
  readonly reasons: readonly string[];
}

/** The lowest trust that a written policy may ever name. */
const TRUSTED_ENOUGH: readonly Change['trust'][] = ['user', 'observed'];

/**
 * What may be applied automatically: nothing, while there is no written policy. The reasons beyond that one are those
 * that no policy will be able to lift: quarantined trust, warnings, and changes of what other agents or people load.
 */
export function mayApplyAutomatically(change: Change): PolicyVerdict {
  const reasons = ['No policy is written: a person accepts every change.'];
  if (!TRUSTED_ENOUGH.includes(change.trust)) reasons.push(`It rests on ${change.trust} text alone.`);
  if (change.risk !== 'low') reasons.push(`Its risk is ${change.risk}.`);
  if (change.kind === 'rescope') reasons.push('It changes whose memory this is.');
  for (const warning of change.warnings) reasons.push(warning.message);
  return { allowed: false, reasons };
}
