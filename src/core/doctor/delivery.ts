import type { DoctorFacts } from './facts';
import type { DoctorFinding } from './finding';
import { ifKnown } from './known';

/** The latest session since Connect shows the marker of what was rendered. Waiting for a first session is no fault. */
export function checkDelivery({ delivery }: Pick<DoctorFacts, 'delivery'>): readonly DoctorFinding[] {
  return ifKnown('delivery', delivery, (value): readonly DoctorFinding[] => {
    switch (value.kind) {
      case 'waiting':
        return [];
      case 'loaded':
        return value.stale
          ? [{ check: 'delivery', kind: 'loaded-stale', severity: 'note', about: { at: value.at }, fix: RENDER }]
          : [];
      case 'not-loaded': {
        const about = { session: value.session, causes: value.causes.join(' ') };
        return [{ check: 'delivery', kind: 'not-loaded', severity: 'problem', about, fix: { id: 'recallTest' } }];
      }
    }
  });
}

const RENDER = { id: 'renderAgain' } as const;
