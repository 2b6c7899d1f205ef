import { checkAttached } from './attached';
import { checkAutoMemory } from './autoMemory';
import { checkConflicts } from './conflicts';
import { checkConnection } from './connection';
import { checkDelivery } from './delivery';
import type { DoctorFacts } from './facts';
import { CHECKS, type CheckName, type DoctorFinding, type Severity } from './finding';
import { checkHooks } from './hooks';
import { checkHookSwitches } from './hookSwitches';
import { checkIndex } from './indexBudget';
import { checkLogging } from './logging';
import { checkRendered } from './rendered';
import { checkRetention } from './retention';
import { checkSchedule } from './schedule';
import { checkSecrets } from './secrets';
import { checkStableCommand } from './stableCommand';
import { checkStore } from './storeReady';
import { checkUnreadable } from './unreadable';
import { checkWaiting } from './waiting';

const RUN: Readonly<Record<CheckName, (facts: DoctorFacts) => readonly DoctorFinding[]>> = {
  store: checkStore,
  connection: checkConnection,
  delivery: checkDelivery,
  hooks: checkHooks,
  hookSwitches: checkHookSwitches,
  rendered: checkRendered,
  stableCommand: checkStableCommand,
  logging: checkLogging,
  retention: checkRetention,
  index: checkIndex,
  schedule: checkSchedule,
  waiting: checkWaiting,
  unreadable: checkUnreadable,
  conflicts: checkConflicts,
  autoMemory: checkAutoMemory,
  secrets: checkSecrets,
  attached: checkAttached,
};

const GRAVITY: readonly Severity[] = ['problem', 'warning', 'unknown', 'note'];

/** Every check on these facts, the gravest finding first; nothing where all is as it should be. Pure. */
export function checkMemorySetup(facts: DoctorFacts): readonly DoctorFinding[] {
  const found = untrustedAsOne(CHECKS.flatMap((check) => RUN[check](facts)));
  return GRAVITY.flatMap((severity) => found.filter((finding) => finding.severity === severity));
}

/** All that needs a trusted workspace, in one finding: it has one reason and one remedy. */
function untrustedAsOne(findings: readonly DoctorFinding[]): readonly DoctorFinding[] {
  const isUntrusted = ({ kind, about }: DoctorFinding): boolean => kind === 'unknown' && about['why'] === 'untrusted';
  const untrusted = findings.filter(isUntrusted);
  const [first] = untrusted;
  if (first === undefined) return findings;
  const about = { ...first.about, checks: untrusted.map(({ check }) => check).join(' ') };
  return [{ ...first, about }, ...findings.filter((finding) => !isUntrusted(finding))];
}
