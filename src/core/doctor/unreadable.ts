import type { DoctorFacts } from './facts';
import type { DoctorFinding } from './finding';
import { ifKnown } from './known';

/** Files in the memory that are not readable memories: nobody is told what they say. */
export function checkUnreadable({ unreadable }: Pick<DoctorFacts, 'unreadable'>): readonly DoctorFinding[] {
  return ifKnown('unreadable', unreadable, (problems) =>
    problems.map(({ path, reason }) => ({
      check: 'unreadable',
      kind: 'memory-unreadable',
      severity: 'warning',
      about: { path, reason },
      fix: { id: 'openMemory', target: path },
    })),
  );
}
