import type { DoctorFacts } from './facts';
import type { DoctorFinding } from './finding';
import { ifKnown } from './known';

/** Files of the memory that this user has not accepted: nothing in them is used. */
export function checkWaiting({ waiting }: Pick<DoctorFacts, 'waiting'>): readonly DoctorFinding[] {
  return ifKnown('waiting', waiting, (changes): readonly DoctorFinding[] => {
    const [first] = changes;
    if (first === undefined) return [];
    const about = { count: changes.length, path: first.path, kind: first.kind };
    return [{ check: 'waiting', kind: 'waiting', severity: 'warning', about, fix: { id: 'reviewOutside' } }];
  });
}
