import type { DoctorFacts } from './facts';
import type { DoctorFinding } from './finding';
import { ifKnown } from './known';

/** A text that was rendered while a session began is that of the next one. */
const MEANWHILE_MS = 60_000;

/**
 * The latest session since Connect shows the marker of what was rendered before it. Waiting for a first session is no
 * fault, and a memory that changed since reaches the next one.
 */
export function checkDelivery({ delivery }: Pick<DoctorFacts, 'delivery'>): readonly DoctorFinding[] {
  return ifKnown('delivery', delivery, (value): readonly DoctorFinding[] => {
    switch (value.kind) {
      case 'waiting':
        return [];
      case 'loaded': {
        const { at, renderedAt, stale } = value;
        if (!stale || Date.parse(at) - Date.parse(renderedAt) < MEANWHILE_MS) return [];
        const fix = { id: 'connect' } as const;
        return [{ check: 'delivery', kind: 'loaded-stale', severity: 'warning', about: { at, renderedAt }, fix }];
      }
      case 'not-loaded': {
        const about = { session: value.session };
        const fix = { id: 'recallTest' } as const;
        return [{ check: 'delivery', kind: 'not-loaded', severity: 'problem', about, causes: value.causes, fix }];
      }
    }
  });
}
