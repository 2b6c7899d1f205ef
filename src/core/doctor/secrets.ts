import type { DoctorFacts } from './facts';
import type { DoctorFinding } from './finding';
import { ifKnown } from './known';

/** Secrets that stand in the memory, in what was captured, or in the original logs. */
export function checkSecrets({ secrets }: Pick<DoctorFacts, 'secrets'>): readonly DoctorFinding[] {
  return ifKnown('secrets', secrets, ({ memory, local, logs, first }): readonly DoctorFinding[] => {
    if (memory + local + logs === 0) return [];
    const severity = memory > 0 ? 'problem' : 'warning';
    const about = { memory, local, logs, first };
    return [{ check: 'secrets', kind: 'secrets', severity, about, fix: { id: 'findSecrets' } }];
  });
}
