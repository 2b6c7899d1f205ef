import { Budget } from '../../core/model/budget';
import type { AskOptions, LanguageModel, ModelNotice, ModelReply } from '../../core/model/languageModel';
import type { PriceTable } from '../../core/model/prices';

/** What a dream over a model has cost so far. */
export interface RunningCost {
  /** US dollars by the price table. */
  readonly usd: number;
}

/**
 * The same model, and what its answers cost: for showing it while the dream goes on, which keeps its own ledger. Its
 * notices say how long a wait is.
 */
export function watchModel(
  model: LanguageModel,
  prices: PriceTable,
): { readonly model: LanguageModel; readonly cost: RunningCost } {
  const spent = new Budget({ capUsd: Number.MAX_VALUE, traits: model.traits, prices });
  const paid = (role: 'extract' | 'consolidate', reply: ModelReply, sending: 'one' | 'batch'): void =>
    void spent.spend(role, reply.usage, reply.model, sending);
  const watched: LanguageModel = {
    traits: model.traits,
    ask: async (request, options) => {
      const reply = await model.ask(request, timed(options));
      paid(request.role, reply, 'one');
      return reply;
    },
    ...(model.countTokens && {
      countTokens: (request, options) => model.countTokens?.(request, options) ?? Promise.resolve(undefined),
    }),
    ...(model.askMany && {
      askMany: async (requests, options) => {
        const roles = new Map(requests.map(({ key, role }) => [key, role]));
        const onReply: typeof options.onReply = async (key, reply) => {
          if (reply.kind !== 'failed') paid(roles.get(key) ?? 'extract', reply, 'batch');
          await options.onReply(key, reply);
        };
        await model.askMany?.(requests, { ...timed(options), onReply });
      },
    }),
  };
  return {
    model: watched,
    cost: {
      get usd() {
        return spent.spentUsd;
      },
    },
  };
}

function timed<T extends AskOptions>(options: T): T {
  const onNotice = (notice: ModelNotice): void => options.onNotice({ ...notice, message: noticeWords(notice) });
  return { ...options, onNotice };
}

/** What a notice says, with the time until the next try. */
export function noticeWords({ message, delayMs }: ModelNotice): string {
  if (delayMs === undefined) return message;
  const seconds = Math.max(1, Math.round(delayMs / 1_000));
  const wait = seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
  return `${message.replace(/\.$/u, '')}; next try in ${wait}`;
}
