import { readFileSync } from 'node:fs';
import { createSearchIndex, type SearchDocument } from '../../src/core/search/searchIndex';
import { splitOf } from './split';
import { meanOf, type Share } from './statistics';

/** LoCoMo: long dialogues in sessions, questions with the turns that answer them. Its data is CC BY-NC: never kept here. */

export interface LocomoScore {
  /** Share of a question's evidence sessions among the first 5, and 10, averaged over questions. */
  readonly at5: Share;
  readonly at10: Share;
  /** `at10` by category of question. */
  readonly categories: Readonly<Record<string, Share>>;
}

/** What others reach without a model: measured beside this project, and as published. */
export const LOCOMO_PEERS = {
  bm25At5: 0.882,
  bm25At10: 0.937,
  mempalaceHybridAt10: 0.889,
  mempalaceVectorsAt10: 0.924,
} as const;

export interface LocomoScores {
  readonly dev: LocomoScore;
  readonly test: LocomoScore;
  readonly all: LocomoScore;
}

/**
 * Reads `locomo10.json` and asks every question that names its evidence of the search the product has. The dialogues are
 * split in two; see `splitOf`.
 */
export function measureLocomo(file: string): LocomoScores {
  const answers = asList(JSON.parse(readFileSync(file, 'utf8')))
    .map(asRecord)
    .flatMap((sample) =>
      answersOf(sample).map((one) => ({ ...one, split: splitOf('locomo', textOf(sample['sample_id'])) })),
    );
  return {
    dev: scoreOf(answers.filter(({ split }) => split === 'dev')),
    test: scoreOf(answers.filter(({ split }) => split === 'test')),
    all: scoreOf(answers),
  };
}

interface Answer {
  readonly category: string;
  readonly at5: number;
  readonly at10: number;
}

function answersOf(sample: Readonly<Record<string, unknown>>): readonly Answer[] {
  const documents = sessionsOf(asRecord(sample['conversation']));
  const index = createSearchIndex(documents);
  return asList(sample['qa'])
    .map(asRecord)
    .flatMap((question) => {
      const evidence = new Set(
        asList(question['evidence'])
          .flatMap((one) => [...String(one).matchAll(/D(\d+):\d+/gu)].map(([, session = '']) => session))
          .filter((session) => documents.some(({ id }) => id === session)),
      );
      if (evidence.size === 0) return [];
      const found = index.search(textOf(question['question']), 10).map(({ id }) => id);
      const recall = (k: number): number => found.slice(0, k).filter((id) => evidence.has(id)).length / evidence.size;
      return [{ category: String(question['category']), at5: recall(5), at10: recall(10) }];
    });
}

function scoreOf(answers: readonly Answer[]): LocomoScore {
  const categories = [...new Set(answers.map(({ category }) => category))].sort();
  return {
    at5: meanOf(answers.map(({ at5 }) => at5)),
    at10: meanOf(answers.map(({ at10 }) => at10)),
    categories: Object.fromEntries(
      categories.map((name) => [
        name,
        meanOf(answers.filter(({ category }) => category === name).map(({ at10 }) => at10)),
      ]),
    ),
  };
}

function sessionsOf(conversation: Readonly<Record<string, unknown>>): readonly SearchDocument[] {
  return Object.entries(conversation).flatMap(([name, turns]) => {
    const id = /^session_(\d+)$/u.exec(name)?.[1];
    if (id === undefined || asList(turns).length === 0) return [];
    const parts = asList(turns)
      .map(asRecord)
      .map((turn) => ({
        speaker: textOf(turn['speaker']),
        text: `${textOf(turn['text'])} ${textOf(turn['blip_caption'])}`.trim(),
      }));
    return [{ id, title: '', at: dayOf(textOf(conversation[`${name}_date_time`])), parts }];
  });
}

const MONTHS = 'january february march april may june july august september october november december'.split(' ');

/** "1:56 pm on 8 May, 2023" as ISO; '' if it is something else. */
function dayOf(text: string): string {
  const [, day = '', name = '', year = ''] = /(\d{1,2}) (\w{3,9}),? (\d{4})/u.exec(text) ?? [];
  const month = MONTHS.indexOf(name.toLowerCase()) + 1;
  return month === 0 ? '' : `${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}T00:00:00.000Z`;
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
