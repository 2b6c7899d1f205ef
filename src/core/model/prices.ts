import type { ModelUsage } from './languageModel';

/** US dollars per million tokens. */
export interface TokenPrice {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  /** Kept for five minutes. */
  readonly cacheWrite: number;
  /** Kept for an hour. */
  readonly cacheWriteHour: number;
}

export interface ModelPrice extends TokenPrice {
  /** What every token of a request costs whose prompt is longer than this. */
  readonly long?: { readonly above: number; readonly price: TokenPrice };
}

export interface PriceTable {
  /** YYYY-MM-DD: when the prices were read. */
  readonly asOf: string;
  /** By model id; an id that only adds a date to one of these costs the same. */
  readonly models: Readonly<Record<string, ModelPrice>>;
}

/** What a user may say about prices; whatever is left out stays as it is in the table. */
export type PriceOverrides = Readonly<Record<string, Partial<TokenPrice>>>;

const MILLION = 1_000_000;

function price(input: number, output: number, cacheRead: number): TokenPrice {
  // What is written to the cache costs 1.25 times the input for five minutes, twice for an hour.
  return { input, output, cacheRead, cacheWrite: input * 1.25, cacheWriteHour: input * 2 };
}

/** List prices of Anthropic's API. They are not in the API: a table with a date, which the user can correct. */
export const PRICES: PriceTable = {
  asOf: '2026-11-20',
  models: {
    'claude-haiku-5-5': { ...price(0.1, 0.5, 0.01), long: { above: 100_000, price: price(0.5, 2.5, 0.05) } },
    'claude-haiku-4-5': price(1, 5, 0.1),
    'claude-sonnet-5-5': price(2, 10, 0.1),
    'claude-sonnet-5': price(2, 10, 0.2),
    'claude-sonnet-4-6': price(3, 15, 0.3),
    'claude-opus-5-5': price(4, 20, 0.2),
    'claude-opus-5': price(5, 25, 0.5),
    'claude-opus-4-8': price(5, 25, 0.5),
    'claude-fable-5-2': price(8, 40, 0.2),
    'claude-fable-5-1': price(10, 50, 0.25),
  },
};

/** The table with the user's own prices. A model that only the user names needs input and output at least. */
export function withOverrides(table: PriceTable, overrides: PriceOverrides): PriceTable {
  const models: Record<string, ModelPrice> = { ...table.models };
  for (const [model, given] of Object.entries(overrides)) {
    const known = table.models[model];
    const base = known ?? (given.input === undefined || given.output === undefined ? undefined : ownPrice(given));
    if (base !== undefined) models[model] = { ...base, ...given };
  }
  return { ...table, models };
}

function ownPrice({ input = 0, output = 0 }: Partial<TokenPrice>): TokenPrice {
  return price(input, output, input / 10);
}

/** What this model costs for a prompt of that many tokens, or undefined if the table does not know it. */
export function priceOf(table: PriceTable, model: string, promptTokens: number): TokenPrice | undefined {
  const known = table.models[model] ?? table.models[model.replace(/-\d{8}$/u, '')];
  return known?.long !== undefined && promptTokens > known.long.above ? known.long.price : known;
}

/** The dearest of the table: what a model is taken to cost that nobody knows the price of. */
export function dearest(table: PriceTable): TokenPrice {
  return Object.values(table.models).reduce<TokenPrice>(
    (worst, one) => (one.output > worst.output ? one : worst),
    price(0, 0, 0),
  );
}

/** US dollars of this usage. `hour`: its cache is kept for an hour. */
export function usdOf(usage: ModelUsage, cost: TokenPrice, hour = false): number {
  const written = usage.cacheWrite * (hour ? cost.cacheWriteHour : cost.cacheWrite);
  const rest = usage.input * cost.input + usage.output * cost.output + usage.cacheRead * cost.cacheRead;
  return (rest + written) / MILLION;
}
