import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ModelUsage } from '../../src/core/model/languageModel';
import { priceOf, PRICES, usdOf } from '../../src/core/model/prices';
import { estimateTokens } from '../../src/core/model/tokens';
import { sendCorpus } from '../engines/sentTokens';

/** What one dream over each of several projects would send, in tokens as the product estimates them. */
export interface Load {
  readonly sessions: number;
  /** Of each session's log as it is. */
  readonly raw: readonly number[];
  /** Of each question about a session, by project: they share their beginning. */
  readonly dreams: readonly { readonly shared: number; readonly questions: readonly number[] }[];
}

export interface CostRow {
  readonly name: string;
  readonly requests: number;
  readonly inputTokens: number;
  /** US dollars for reading the sessions, and in all. */
  readonly readUsd: number;
  readonly usd: number;
}

/** A window of a million tokens, less the rules and the answer. */
const WINDOW = 900_000;
/** No provider is known to keep a shorter beginning. */
const MIN_CACHED = 4_096;
/** The same for all rows: tokens of an answer about a session, and of the questions about changes that follow from it. */
const ANSWER = 700;
const FINDINGS = 2.5;
const CHANGES = { findings: 20, input: 5_000, output: 2_500 } as const;

/** Measures what is sent over the logs of projects, one folder each, with a store of so many memories. */
export async function measureLoad(folder: string, memories: number): Promise<Load> {
  const raw: number[] = [];
  const dreams: { shared: number; questions: readonly number[] }[] = [];
  for (const name of readdirSync(folder).sort()) {
    const sent = await sendCorpus(path.join(folder, name), memories);
    if (sent.requests === 0) continue;
    for (const file of sent.sources) raw.push(estimateTokens(readFileSync(file, 'utf8')));
    dreams.push({ shared: estimateTokens(sent.shared), questions: sent.texts.map(estimateTokens) });
  }
  return { sessions: raw.length, raw, dreams };
}

/** What each step of the design saves, one after the other, at list prices. */
export function costRows(load: Load): readonly CostRow[] {
  const { raw, dreams } = load;
  const shared = Math.max(...dreams.map((dream) => dream.shared));
  const parts = raw.flatMap((tokens) =>
    Array<number>(Math.ceil(tokens / WINDOW)).fill(tokens / Math.ceil(tokens / WINDOW)),
  );
  const whole = [{ shared, questions: parts }];
  const [large, middle, small] = ['claude-opus-5-5', 'claude-sonnet-5-5', 'claude-haiku-5-5'];
  return [
    rowOf('raw logs to one large model', whole, { reads: large, changes: large }),
    rowOf('+ condensed', dreams, { reads: large, changes: large }),
    rowOf('+ a small model reads, a middle one consolidates', dreams, { reads: small, changes: middle }),
    rowOf('+ the shared beginning cached (engine claude)', dreams, { reads: small, changes: middle, isCached: true }),
    rowOf('or in batches (engine claude-batch)', dreams, { reads: small, changes: middle, factor: 0.5 }),
  ];
}

interface How {
  readonly reads: string;
  readonly changes: string;
  readonly isCached?: boolean;
  /** Part of the list price for the questions about sessions. */
  readonly factor?: number;
}

function rowOf(name: string, dreams: Load['dreams'], how: How): CostRow {
  const { reads, changes, isCached = false, factor = 1 } = how;
  let [requests, inputTokens, readUsd, changesUsd] = [0, 0, 0, 0];
  const priced = (model: string, usage: ModelUsage): number => {
    const input = usage.input + usage.cacheRead + usage.cacheWrite;
    const price = priceOf(PRICES, model, input);
    if (price === undefined) throw new Error(`${model} has no price`);
    requests += 1;
    inputTokens += input;
    return usdOf(usage, price);
  };
  for (const { shared, questions } of dreams) {
    const cached = isCached && shared >= MIN_CACHED ? shared : 0;
    for (const [at, tokens] of questions.entries()) {
      const kept = { cacheRead: at > 0 ? cached : 0, cacheWrite: at === 0 ? cached : 0 };
      readUsd += factor * priced(reads, { input: tokens + shared - cached, output: ANSWER, ...kept });
    }
    const clusters = Math.ceil((questions.length * FINDINGS) / CHANGES.findings);
    for (let at = 0; at < clusters; at += 1)
      changesUsd += priced(changes, { input: CHANGES.input, output: CHANGES.output, cacheRead: 0, cacheWrite: 0 });
  }
  return { name, requests, inputTokens, readUsd, usd: readUsd + changesUsd };
}
