import type { AskOptions } from '../../core/model/languageModel';
import { tryUntil, type Trying } from '../claude/tries';

/** Asks the server until it answers or will not. */
export type Ask = <T>(
  work: (options: { readonly signal: AbortSignal }) => Promise<T>,
  /** Something is made: only what the server refused is asked again. */
  once?: 'once',
) => Promise<T>;

export function createAsk(trying: Trying, options: AskOptions): Ask {
  return async (work, once) =>
    await tryUntil(async ({ signal }) => await work({ signal }), trying, { ...options, once: once === 'once' });
}
