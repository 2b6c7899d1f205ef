import type { AttachedFacts, DoctorFacts } from './facts';
import type { DoctorFinding } from './finding';
import { ifKnown } from './known';

/** Attached stores are there, can be read, and what they hold was accepted. */
export function checkAttached({ attached }: Pick<DoctorFacts, 'attached'>): readonly DoctorFinding[] {
  return ifKnown('attached', attached, (stores) => stores.flatMap(findingOf));
}

function findingOf({ path, name, state, waiting }: AttachedFacts): readonly DoctorFinding[] {
  const about = { path, name, state, count: waiting };
  if (state !== 'read') {
    const fix = { id: 'openSetting', target: 'stores' } as const;
    return [{ check: 'attached', kind: 'store-missing', severity: 'warning', about, fix }];
  }
  if (waiting === 0) return [];
  return [{ check: 'attached', kind: 'store-unaccepted', severity: 'note', about, fix: { id: 'reviewOutside' } }];
}
