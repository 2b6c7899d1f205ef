import { costRows, measureLoad, type CostRow } from '../../../bench/cost/cost';
import { PRICES } from '../../../src/core/model/prices';
import { say } from '../../process';
import { atMost, skipped, type Figure, type Measurement } from '../figure';
import { archives, withTranscripts } from '../transcripts';

/** Stores to dream with: an empty one, and one whose index is as long as it is ever told. */
const STORES = [
  ['empty', 0],
  ['full', 200],
] as const;
const MAX_PERCENT = 5;

/** What condensing, a small model, caching and batches save against sending raw logs to one large model. */
export const cost: Measurement = {
  name: 'cost',
  measure: async () => {
    if (archives().length === 0) return [skipped('cost', `<=${MAX_PERCENT}%`, 'no transcripts beside the checkout')];
    return withTranscripts(async (folder) => {
      const figures: Figure[] = [];
      for (const [store, memories] of STORES) {
        const load = await measureLoad(folder, memories);
        const rows = costRows(load);
        say(`# ${load.sessions} sessions, a store of ${memories} memories, prices of ${PRICES.asOf}`);
        say('# | what is sent | requests | input tokens | dollars to read | dollars in all | of the first |');
        for (const row of rows) say(`# ${lineOf(row, rows)}`);
        figures.push(
          atMost(`cost-of-raw-logs-to-one-large-model-${store}-store`, percentOf(rows[3], rows), MAX_PERCENT, '%'),
        );
        figures.push(atMost(`cost-in-batches-${store}-store`, percentOf(rows[4], rows), MAX_PERCENT, '%'));
      }
      return figures;
    });
  },
};

function lineOf(row: CostRow, rows: readonly CostRow[]): string {
  const { name, requests, inputTokens, readUsd, usd } = row;
  return `| ${name} | ${requests} | ${Math.round(inputTokens / 1000)}k | ${readUsd.toFixed(3)} | ${usd.toFixed(3)} | ${percentOf(row, rows).toFixed(2)} % |`;
}

function percentOf(row: CostRow | undefined, rows: readonly CostRow[]): number {
  return (100 * (row?.usd ?? Number.NaN)) / (rows[0]?.usd ?? Number.NaN);
}
