import { AgentDreamsError } from '../errors';
import type { ModelRequest, ModelRole, ModelTraits, ModelUsage } from './languageModel';
import { dearest, priceOf, PRICES, usdOf, type PriceTable, type TokenPrice } from './prices';
import { tokensAtMost } from './tokens';

/** What one model cost in one role. Tokens as the provider counted them. */
export interface UsageLine extends ModelUsage {
  readonly role: ModelRole;
  readonly model: string;
  readonly requests: number;
  /** US dollars by the price table; 0 where a plan or quota pays. */
  readonly usd: number;
}

export interface BudgetOptions {
  /** US dollars that one dream may cost. */
  readonly capUsd: number;
  readonly traits: ModelTraits;
  readonly prices?: PriceTable;
}

/** How requests are sent: a batch costs part of the price and keeps its cache for an hour. */
export type Sending = 'one' | 'batch';

/**
 * What a dream may cost, and what it did. Before a request its upper bound is set aside: as long as providers bill what
 * they count, the sum never passes the cap.
 */
export class Budget {
  readonly #options: Required<BudgetOptions>;
  readonly #lines = new Map<string, UsageLine>();
  #reserved = 0;
  #spent = 0;

  constructor(options: BudgetOptions) {
    this.#options = { prices: PRICES, ...options };
  }

  /** US dollars so far. */
  get spentUsd(): number {
    return this.#spent;
  }

  get capUsd(): number {
    return this.#options.capUsd;
  }

  /** The most that this request can cost. */
  atMost(request: ModelRequest, sending: Sending = 'one'): number {
    const input = tokensAtMost(request.system) + tokensAtMost(request.prompt) + schemaTokens(request);
    const cost = this.#price(this.#options.traits.model[request.role], input);
    const written = { input: 0, output: request.maxOutputTokens, cacheRead: 0, cacheWrite: input };
    return usdOf(written, cost, sending === 'batch') * this.#factor(sending);
  }

  /** Sets so much aside, or says that it would pass the cap. Give it back with `release` when the usage is known. */
  reserve(usd: number): boolean {
    if (usd > 0 && this.#spent + this.#reserved + usd > this.#options.capUsd) return false;
    this.#reserved += usd;
    return true;
  }

  release(usd: number): void {
    this.#reserved = Math.max(0, this.#reserved - usd);
  }

  /** Adds what was used; returns its price in US dollars. */
  spend(role: ModelRole, usage: ModelUsage, answering: string, sending: Sending = 'one'): number {
    const model = answering === '' ? this.#options.traits.model[role] : answering;
    const cost = this.#price(model, usage.input + usage.cacheRead + usage.cacheWrite);
    const usd = usdOf(usage, cost, sending === 'batch') * this.#factor(sending);
    this.#spent += usd;
    const key = `${role}\n${model}`;
    const line = this.#lines.get(key);
    this.#lines.set(key, {
      role,
      model,
      requests: (line?.requests ?? 0) + 1,
      input: (line?.input ?? 0) + usage.input,
      output: (line?.output ?? 0) + usage.output,
      cacheRead: (line?.cacheRead ?? 0) + usage.cacheRead,
      cacheWrite: (line?.cacheWrite ?? 0) + usage.cacheWrite,
      usd: (line?.usd ?? 0) + usd,
    });
    return usd;
  }

  /** What was used, by role and model. */
  ledger(): readonly UsageLine[] {
    return [...this.#lines.values()];
  }

  /** What to throw where nothing more can be asked. */
  exceeded(): AgentDreamsError {
    const { capUsd } = this.#options;
    return new AgentDreamsError('over-budget', 'The next request could cost more than this dream may.', {
      capUsd,
      spentUsd: this.#spent,
    });
  }

  #price(model: string, promptTokens: number): TokenPrice {
    const { prices } = this.#options;
    return priceOf(prices, model, promptTokens) ?? dearest(prices);
  }

  /** Half the price is for what goes through a batch; what a plan or quota pays costs nothing either way. */
  #factor(sending: Sending): number {
    const { engine, priceFactor } = this.#options.traits;
    return sending === 'one' && engine === 'claude-batch' ? 1 : priceFactor;
  }
}

function schemaTokens({ schema }: ModelRequest): number {
  // The provider writes the schema into the prompt, with a frame around it.
  return tokensAtMost(JSON.stringify(schema)) + 600;
}
