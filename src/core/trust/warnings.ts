import type { Trust } from '../dream/finding';
import type { Risk, Warning } from '../review/proposal';
import { soundsLikeInstruction } from './denyList';
import { findRisks } from './risk';
import { isQuarantined } from './trustOf';

/** What of a change its warnings follow from. */
export interface WarningInput {
  readonly trust: Trust;
  /** The words that would enter memory. */
  readonly text: string;
  readonly quotesTool: boolean;
  /** The memory whose statement it replaces. */
  readonly replaces?: { readonly path: string; readonly said: string };
  /** What the workspace no longer holds. */
  readonly stale?: readonly string[];
}

const SOURCE: Readonly<Record<Trust, string>> = {
  user: 'a person',
  observed: 'what happened',
  agent: 'the agent',
  tool: 'the output of a tool',
  file: 'a file or a web page',
  recalled: 'memory itself',
};

/** Everything that a reviewer must see about these words, the source first. */
export function warningsOf(input: WarningInput): readonly Warning[] {
  const { trust, text, replaces } = input;
  const warnings: Warning[] = [];
  if (isQuarantined(trust)) {
    const message = `Quarantined: its words come from ${SOURCE[trust]}, and no person said them.`;
    warnings.push({ kind: 'quarantined', message });
  }
  for (const { kind, reason, excerpt } of findRisks(text)) warnings.push({ kind, message: `${reason} (“${excerpt}”)` });
  if (replaces !== undefined)
    warnings.push({ kind: 'contradiction', message: `It replaces what ${replaces.path} says: “${replaces.said}”.` });
  for (const message of input.stale ?? []) warnings.push({ kind: 'stale', message });
  const phrase = soundsLikeInstruction(text);
  if (phrase !== undefined)
    warnings.push({ kind: 'suspicious', message: `It looks like an instruction to the agent (“${phrase}”).` });
  if (input.quotesTool)
    warnings.push({ kind: 'quotes-tool', message: 'It quotes an error line that a program printed.' });
  return warnings;
}

const ASKED: ReadonlySet<Warning['kind']> = new Set([
  'quarantined',
  'permission',
  'hidden-text',
  'credential',
  'executes',
]);

/** True if a person is asked about this on its own before it is accepted. */
export function needsConfirmation(warning: Warning): boolean {
  return ASKED.has(warning.kind);
}

/** True if Accept All leaves it for a decision of its own; a quoted error line is no reason to. */
export function isDecidedAlone(warning: Warning): boolean {
  return warning.kind !== 'quotes-tool';
}

/** How much may go wrong: high where a person is asked on its own. */
export function riskOf(warnings: readonly Warning[], trust: Trust): Risk {
  if (warnings.some(needsConfirmation)) return 'high';
  return trust === 'user' && warnings.length === 0 ? 'low' : 'medium';
}
