/** Words of a text, the same on every machine: NFKC, lower case, code units; no locale takes part. */

const TOKEN = /[\p{L}\p{N}]+(?:[._:/@+-][\p{L}\p{N}]+)*/gu;
const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const MAX_CHARS = 20_000;

/** Words that carry no topic: grammar, politeness, and the cues of durability themselves. */
const STOP_WORDS: ReadonlySet<string> = new Set(
  (
    'a an the and or but nor so yet of to in on at by for from with without into onto over under as than then there here ' +
    'this that these those it its is are was were be been being am do does did done doing have has had having will would ' +
    'shall should can could may might must need needs i me my mine we us our ours you your yours he she they them their ' +
    'who whom which what when where why how if else while because since until unless except also too very just only even ' +
    'please pls thanks thank ok okay yes no not dont doesnt didnt cant cannot wont isnt arent wasnt shouldnt mustnt never ' +
    'always ever from now on whenever every each time times forward going future default again already still more most ' +
    'some any all both such same other another instead rather like want wants wanted make makes sure let lets get gets ' +
    'got goes about after before above below between through during remember note keep mind said say ' +
    'der die das den dem des ein eine einen einem einer und oder aber nicht kein keine ist sind war zu im in auf mit von ' +
    'fur für bei bitte immer nie niemals ab jetzt sofort kunftig künftig wir ich du sie es man soll sollst sollte muss ' +
    'el la los las un una unos unas y o pero no es son de del en con por para que se siempre nunca jamas jamás favor ' +
    'le les une des et ou mais ne pas plus est sont du au aux avec pour dans que qui toujours jamais desormais désormais ' +
    'os as um uma uns umas e mas nao não em no na nos nas com por para sempre nunca'
  ).split(' '),
);

/** Lower-case tokens in order of appearance; runs of Chinese or Japanese become overlapping pairs of characters. */
export function words(text: string): readonly string[] {
  const folded = text.slice(0, MAX_CHARS).normalize('NFKC').toLowerCase().replace(/['’`]/gu, '');
  const found: string[] = [];
  for (const match of folded.matchAll(TOKEN)) {
    const token = match[0];
    if (CJK.test(token)) found.push(...characterPairs(token));
    else found.push(token);
  }
  return found;
}

function characterPairs(token: string): readonly string[] {
  const characters = Array.from(token);
  if (characters.length < 3) return [token];
  return characters.slice(0, -1).map((character, index) => character + (characters[index + 1] ?? ''));
}

/** A light English stem, so that "commits", "committing" and "commit" meet; other scripts pass unchanged. */
export function stem(word: string): string {
  if (word.length < 3 || !/^[a-z]+$/u.test(word)) return word;
  const single = singular(word);
  const root = /^(.{0,40}[aeiouy].{0,40})(?:ing|(?<!e)ed)$/u.exec(single)?.[1];
  const stemmed = root === undefined || root.length < 2 ? single : undouble(root);
  return stemmed.length > 2 && stemmed.endsWith('e') ? stemmed.slice(0, -1) : stemmed;
}

function singular(word: string): string {
  if (word.length < 4) return word;
  if (word.endsWith('ies')) return word.slice(0, -3) + 'y';
  return word.endsWith('s') && !/(?:ss|us|is)$/u.test(word) ? word.slice(0, -1) : word;
}

function undouble(word: string): string {
  return /([bdgklmnprt])\1$/u.test(word) ? word.slice(0, -1) : word;
}

/** True for a word that says nothing about the topic. */
export function isStopWord(word: string): boolean {
  return STOP_WORDS.has(word);
}

/** Stems of the words that carry the topic, without repeats, in order of appearance. */
export function contentStems(text: string): ReadonlySet<string> {
  return new Set(
    words(text)
      .filter((word) => !isStopWord(word))
      .map(stem),
  );
}

/** Compares by code units: the only order that is the same in every locale. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Every run of white space as one space, ends trimmed: the only difference a quote may have to its source. */
export function oneSpace(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}
