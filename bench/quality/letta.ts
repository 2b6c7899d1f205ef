import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { rankStored, supersededBy } from '../../src/core/dream/offline/supersession';

/**
 * Letta's core_memory_update: ten stored facts, one new that contradicts some of them; which? The stores (items share
 * them) are split in two, every second by code units: weights were fitted on `dev`, never on `test`.
 */

interface Item {
  readonly facts: readonly string[];
  readonly statement: string;
  readonly superseded: ReadonlySet<number>;
  readonly store: string;
}

export interface LettaScore {
  readonly n: number;
  /** Share of items whose best ranked fact is a superseded one. */
  readonly top1: number;
  /** Of pairs (new statement, stored fact), by what the product decides: at most one per statement. */
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** Share of new statements that supersede something in a store which they do not belong to: goal 0. */
  readonly falseRate: number;
}

export interface LettaScores {
  readonly dev: LettaScore;
  readonly test: LettaScore;
  readonly all: LettaScore;
}

/** What plain methods reach on the same items, as measured beside this project. */
export const LETTA_PEERS = { bm25Top1: 0.946, jaccardTop1: 0.947, jaccardF1: 0.845, jaccard90Recall: 0.011 } as const;

/** The scores, or undefined if the data is not there. `root` is the project's folder. */
export function measureLetta(root: string): LettaScores | undefined {
  const file = path.join(root, '..', 'shared', 'data', 'bench', 'letta-core-memory', 'core_memory_update.jsonl');
  if (!existsSync(file)) return undefined;
  const items = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map(itemOf);
  const stores = [...new Set(items.map((item) => item.store))].sort();
  const halves = [0, 1].map((half) => new Set(stores.filter((_, index) => index % 2 === half)));
  const [dev, test] = halves.map((half) => score(items.filter((item) => half.has(item.store))));
  if (dev === undefined || test === undefined) return undefined;
  return { dev, test, all: score(items) };
}

function itemOf(line: string): Item {
  // Our own copy of a published file; its shape is known.
  const { extra } = (JSON.parse(line) as { agent_args: { extra: RawItem } }).agent_args;
  return {
    facts: extra.facts,
    statement: extra.contradicting_fact.replace(/^"|"$/gu, ''),
    superseded: new Set(extra.supporting_fact_indices),
    store: extra.facts.join('\n'),
  };
}

interface RawItem {
  readonly facts: readonly string[];
  readonly contradicting_fact: string;
  readonly supporting_fact_indices: readonly number[];
}

function score(items: readonly Item[]): LettaScore {
  const stores = [...new Set(items.map((item) => item.store))].sort();
  let [first, right, chosen, wanted, wrong] = [0, 0, 0, 0, 0];
  for (const [index, item] of items.entries()) {
    wanted += item.superseded.size;
    if (item.superseded.has(rankStored(item.statement, item.facts)[0]?.index ?? -1)) first += 1;
    const picked = supersededBy(item.statement, item.facts);
    if (picked !== undefined) chosen += 1;
    if (picked !== undefined && item.superseded.has(picked)) right += 1;
    const other = stores[(stores.indexOf(item.store) + 1 + (index % 7)) % stores.length] ?? '';
    if (supersededBy(item.statement, other.split('\n')) !== undefined) wrong += 1;
  }
  const [precision, recall] = [right / chosen, right / wanted];
  return {
    n: items.length,
    top1: first / items.length,
    precision,
    recall,
    f1: (2 * precision * recall) / (precision + recall),
    falseRate: wrong / items.length,
  };
}
