import { wordSpan, type FoundSpan } from './textFinding';

/** Letters that most fonts draw like Latin ones (UTS #39, the single-letter confusables of these scripts). */
const LIKE_LATIN = {
  Cyrillic: /[аеорсухѕіјһԁԛԝӏѵкАВЕКМНОРСТУХЅІЈԌԚԜӀѴ]/u,
  Greek: /[αινορυϲϳκΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹͿ]/u,
} as const;

type Confusable = keyof typeof LIKE_LATIN;

const SCRIPTS: readonly (readonly [name: string, letters: RegExp])[] = [
  // Modifier letters (subscripts, superscripts) stand beside any script in formulas.
  ['', /\p{Lm}/u],
  ['Latin', /\p{Script=Latin}/u],
  ['Cyrillic', /\p{Script=Cyrillic}/u],
  ['Greek', /\p{Script=Greek}/u],
  [
    'rare',
    /[\p{Script=Armenian}\p{Script=Cherokee}\p{Script=Coptic}\p{Script=Lisu}\p{Script=Gothic}\p{Script=Deseret}\p{Script=Osage}\p{Script=Old_Italic}\p{Script=Carian}\p{Script=Lycian}\p{Script=Lydian}\p{Script=Glagolitic}\p{Script=Runic}\p{Script=Tifinagh}\p{Script=Canadian_Aboriginal}\p{Script=Bamum}\p{Script=Elbasan}\p{Script=Warang_Citi}]/u,
  ],
];
const MIXABLE = new RegExp(
  SCRIPTS.slice(2)
    .map(([, letters]) => letters.source)
    .join('|'),
  'u',
);
const WORD = /[\p{L}\p{M}\p{N}_]{1,400}/gu;
const NOT_ASCII = /[^\0-\x7f]/u;

interface Run {
  readonly script: string;
  text: string;
}

/** Words that mix scripts to look like another word, or stand in letters that only look like the usual ones. */
export function lookAlikes(text: string, limit: number): readonly FoundSpan[] {
  if (!NOT_ASCII.test(text)) return [];
  return [...mixedWords(text, limit), ...styledWords(text, limit), ...stackedMarks(text, limit)];
}

function mixedWords(text: string, limit: number): readonly FoundSpan[] {
  if (!MIXABLE.test(text)) return [];
  const found: FoundSpan[] = [];
  const whole: FoundSpan[] = [];
  const own = { Cyrillic: false, Greek: false };
  for (const match of text.matchAll(WORD)) {
    const [word] = match;
    if (!MIXABLE.test(word)) continue;
    const runs = runsOf(word);
    const at = { offset: match.index, length: word.length };
    const [only] = runs;
    if (runs.length === 1 && only !== undefined && isConfusable(only.script)) {
      if (!onlyLikeLatin(only)) own[only.script] = true;
      else if (only.text.length >= SHORTEST_WHOLE[only.script]) {
        whole.push(wordSpan('look-alike', at, `${only.script} letters that look like Latin ones`));
      }
    } else if (isMixed(runs)) {
      found.push(wordSpan('look-alike', at, `one word of ${namesOf(runs)} letters`));
    }
    if (found.length >= limit) break;
  }
  // Where the same script also writes words of its own, its short words are just words.
  const strangers = whole.filter(({ words }) => !own[words.startsWith('Greek') ? 'Greek' : 'Cyrillic']);
  return [...found, ...strangers].slice(0, limit);
}

/** Shorter ones are symbols and names of letters. */
const SHORTEST_WHOLE = { Cyrillic: 2, Greek: 3 } as const;

function isConfusable(script: string): script is Confusable {
  return Object.hasOwn(LIKE_LATIN, script);
}

function runsOf(word: string): readonly Run[] {
  const runs: Run[] = [];
  for (const character of word) {
    const script = SCRIPTS.find(([, letters]) => letters.test(character))?.[0] ?? '';
    if (script === '') continue;
    const last = runs.at(-1);
    if (last?.script === script) last.text += character;
    else runs.push({ script, text: character });
  }
  return runs;
}

/** A stem and an ending in another script, or a unit, is usual writing; letters that pose as others are not. */
function isMixed(runs: readonly Run[]): boolean {
  const scripts = new Set(runs.map(({ script }) => script));
  if (scripts.size < 2) return false;
  if (scripts.has('rare')) return true;
  const latin = runs.filter(({ script }) => script === 'Latin');
  const others = runs.filter(({ script }) => script !== 'Latin');
  // One Latin letter beside Greek is a formula: αx, Δt.
  if (scripts.has('Greek') && latin.length > 0 && latin.reduce((sum, run) => sum + run.text.length, 0) < 2)
    return false;
  if (runs.length === 2 && latin.length === 1) return others.some(onlyLikeLatin);
  return others.some(({ script, text }) => isConfusable(script) && LIKE_LATIN[script].test(text));
}

function onlyLikeLatin({ script, text }: Run): boolean {
  return isConfusable(script) && Array.from(text).every((letter) => LIKE_LATIN[script].test(letter));
}

function namesOf(runs: readonly Run[]): string {
  const names = runs.map(({ script }) => (script === 'rare' ? 'other' : script));
  return [...new Set(names)].join(' and ');
}

interface Style {
  readonly letters: RegExp;
  readonly words: string;
}

const STYLES: readonly Style[] = [
  { letters: /[\u{1D400}-\u{1D7FF}\u{2102}-\u{2149}]{3,400}/gu, words: 'words in mathematical letters' },
  {
    letters: /[\u24B6-\u24E9\u249C-\u24B5\u{1F110}-\u{1F169}\u{1F170}-\u{1F189}]{3,400}/gu,
    words: 'words in enclosed letters',
  },
  { letters: /[ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢ]{4,400}/gu, words: 'words in small capitals' },
  {
    letters: /[\u1D2C-\u1D6A\u1D43-\u1D5B\u02B0-\u02B8\u2071\u207F\u2090-\u209C]{4,400}/gu,
    words: 'words in raised letters',
  },
];
const FULL_WIDTH = /[\uFF21-\uFF3A\uFF41-\uFF5A]{3,400}/gu;
const EAST_ASIAN =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\u3000-\u303F]/u;

function styledWords(text: string, limit: number): readonly FoundSpan[] {
  const styles = EAST_ASIAN.test(text)
    ? STYLES
    : [...STYLES, { letters: FULL_WIDTH, words: 'words in full-width letters' }];
  return styles.flatMap(({ letters, words }) =>
    spansOf(text, letters, limit).map((at) => wordSpan('look-alike', at, words)),
  );
}

/** More marks on one letter than any spelling needs: they cover other lines. */
const STACKED =
  /(?:[\u0300-\u036F]|[\u0483-\u0489]|[\u1AB0-\u1AFF]|[\u1DC0-\u1DFF]|[\u20D0-\u20FF]|[\uFE20-\uFE2F]){5,400}|\p{M}{10,400}/gu;

function stackedMarks(text: string, limit: number): readonly FoundSpan[] {
  return spansOf(text, STACKED, limit).map((at) => wordSpan('stacked', at, `${at.length} marks on one letter`));
}

function spansOf(
  text: string,
  pattern: RegExp,
  limit: number,
): readonly { readonly offset: number; readonly length: number }[] {
  const found: { readonly offset: number; readonly length: number }[] = [];
  for (const match of text.matchAll(pattern)) {
    found.push({ offset: match.index, length: match[0].length });
    if (found.length >= limit) break;
  }
  return found;
}
