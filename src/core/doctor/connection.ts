import type { DoctorFacts } from './facts';
import type { DoctorFinding } from './finding';
import { ifKnown } from './known';

/** Claude Code is connected, and what Connect wrote is as it was written: not altered, not old, not of a folder that moved. */
export function checkConnection({ connection }: Pick<DoctorFacts, 'connection'>): readonly DoctorFinding[] {
  return ifKnown('connection', connection, (value): readonly DoctorFinding[] => {
    const fix = { id: 'connect' } as const;
    if (value.kind === 'none')
      return [{ check: 'connection', kind: 'not-connected', severity: 'problem', about: {}, fix }];
    return value.problems.map((problem) => ({
      check: 'connection',
      kind: 'connection-problem',
      severity: 'problem',
      about: { problem },
      fix,
    }));
  });
}
