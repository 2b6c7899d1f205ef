import type { Memory } from '../../memory/memory';
import type { Schema } from '../../memory/schema';
import type { Hasher } from '../../ports';
import { EXTRACT_PROMPT } from '../prompts/extract';
import { rendered, type Prompt } from '../prompts/prompt';
import { oneSpace } from '../text/words';
import { marked, type MarkedDocument } from './marked';

/** A change that a person did not want, and why. */
export interface PastRejection {
  readonly title: string;
  /** In their words; '' if they gave none. */
  readonly reason: string;
}

/** What every request of a dream begins with. */
export interface SharedContext {
  readonly schema: Schema;
  readonly memories: readonly Memory[];
  readonly rejections: readonly PastRejection[];
  /** What the user asked this dream to look at; '' if nothing. */
  readonly instructions: string;
  /** Tokens that fit into one request. */
  readonly window: number;
}

/** Part of a small window that the list of memories may take, in characters for each token. */
const INDEX_SHARE = 0.6;
const MAX_INDEX = 24_000;
const MAX_REJECTIONS = 40;
const MAX_SCHEMA = 8_000;

/** What is the same for every chunk, and so is paid for once: rules, categories, what is known, what was rejected. */
export function extractSystem(context: SharedContext, hasher: Hasher): string {
  const known: MarkedDocument[] = [{ source: 'memories that exist', text: index(context) }];
  return system(EXTRACT_PROMPT, context, known, hasher);
}

/** The shared beginning of a prompt: its rules, then the user's schema and wishes, then what others wrote, marked. */
export function system(
  prompt: Prompt,
  context: SharedContext,
  documents: readonly MarkedDocument[],
  hasher: Hasher,
): string {
  const { schema, rejections, instructions } = context;
  const rejected = rejectionText(rejections);
  const all = [...documents, ...(rejected === '' ? [] : [{ source: 'changes that were rejected', text: rejected }])];
  return [
    rendered(prompt),
    `Categories:\n${categories(schema)}`,
    schema.instructions === ''
      ? ''
      : `What the owners of this memory ask for:\n${schema.instructions.slice(0, MAX_SCHEMA)}`,
    instructions === '' ? '' : `What the user asks of this run:\n${instructions}`,
    rejected === '' ? '' : 'Do not bring back what was rejected, and take the reasons as a guide to what is wanted.',
    marked(all, hasher),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** The names of the categories that are switched on. */
export function enabledCategories(schema: Schema): readonly string[] {
  return schema.categories.filter(({ enabled }) => enabled).map(({ name }) => name);
}

function categories(schema: Schema): string {
  return schema.categories
    .filter(({ enabled }) => enabled)
    .map(({ name, description, ignore }) => {
      const without = ignore.length === 0 ? '' : ` Leave out: ${ignore.slice(0, 20).join('; ')}.`;
      return `- ${name}: ${oneSpace(description)}${without}`;
    })
    .join('\n');
}

/** One line a memory; archived ones are not told. Where there are too many, the later ones are left out. */
function index({ memories, window }: SharedContext): string {
  const lines: string[] = [];
  let room = Math.min(MAX_INDEX, window * INDEX_SHARE);
  for (const { scope, category, slug, description } of memories) {
    if (scope.kind === 'archive') continue;
    const line = `${category}/${slug}: ${oneSpace(description).slice(0, 160)}`;
    room -= line.length + 1;
    if (room < 0) break;
    lines.push(line);
  }
  return lines.length === 0 ? '(none)' : lines.join('\n');
}

function rejectionText(rejections: readonly PastRejection[]): string {
  return rejections
    .slice(0, MAX_REJECTIONS)
    .map(
      ({ title, reason }) =>
        `- ${oneSpace(title).slice(0, 120)}${reason === '' ? '' : ` (${oneSpace(reason).slice(0, 200)})`}`,
    )
    .join('\n');
}
