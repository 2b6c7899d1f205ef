import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { classifyStatement, type StatementKind } from './statement';
import { wilson, type Share } from './statistics';

/** MemPalace's labelled snippets: which kinds of memory does a short text hold, in four languages? */

/** What MemPalace's own extractor reaches on them, as measured beside this project. */
export const MEMPALACE_PEERS = {
  decision: { precision: 0.33, recall: 0.17 },
  preference: { precision: 1, recall: 0.11 },
} as const;

export interface SnippetScore {
  readonly language: string;
  readonly kind: StatementKind;
  readonly precision: Share;
  readonly recall: Share;
}

const FILES = { en: 'dataset.jsonl', de: 'dataset.de.jsonl', es: 'dataset.es.jsonl', zh: 'dataset.zh.jsonl' } as const;
const KINDS = ['decision', 'preference', 'fact'] as const;

/** Precision and recall per language and class, or undefined if the data is not beside the checkout. */
export function measureMempalace(root: string): readonly SnippetScore[] | undefined {
  const folder = path.join(root, '..', 'shared', 'data', 'bench', 'mempalace-memory-extraction');
  if (!existsSync(folder)) return undefined;
  const labels = new Map(
    (rows(path.join(folder, 'labels.jsonl')) as readonly LabelRow[]).map(({ id, memories }) => [
      id,
      new Set(memories.map(({ type }) => type)),
    ]),
  );
  return Object.entries(FILES).flatMap(([language, file]) => {
    const snippets = (rows(path.join(folder, file)) as readonly SnippetRow[]).map(({ id, text }) => ({
      found: new Set<string>(classifyStatement(text)),
      labelled: labels.get(id) ?? new Set<string>(),
    }));
    return KINDS.map((kind) => {
      const found = snippets.filter((one) => one.found.has(kind));
      const wanted = snippets.filter((one) => one.labelled.has(kind));
      const right = found.filter((one) => one.labelled.has(kind)).length;
      return { language, kind, precision: wilson(right, found.length), recall: wilson(right, wanted.length) };
    });
  });
}

interface SnippetRow {
  readonly id: string;
  readonly text: string;
}

interface LabelRow {
  readonly id: string;
  readonly memories: readonly { readonly type: string }[];
}

/** Published files, whose shape is known. */
function rows(file: string): readonly unknown[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line));
}
