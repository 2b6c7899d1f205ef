import type { Fact } from './facts';
import type { CheckName, DoctorFinding } from './finding';

/** Runs a check on what is known; what could not be looked at is a finding of its own, and what is absent is none. */
export function ifKnown<T>(
  check: CheckName,
  fact: Fact<T>,
  look: (value: T) => readonly DoctorFinding[],
): readonly DoctorFinding[] {
  if (fact.known) return look(fact.value);
  if (fact.why === 'absent') return [];
  const { why, said = '' } = fact;
  const fix = why === 'untrusted' ? ({ id: 'trust' } as const) : ({ id: 'showLog' } as const);
  return [{ check, kind: 'unknown', severity: 'unknown', about: { why, said: said.slice(0, 300) }, fix }];
}

/** The value of a fact, or undefined where it is not known. */
export function valueOf<T>(fact: Fact<T>): T | undefined {
  return fact.known ? fact.value : undefined;
}
