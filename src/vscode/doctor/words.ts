import type { DoctorFinding } from '../../core/doctor/finding';

/** What was found, what it means, and what to do. */
export interface FindingWords {
  readonly title: string;
  readonly meaning: string;
  readonly todo: string;
}

/** A fact of a finding as text. */
export function fact({ about }: DoctorFinding, name: string): string {
  return String(about[name] ?? '');
}
