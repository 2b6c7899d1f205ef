/** Words of one field: a statement on a degree speaks of studies, whatever its verb. In the plain form of the word. */
const FIELDS: readonly string[] = [
  'enjoy love like prefer dislike hate avoid passion passionate avid interest hobby fond fan favorite favourite spend oppose support advocate champion',
  'write author publish wrote pen book novel article essay',
  'born live reside move grew raise native hometown home city town lived',
  'study graduate attend degree phd alumni university college school student academic doctorate bachelor master educate taught',
  'met meet',
  'collaborate co together partner joint found',
  'award recipient prize win won nominate honor medal',
  'sibling brother sister child married wife husband parent cousin twin family',
  'fluent language english french german spanish italian portuguese chinese mandarin japanese russian arabic dutch korean bilingual multilingual',
  'volunteer community charity mentor',
  'known recognize renowned famous reputation',
];
/** Verbs that say the same kind of thing of their subject. */
const VERBS: readonly string[] = [
  'is was are works serves',
  'enjoys loves likes prefers dislikes hates avoids passionate avid',
  'writes author publishes wrote',
  'born lives resides moves grew raised',
  'studies graduates attends holds earned alumni received',
  'met meets',
  'collaborates work co',
];
const STOP: ReadonlySet<string> = new Set(
  (
    'a an the of in on at to for and or is was were are be been being by with from as that this which who whom whose it ' +
    'its his her their they he she has have had once later also into during about not never no instead only while but both'
  ).split(' '),
);
/** Words between a subject and what is said of it. */
const AUXILIARY: ReadonlySet<string> = new Set(
  (
    'is was are were has have had may might could also actually once both been be only often currently now never did ' +
    'does not can will would frequently recently first no'
  ).split(' '),
);
const SUFFIXES = ['ations', 'ation', 'ingly', 'edly', 'ings', 'ing', 'ied', 'ies', 'ed', 'es', 's', 'ers', 'er'];
const WORD = /[\p{L}\p{N}]+/gu;
const CAPITALISED = /(?<![\p{L}\p{N}])\p{Lu}[\p{L}\p{N}'._-]{0,60}/gu;

const FIELD_OF = groups(FIELDS);
const KIND_OF = groups(VERBS);

function groups(rows: readonly string[]): ReadonlyMap<string, number> {
  return new Map(rows.flatMap((row, index) => row.split(' ').map((word) => [root(word), index] as const)));
}

/** A rough root: what is left without the endings of verbs and nouns. Stronger than `stem`, for comparing, not naming. */
export function root(word: string): string {
  const suffix = SUFFIXES.find((end) => word.endsWith(end) && word.length - end.length >= 3);
  return suffix === undefined ? word : word.slice(0, -suffix.length);
}

function plainWords(text: string): readonly string[] {
  return (
    text
      .toLowerCase()
      .replace(/['’]s(?![\p{L}\p{N}])/gu, '')
      .match(WORD) ?? []
  );
}

/** Roots of all words, in order. */
export function rootsOf(text: string): readonly string[] {
  return plainWords(text).map(root);
}

/** Roots of the words that carry the topic. */
export function topicRoots(text: string): ReadonlySet<string> {
  return new Set(
    plainWords(text)
      .filter((word) => !STOP.has(word))
      .map(root),
  );
}

/** Roots of the words written with a capital letter: names, for the most part. */
export function nameRoots(text: string): ReadonlySet<string> {
  const found = text.replace(/['’]s(?![\p{L}\p{N}])/gu, '').match(CAPITALISED) ?? [];
  return new Set(found.map((name) => root(name.toLowerCase().replace(/[^\p{L}\p{N}]+$/gu, ''))));
}

/** Names of two and more words, as pairs of neighbours: "Ada King" names somebody, "Use" nobody. */
export function namePairs(text: string): ReadonlySet<string> {
  const pairs = text
    .replace(/['’]s(?![\p{L}\p{N}])/gu, '')
    .matchAll(/(?<![\p{L}\p{N}])(?=(\p{Lu}[\p{L}'’-]{0,60})\.? (\p{Lu}[\p{L}'’-]{0,60}))/gu);
  return new Set([...pairs].map((match) => `${match[1] ?? ''} ${match[2] ?? ''}`.toLowerCase()));
}

/** The fields that these roots belong to. */
export function fieldsOf(roots: ReadonlySet<string>): ReadonlySet<number> {
  return new Set([...roots].flatMap((one) => FIELD_OF.get(one) ?? []));
}

const SUBJECT = /^[^\p{L}\p{N}]{0,4}(?:Both )?(?:\p{Lu}[\p{L}\p{N}.'’-]{0,60}(?:\s{1,4}|$)){1,8}/u;

/** The root of the first word after the first name: "work", "enjoy", "and" where there are several; empty if there is none. */
export function headOf(text: string): string {
  const rest = text.slice(SUBJECT.exec(text)?.[0].length ?? 0).toLowerCase();
  const words = rest.match(/\p{L}+/gu) ?? [];
  const at = words.findIndex((word, index) => index === words.length - 1 || !isAuxiliary(word, words[index + 1] ?? ''));
  return root(words[at] ?? '');
}

function isAuxiliary(word: string, next: string): boolean {
  if (!AUXILIARY.has(word)) return false;
  return !(/^(?:is|was|are|were)$/u.test(word) && /^(?:a|an|the)$/u.test(next));
}

/** True if two heads say the same kind of thing. */
export function isSameKind(a: string, b: string): boolean {
  if (a === '' || b === '') return false;
  return a === b || (KIND_OF.has(a) && KIND_OF.get(a) === KIND_OF.get(b));
}
