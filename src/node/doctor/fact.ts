import { isAgentDreamsError } from '../../core/errors';
import type { Fact, Missing } from '../../core/doctor/facts';

/** A fact that there is nothing to look at for. */
export const ABSENT: Fact<never> = { known: false, why: 'absent' };

/** Looks, and tells what was found; where looking fails, that and why. Never rejects. */
export async function factOf<T>(look: () => Promise<T>): Promise<Fact<T>> {
  try {
    return { known: true, value: await look() };
  } catch (error) {
    return { known: false, why: reasonOf(error), said: wordsOf(error) };
  }
}

function reasonOf(error: unknown): Missing {
  if (isAgentDreamsError(error, 'untrusted-workspace')) return 'untrusted';
  return isAgentDreamsError(error, 'cancelled') ? 'too-slow' : 'failed';
}

function wordsOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 300);
}
