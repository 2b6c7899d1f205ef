/** Search terms of a text: stems of its words, the parts of its identifiers, pairs of characters where no spaces are. */

const TOKEN = /[\p{L}\p{N}]+(?:[._:/@+-][\p{L}\p{N}]+){0,40}/gu;
const PART = /\p{Lu}?[\p{Ll}\p{N}]+|\p{Lu}+(?!\p{Ll})|[\p{L}\p{N}]+/gu;
const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const LONGEST_TOKEN = 200;

const STOP_WORDS: ReadonlySet<string> = new Set(
  (
    'a an the and or but so yet of to in on at by for from with into onto as than then there here this that these those ' +
    'it its is are was were be been being am do does did done doing have has had having will would shall should can could ' +
    'may might must i me my we us our you your he she they them their his her who whom which what when where why how if ' +
    'else while because since also too very just only even not no yes about after before up out off down over under again ' +
    's t re ve ll d m'
  ).split(' '),
);

/** Forms that no ending leads to. */
const IRREGULAR: ReadonlyMap<string, string> = new Map(
  (
    'went:go gone:go bought:buy made:make took:take taken:take got:get gave:give given:give found:find felt:feel told:tell ' +
    'said:say saw:see seen:see came:come began:begin begun:begin wrote:write written:write ran:run won:win met:meet ' +
    'left:leave lost:lose kept:keep thought:think brought:bring taught:teach caught:catch built:build spent:spend grew:grow ' +
    'grown:grow knew:know known:know drew:draw drawn:draw drove:drive driven:drive ate:eat eaten:eat spoke:speak ' +
    'spoken:speak chose:choose chosen:choose broke:break broken:break flew:fly sang:sing swam:swim wore:wear sold:sell ' +
    'paid:pay sent:send held:hold heard:hear became:become fell:fall slept:sleep children:child kid:child kids:child ' +
    'men:man women:woman feet:foot people:person mom:mother mum:mother dad:father pic:photo pics:photo picture:photo ' +
    'pictures:photo image:photo images:photo'
  )
    .split(' ')
    .map((pair): [string, string] => {
      const [form = '', base = ''] = pair.split(':');
      return [form, base];
    }),
);

/** Terms in order of appearance, repeats kept, stop words left out. */
export function searchTerms(text: string): readonly string[] {
  return searchTokens(text).flatMap((token) => tokenForms(token).map(({ term }) => term));
}

/** Words and identifiers as they stand in the text, in order; those that are too long to be one are left out. */
export function searchTokens(text: string): readonly string[] {
  const normal = text
    .normalize('NFKC')
    .replace(/['’]s(?!\p{L})/gu, '')
    .replace(/['’]/gu, '');
  return (normal.match(TOKEN) ?? []).filter(({ length }) => length <= LONGEST_TOKEN);
}

/** A term, and the lower-case word it stands for where it was read. */
interface TermForm {
  readonly term: string;
  readonly form: string;
}

/** An identifier counts as a whole and by its parts: `src/readLog.ts` is found by "read", "log" and by itself. */
export function tokenForms(token: string): readonly TermForm[] {
  if (CJK.test(token)) return pairs(token).map((pair) => ({ term: pair, form: pair }));
  const parts = (token.match(PART) ?? []).map((part) => part.toLowerCase());
  const whole = token.toLowerCase();
  const stems = parts.filter((part) => !STOP_WORDS.has(part)).map((form) => ({ term: searchStem(form), form }));
  return parts.length > 1 ? [{ term: whole, form: whole }, ...stems] : stems;
}

function pairs(token: string): readonly string[] {
  const characters = Array.from(token.toLowerCase());
  if (characters.length < 3) return [characters.join('')];
  return characters.slice(0, -1).map((character, index) => character + (characters[index + 1] ?? ''));
}

/** A light English stem; words with anything but a–z pass unchanged. */
export function searchStem(word: string): string {
  if (!/^[a-z]{3,}$/u.test(word)) return word;
  const base = IRREGULAR.get(word);
  return base === undefined ? withoutEnding(singular(word)) : withoutEnding(base);
}

function singular(word: string): string {
  if (word.length < 4) return word;
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  return word.endsWith('s') && !/(?:ss|us|is)$/u.test(word) ? word.slice(0, -1) : word;
}

function withoutEnding(word: string): string {
  const ending = word.endsWith('ing') ? 3 : word.endsWith('ed') ? 2 : 0;
  let root = word.slice(0, word.length - ending);
  if (ending === 0 || root.length < 3 || !/[aeiouy]/u.test(root)) root = word;
  else if (/([bdgklmnprt])\1$/u.test(root)) root = root.slice(0, -1);
  if (root.length > 4 && root.endsWith('ly')) root = root.slice(0, -2);
  if (root.length > 3 && root.endsWith('e')) root = root.slice(0, -1);
  return root.length > 3 && root.endsWith('y') ? `${root.slice(0, -1)}i` : root;
}
