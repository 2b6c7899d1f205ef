import type { SecretFacts } from '../../core/doctor/facts';
import { AgentDreamsError } from '../../core/errors';
import type { CancelSignal, CorePorts } from '../../core/ports';
import type { ScannedKind } from '../../core/secretReport/secretReport';
import type { DiscoverOptions } from '../logs/discover';
import { findSecrets } from '../secrets/findSecrets';
import type { SecretGuard } from '../secrets/secretGuard';

const KINDS: readonly ScannedKind[] = ['memory', 'local', 'log'];

/**
 * How many secrets stand where, without any of them. Throws `cancelled` where there is more to read than can be read in
 * the time given and nothing was found so far.
 */
export async function secretFacts(
  ports: Pick<CorePorts, 'files' | 'text' | 'clock'> & { readonly redactor: SecretGuard },
  options: DiscoverOptions,
  { signal, withinMs }: { readonly signal: CancelSignal; readonly withinMs: number },
): Promise<SecretFacts> {
  const until = ports.clock.now() + withinMs;
  const limited: CancelSignal = {
    get aborted() {
      return signal.aborted || ports.clock.now() > until;
    },
  };
  const { files, canceled } = await findSecrets(ports, options, limited);
  const count = (kind: ScannedKind): number =>
    files
      .filter((file) => file.kind === kind)
      .flatMap(({ groups }) => groups)
      .reduce((sum, group) => sum + group.count, 0);
  if (canceled && files.length === 0)
    throw new AgentDreamsError('cancelled', 'There is more to look through than this check has time for.');
  const first = KINDS.flatMap((kind) => files.filter((file) => file.kind === kind))[0];
  return { memory: count('memory'), local: count('local'), logs: count('log'), first: first?.file ?? '' };
}
