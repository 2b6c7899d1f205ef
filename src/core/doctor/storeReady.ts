import type { DoctorFacts } from './facts';
import type { DoctorFinding } from './finding';
import { ifKnown } from './known';

/** There is a memory at all. */
export function checkStore({ store }: Pick<DoctorFacts, 'store'>): readonly DoctorFinding[] {
  return ifKnown('store', store, ({ initialized }) =>
    initialized
      ? []
      : [{ check: 'store', kind: 'no-store', severity: 'problem', about: {}, fix: { id: 'initialize' } }],
  );
}
