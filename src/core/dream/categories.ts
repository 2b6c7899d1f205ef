import { DEFAULT_SCHEMA_TEXT } from '../memory/defaultTexts';
import { parseSchema } from '../memory/schema';
import type { Category, Schema } from '../memory/schema';
import type { Note } from './miner';

export type Choice =
  { readonly kind: 'category'; readonly category: Category } | { readonly kind: 'none'; readonly reason: string };

/** Where a claim goes when no cue of the schema speaks; the first enabled one of a row is taken. */
const FALLBACK: readonly { readonly about: RegExp; readonly categories: readonly string[] }[] = [
  {
    about:
      /\b(?:answers?|repl(?:y|ies)|respon[ds]e?|explain|explanations?|summar(?:y|ies|ize|ise)|verbose|concise|brief|short|tone|emojis?|apologi[sz]e|language|english|german|spanish|french|ask me|tell me|show me|talk|i (?:like|prefer|want))\b/iu,
    categories: ['preferences', 'conventions'],
  },
  {
    about:
      /\b(?:before|after|then|first|whenever|every time|each time)\b.{0,80}\b(?:commit|push|merge|release|deploy|review|pr|pull request|changelog|tests?|lint|build)/iu,
    categories: ['workflows', 'conventions'],
  },
];
const LAST_RESORT = ['conventions', 'preferences', 'facts'] as const;

/**
 * The category of a claim, as the schema steers it: the enabled category whose longest cue is in the text; without a
 * cue, the fallback order. A category whose `ignore` phrase is in the text does not take it, and then nothing does.
 */
export function chooseCategory(schema: Schema, text: string, preferred: readonly string[] = []): Choice {
  const enabled = schema.categories.filter((category) => category.enabled);
  const byCue = longestCue(enabled, text);
  const names = [
    ...preferred,
    ...FALLBACK.flatMap((row) => (row.about.test(text) ? row.categories : [])),
    ...LAST_RESORT,
  ];
  const category =
    byCue ?? names.map((name) => enabled.find((one) => one.name === name)).find((one) => one !== undefined);
  if (category === undefined) return { kind: 'none', reason: 'no enabled category of the schema fits' };
  const ignored = category.ignore.find((phrase) => hasPhrase(text, phrase));
  if (ignored !== undefined) return { kind: 'none', reason: `the schema ignores “${ignored}” in ${category.name}` };
  return { kind: 'category', category };
}

/**
 * The category of a rule that somebody stated. What went wrong without it is its reason, not its kind: the cues of the
 * default schema are looked for in the rule alone, and none of them makes a pitfall of it; cues added by hand also count
 * in the words around it.
 */
export function categoryOfRule(
  schema: Schema,
  said: { readonly rule: string; readonly quote: string },
  preferred: readonly string[] = [],
): Choice {
  const added = new Set(addedCues(schema));
  const steered: Schema = {
    ...schema,
    categories: schema.categories.map((category) => ({
      ...category,
      cues: category.cues.filter(
        (cue) =>
          added.has(cue) || (category.name !== 'pitfalls' && category.name !== 'commands' && hasPhrase(said.rule, cue)),
      ),
    })),
  };
  return chooseCategory(steered, `${said.quote} ${said.rule}`, preferred);
}

/** The first enabled category of a row: for what was observed, where nobody's words could steer. */
export function placeIn(schema: Schema, names: readonly string[], text: string): Choice {
  const category = names
    .map((name) => schema.categories.find((one) => one.name === name && one.enabled))
    .find((one) => one !== undefined);
  if (category === undefined)
    return { kind: 'none', reason: `the schema has no enabled category among ${names.join(', ')}` };
  const ignored = category.ignore.find((phrase) => hasPhrase(text, phrase));
  if (ignored !== undefined) return { kind: 'none', reason: `the schema ignores “${ignored}” in ${category.name}` };
  return { kind: 'category', category };
}

/**
 * The cues that somebody added to the schema by hand. Such a phrase says that what it marks is worth keeping; the cues
 * of the default schema only tell categories apart.
 */
export function addedCues(schema: Schema): readonly string[] {
  const known = addedBySchema.get(schema);
  if (known !== undefined) return known;
  const given = new Set(parseSchema(DEFAULT_SCHEMA_TEXT).categories.flatMap((category) => category.cues));
  const added = schema.categories
    .filter((category) => category.enabled)
    .flatMap((category) => category.cues)
    .filter((cue) => !given.has(cue));
  addedBySchema.set(schema, added);
  return added;
}

/** A schema does not change once it is read, and every rule asks. */
const addedBySchema = new WeakMap<Schema, readonly string[]>();

/** Why the schema keeps a finding out, or undefined if it lets it in. */
export function schemaObjection(schema: Schema, note: Note, sessions: number): string | undefined {
  const { category: name } = note.finding;
  const category = schema.categories.find((one) => one.name === name);
  if (category === undefined) return `the schema has no category ${name}`;
  if (!category.enabled) return `the schema switches ${name} off`;
  if (sessions < category.minSessions) return `${name} needs ${category.minSessions} sessions, seen in ${sessions}`;
  return undefined;
}

function longestCue(enabled: readonly Category[], text: string): Category | undefined {
  let best: { readonly category: Category; readonly length: number } | undefined;
  for (const category of enabled) {
    for (const cue of category.cues) {
      if (hasPhrase(text, cue) && cue.length > (best?.length ?? 0)) best = { category, length: cue.length };
    }
  }
  return best?.category;
}

/** True if the phrase stands in the text, case and white space aside, from word border to word border. */
export function hasPhrase(text: string, phrase: string): boolean {
  const [hay, needle] = [fold(text), fold(phrase)];
  if (needle === '') return false;
  for (let at = hay.indexOf(needle); at >= 0; at = hay.indexOf(needle, at + 1)) {
    if (isEdge(hay, at - 1, needle, 0) && isEdge(hay, at + needle.length, needle, needle.length - 1)) return true;
  }
  return false;
}

/** A phrase starts and ends at word borders where the script has them. */
function isEdge(hay: string, beside: number, needle: string, own: number): boolean {
  const [outer, inner] = [hay.charAt(beside), needle.charAt(own)];
  const word = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}]/u;
  return !(word.test(outer) && word.test(inner));
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/[’]/gu, "'").replace(/\s+/gu, ' ').trim();
}
