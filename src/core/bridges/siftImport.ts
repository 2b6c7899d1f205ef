import type { DirectChange } from '../dream/direct';
import { categoryOfRule } from '../dream/categories';
import { hasSameMeaning, knowledge } from '../dream/knowledge';
import { topicWords } from '../dream/offline/rule';
import { relationOf } from '../dream/offline/supersession';
import { slugFrom } from '../dream/offline/slugFrom';
import { SAME_TOPIC, sameTopic } from '../dream/text/similarity';
import { differsInValue } from '../dream/text/slots';
import { StemIndex } from '../dream/text/stemIndex';
import { contentStems } from '../dream/text/words';
import { claimOf } from '../dream/memoryText';
import type { Memory } from '../memory/memory';
import type { Schema } from '../memory/schema';
import { memoryPath } from '../memory/storePath';
import type { Hasher } from '../ports';
import type { Importable } from './bridge';
import { toSlug } from '../memory/slug';

/** What becomes of one thing that a file tells. */
export type Sifted =
  | {
      readonly kind: 'new';
      readonly item: Importable;
      readonly change: Extract<DirectChange, { kind: 'add' }>;
      /** A memory that says otherwise: for the reviewer to settle. */
      readonly against?: string;
    }
  /** A memory, or something before it in the same files, says it already. */
  | { readonly kind: 'known'; readonly item: Importable; readonly path: string }
  /** The schema has no place for it. */
  | { readonly kind: 'unwanted'; readonly item: Importable; readonly reason: string };

export interface SiftInput {
  readonly items: readonly Importable[];
  /** The accepted ones. */
  readonly memories: readonly Memory[];
  readonly schema: Schema;
  readonly hasher: Hasher;
  /** ISO 8601 UTC. */
  readonly now: string;
}

/**
 * Which of the things that files tell are new, each with the change that a reviewer would see. What says the same as a
 * memory or as an earlier one is known; where a memory says otherwise, that is said. Pure, in the order of the items.
 */
export function siftImport(input: SiftInput): readonly Sifted[] {
  const known = knowledge({ memories: input.memories, instructionFiles: [] });
  const earlier: { readonly item: Importable; readonly claim: string; readonly stems: ReadonlySet<string> }[] = [];
  const index = new StemIndex();
  return input.items.map((item): Sifted => {
    const claim = claimOf(item);
    const stems = contentStems(`${item.description} ${claim}`);
    const related = known.index
      .sharing(stems, SAME_TOPIC.minShared)
      .flatMap((at) => known.memories[at] ?? [])
      .filter((one) => sameTopic(stems, one.stems));
    const same = related.find((one) => says(claim, stems, claimOf(one.memory), one.stems));
    if (same !== undefined) return { kind: 'known', item, path: same.memory.path };
    const twice = index
      .sharing(stems, 1)
      .flatMap((at) => earlier[at] ?? [])
      .find((one) => says(claim, stems, one.claim, one.stems));
    if (twice !== undefined) return { kind: 'known', item, path: `${twice.item.file}:${twice.item.line}` };
    const choice = categoryFor(item, input.schema);
    if (typeof choice !== 'string' && 'reason' in choice) return { kind: 'unwanted', item, reason: choice.reason };
    index.add(stems);
    earlier.push({ item, claim, stems });
    const against = related.find(
      ({ memory }) => memory.scope.kind !== 'archive' && relationOf(claim, claimOf(memory), false) === 'superseded',
    )?.memory;
    return {
      kind: 'new',
      item,
      change: changeOf(item, choice, against, input),
      ...(against === undefined ? {} : { against: against.path }),
    };
  });
}

function says(claim: string, stems: ReadonlySet<string>, other: string, otherStems: ReadonlySet<string>): boolean {
  return hasSameMeaning(stems, otherStems) && !differsInValue(claim, other);
}

function categoryFor(item: Importable, schema: Schema): string | { readonly reason: string } {
  const spoken = schema.categories.find((one) => one.enabled && one.name === item.category);
  if (spoken !== undefined) return spoken.name;
  const quote = `${item.heading} ${item.description}`;
  const choice = categoryOfRule(schema, { rule: item.body.slice(0, 2_000), quote });
  return choice.kind === 'none' ? { reason: choice.reason } : choice.category.name;
}

function changeOf(
  item: Importable,
  category: string,
  against: Memory | undefined,
  { hasher, now }: SiftInput,
): Extract<DirectChange, { kind: 'add' }> {
  const where = `${item.file}:${item.line}`;
  const lines = item.lastLine > item.line ? `lines ${item.line} to ${item.lastLine}` : `line ${item.line}`;
  const name = toSlug(item.name ?? slugFrom(topicWords(item.description), item.body, hasher));
  return {
    kind: 'add',
    category,
    name,
    // What is about the person stays theirs, whatever the category is for everybody else.
    ...(item.personal ? { path: memoryPath({ kind: 'personal' }, category, name) } : {}),
    description: item.description,
    body: item.body,
    ...(item.paths.length === 0 ? {} : { paths: item.paths }),
    rationale: `${item.file} says so in ${lines}.`,
    ...(against === undefined ? {} : { against: { path: against.path, said: against.description } }),
    evidence: [{ kind: 'check', subject: where, verdict: 'fresh', detail: item.quote, at: now }],
  };
}
