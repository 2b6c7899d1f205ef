import type { Hasher } from '../../ports';

/** A text that others wrote, shown to a model as something to read. */
export interface MarkedDocument {
  /** Says what it is; written by this program, never by the text's author. */
  readonly source: string;
  readonly text: string;
}

/** What of a text shows nothing: format and control characters, private use, the tags that spell unseen instructions. */
const UNSEEN = /[\p{Cf}\p{Co}\u{E0000}-\u{E0FFF}]|(?![\n\t])\p{Cc}/gu;

/**
 * The documents, each between a pair of tags that no author can write: the tag's name is a hash over all of the texts, so
 * whoever would close it has to know a hash of their own words. Texts stay as they are, so that they can be quoted; only
 * what nobody can see is left out. Same documents, same marks.
 */
export function marked(documents: readonly MarkedDocument[], hasher: Hasher): string {
  const clean = documents.map(({ source, text }) => ({ source, text: seen(text) }));
  const tag = tagFor(
    clean.map(({ text }) => text),
    hasher,
  );
  return clean
    .map(({ source, text }, index) => `<${tag} index="${index + 1}" source="${attribute(source)}">\n${text}\n</${tag}>`)
    .join('\n\n');
}

/** The text without what nobody can see. */
export function seen(text: string): string {
  return text.replace(UNSEEN, '');
}

function tagFor(texts: readonly string[], hasher: Hasher): string {
  let tag = '';
  for (let round = 0; tag === '' || texts.some((text) => text.includes(tag)); round += 1)
    tag = `document-${hasher.sha256(JSON.stringify([round, ...texts])).slice(0, 20)}`;
  return tag;
}

function attribute(text: string): string {
  return text.replace(/[^\p{L}\p{N} _.:/,()#-]/gu, ' ').slice(0, 200);
}
