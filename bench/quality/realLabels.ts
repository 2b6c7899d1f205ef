import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';

export type Split = 'dev' | 'test';
export type Label = 'yes' | 'maybe' | 'no';
export type Final = 'accept' | 'recurring' | 'refuse';

/** What two labellers said of one item, and what follows; see bench/labels/README.md. */
export interface LabelRow {
  readonly key: string;
  readonly failedKey?: string;
  readonly repo: string;
  readonly a: Label;
  readonly b: Label;
  readonly final: Final;
  readonly topics?: readonly string[];
  readonly quote?: string;
}

/** Label files as they lie in `bench/labels/real`. */
export const LABEL_FILES = [
  'prompts.dev.jsonl',
  'prompts.test.jsonl',
  'commands.jsonl',
  'fixes.dev.jsonl',
  'fixes.test.jsonl',
] as const;

/** The rows of one label file. */
export function readLabels(root: string, file: (typeof LABEL_FILES)[number]): readonly LabelRow[] {
  return readFileSync(path.join(root, 'bench', 'labels', 'real', file), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as LabelRow);
}

/** The rule of the adjudication. `recurs`: the items are things said, of which one `maybe` counts when it comes again. */
export function finalOf(a: Label, b: Label, recurs: boolean): Final {
  const rank = { no: 0, maybe: 1, yes: 2 } as const;
  const [low, high] = [Math.min(rank[a], rank[b]), Math.max(rank[a], rank[b])];
  if (high === 2 && low >= 1) return 'accept';
  return recurs && high >= 1 ? 'recurring' : 'refuse';
}

/** The key of an item from what names it. */
export function labelKey(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 16);
}

/** Which half a session of a repository belongs to, whatever else is known. */
export function splitOf(repo: string, session: string): Split {
  const digits = createHash('sha256')
    .update(repo + session)
    .digest('hex')
    .slice(0, 4);
  return Number.parseInt(digits, 16) % 2 === 0 ? 'dev' : 'test';
}
