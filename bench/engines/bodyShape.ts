import { listAt, objectAt, textAt } from '../../test/fakes/anthropic/json';
import { CONSOLIDATE_PROMPT } from '../../src/core/dream/prompts/consolidate';
import { EXTRACT_PROMPT } from '../../src/core/dream/prompts/extract';
import { isAboutChanges, promptOf } from './requests';

/** Texts that others wrote, and where they must not be. */
export interface Foreign {
  /** Lines of sessions: nowhere but in a marked document. */
  readonly lines: readonly string[];
  /** Output of calls that went well: nowhere. */
  readonly outputs: readonly string[];
  /** A word of the texts of memories: in questions about changes only. */
  readonly inMemories: string;
}

const FIELDS = new Set(['model', 'max_tokens', 'system', 'messages', 'output_config', 'stream']);
const DOCUMENT = /<(document-[0-9a-f]{20}) index="\d{1,2}" source="([^"]{1,60})">\n([^]*?)\n<\/\1>/gu;
const SOURCES: Readonly<Record<'extract' | 'consolidate', readonly string[]>> = {
  extract: ['part of a session'],
  consolidate: ['findings', 'memories on these topics'],
};
const SHARED = new Set(['memories that exist', 'changes that were rejected']);
/** How a line of a condensed session begins: its head, a beat, an entry, or the indent of what belongs to one. */
const LINE = /^(?:# session of |# the session ended as |## beat \d+, |\[\d+ [^\]]{1,120}\]|\s)/u;

/** Why this body is more than prompts, categories, the index and marked documents; undefined if it is not. */
export function problemOfBody(body: unknown, foreign: Foreign): string | undefined {
  const strange = Object.keys(Object(body) as object).find((field) => !FIELDS.has(field));
  if (strange !== undefined) return `the field ${strange}`;
  const [system, ...more] = listAt(body, 'system');
  if (more.length > 0 || listAt(body, 'messages').length !== 1) return 'more than one system text and one message';
  const asks = isAboutChanges(body) ? 'consolidate' : 'extract';
  const [head, prompt] = [apart(textAt(system, 'text') ?? ''), apart(promptOf(body))];
  const question = asks === 'extract' ? EXTRACT_PROMPT.question : CONSOLIDATE_PROMPT.question;
  if (prompt.outside.trim() !== question) return `beside the documents: ${prompt.outside.trim().slice(0, 200)}`;
  const sources = prompt.documents.map(({ source }) => source);
  if (sources.join() !== SOURCES[asks].join()) return `documents of other sources: ${sources.join()}`;
  const beside = head.documents.find(({ source }) => !SHARED.has(source));
  if (beside !== undefined) return `a document in front of all questions: ${beside.source}`;
  const outside = `${head.outside}\n${JSON.stringify(objectAt(body, 'output_config') ?? {})}`;
  const leaked = foreign.lines.find((line) => outside.includes(line));
  if (leaked !== undefined) return `outside a marked document: ${leaked.slice(0, 200)}`;
  if (asks === 'consolidate') return undefined;
  const text = prompt.documents.map((document) => document.text).join('\n');
  const odd = text.split('\n').find((line) => !LINE.test(line));
  if (odd !== undefined) return `a line that is no entry: ${odd.slice(0, 200)}`;
  if (JSON.stringify(body).includes(foreign.inMemories)) return 'the text of a memory in a question about a session';
  const flat = oneSpace(text);
  const output = foreign.outputs.find((one) => flat.includes(oneSpace(one)));
  return output === undefined ? undefined : `output of a call that went well: ${output.slice(0, 200)}`;
}

interface Document {
  readonly source: string;
  readonly text: string;
}

/** The marked documents of a text, and all that stands between them. */
function apart(text: string): { readonly documents: readonly Document[]; readonly outside: string } {
  const documents = [...text.matchAll(DOCUMENT)].map(([, , source = '', inner = '']) => ({ source, text: inner }));
  return { documents, outside: text.replace(DOCUMENT, '') };
}

function oneSpace(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}
