import type { DoctorFacts } from './facts';
import type { DoctorFinding } from './finding';
import { ifKnown } from './known';

/** The command that hooks, servers and people call is where it should be, and answers. */
export function checkStableCommand({ command }: Pick<DoctorFacts, 'command'>): readonly DoctorFinding[] {
  return ifKnown('stableCommand', command, ({ file, state, said }): readonly DoctorFinding[] => {
    if (state === 'works') return [];
    const kind = state === 'missing' ? 'command-missing' : 'command-failed';
    const about = { file, said: said.slice(0, 300), state };
    return [{ check: 'stableCommand', kind, severity: 'warning', about, fix: { id: 'writeCommand' } }];
  });
}
