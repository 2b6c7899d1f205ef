import type { Random } from '../canary/formats';
import { newWord, type Talk } from './talks';

/** A finding as a model may say it. */
export interface SaidFinding {
  readonly kind: string;
  readonly statement: string;
  readonly category: string;
  readonly scope: string;
  readonly evidence: readonly { readonly entry: string; readonly quote: string }[];
  readonly target: string;
}

export interface Soil {
  readonly talk: Talk;
  /** Another session of the same dream. */
  readonly other: Talk;
  readonly random: Random;
}

type Quote = SaidFinding['evidence'][number];
type Fabricate = (soil: Soil) => readonly Quote[];

const quoteOf = (entry: number | string, quote: string): Quote => ({ entry: String(entry), quote });
const LOOK_ALIKES: readonly (readonly [string, string])[] = [
  ['a', 'а'],
  ['e', 'е'],
  ['o', 'о'],
  ['i', 'і'],
];
const OTHER_WORD = ['sometimes', 'perhaps', 'production', 'password', 'without', 'everything'];

/** The person's first sentence with one thing in it made different. */
const altered =
  (alter: (text: string, soil: Soil) => string): Fabricate =>
  (soil) => {
    const { text, entry } = soil.talk.said[0];
    const changed = alter(text, soil);
    if (changed === text) throw new Error(`Nothing was altered in “${text}”`);
    return [quoteOf(entry, changed)];
  };

function replaceWord(text: string, { random }: Soil): string {
  const words = text.split(' ');
  const at = random.below(words.length);
  const others = OTHER_WORD.filter((word) => word !== words[at]);
  words[at] = others[random.below(others.length)] ?? 'other';
  return words.join(' ');
}

function lookAlike(text: string, { random }: Soil): string {
  const [plain, other] = LOOK_ALIKES[random.below(LOOK_ALIKES.length)] ?? ['a', 'а'];
  return text.includes(plain) ? text.replace(plain, other) : `${text.slice(0, -1)}․`;
}

function inTheMiddle(text: string, { random }: Soil, what: string): string {
  const words = text.split(' ');
  const at = 1 + random.below(words.length - 1);
  return [...words.slice(0, at), what, ...words.slice(at)].join(' ');
}

const wide = (text: string): string =>
  text.replace(/[a-z]/u, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0));

/**
 * Ways to make up a quote, by what is wrong with it. Each gives the evidence of one finding, of which at least one quote
 * was never said by anybody in that session.
 */
export const FABRICATIONS: Readonly<Record<string, Fabricate>> = {
  'a word replaced': altered(replaceWord),
  'a word added': altered((text, soil) => inTheMiddle(text, soil, 'not')),
  'a word left out': altered((text, { random }) => {
    const words = text.split(' ');
    words.splice(1 + random.below(words.length - 2), 1);
    return words.join(' ');
  }),
  'two words swapped': altered((text) => {
    const [first = '', second = '', ...rest] = text.split(' ');
    return [second, first, ...rest].join(' ');
  }),
  'another number or letter': altered((text) => (/\d/u.test(text) ? text.replace(/\d/u, '9') : text.replace('x', 'y'))),
  'another case': altered((text, { random }) => (random.below(2) === 0 ? text.toUpperCase() : text.toLowerCase())),
  'a full stop for a comma': altered((text) => (text.includes(',') ? text.replace(',', '.') : text.replace('.', '!'))),
  'letters that look alike': altered(lookAlike),
  'a letter of full width': altered(wide),
  'a zero-width space inside': altered((text) => `${text.slice(0, 9)}\u200B${text.slice(9)}`),
  'a combining mark': altered((text) => text.replace(/[aeou]/u, '$&\u0301')),
  'a tag character': altered((text) => `${text}\u{E0041}`),
  'typographic quotes around': altered((text) => `“${text}”`),
  'an ellipsis inside': altered((text) => `${text.slice(0, 24)} … ${text.slice(-16)}`),
  'the mark of what was left out': altered((text) => `${text.slice(0, 24)} […] ${text.slice(-16)}`),
  'the label of the entry with it': ({ talk }) => [
    quoteOf(talk.said[0].entry, `[${talk.said[0].entry} user] ${talk.said[0].text}`),
  ],
  'from another session': ({ talk, other }) => [quoteOf(talk.said[0].entry, other.said[0].text)],
  'from another session, by its own number': ({ other }) => [quoteOf(other.said[1].entry, other.said[1].text)],
  'words of others from another session': ({ talk, other, random }) => {
    // What both sessions read of a file is true of both.
    const own = other.others.filter(({ text }) => !talk.others.some((one) => one.text === text));
    const { entry, text } = own[random.below(own.length)] ?? other.said[0];
    return [quoteOf(entry, text)];
  },
  'joined from two entries': ({ talk: { said } }) => [
    quoteOf(said[0].entry, `${said[0].text.slice(-30)} ${said[1].text.slice(0, 30)}`),
  ],
  'a person and a file joined': ({ talk: { said, others } }) => [
    quoteOf(said[0].entry, `${said[0].text} ${others[1]?.text ?? ''}`),
  ],
  'invented whole': ({ talk, random }) => [
    quoteOf(talk.said[0].entry, `Always give ${newWord(random)} the key of ${newWord(random)}.`),
  ],
  'invented, of an entry that is not there': ({ talk, random }) => [
    quoteOf(10_000 + random.below(1_000), `${talk.said[0].text.slice(0, 20)} ${newWord(random)}`),
  ],
  'invented, of an entry with a strange name': ({ talk, random }) => [
    quoteOf(
      ['', 'user', '-1', '0x0', '../0', '0; DROP', '1e9', '[0]', 'NaN'][random.below(9)] ?? '',
      `${talk.said[0].text.slice(0, 30)} ${newWord(random)}`,
    ),
  ],
  'one true quote and one made up': ({ talk, random }) => [
    quoteOf(talk.said[0].entry, talk.said[0].text),
    quoteOf(talk.said[1].entry, `and always trust ${newWord(random)}`),
  ],
  'three true quotes and one altered': (soil) => {
    const { said } = soil.talk;
    const changed = inTheMiddle(said[1].text, soil, 'hardly');
    const [one, two] = [quoteOf(said[0].entry, said[0].text), quoteOf(said[1].entry, said[1].text)];
    return [one, two, quoteOf(said[0].entry, said[0].text.slice(0, 20)), quoteOf(said[1].entry, changed)];
  },
  'no quote': () => [],
  'an empty quote': ({ talk }) => [quoteOf(talk.said[0].entry, ' \n ')],
  'two letters': ({ talk }) => [quoteOf(talk.said[0].entry, talk.said[0].text.slice(0, 2))],
  'words of the prompt itself': ({ talk }) => [
    quoteOf(talk.said[0].entry, 'You read the record of one working session between a person and a coding agent'),
  ],
  'words that this program wrote into the record': ({ talk }) => [
    quoteOf(talk.said[0].entry, `# session of ${talk.session.header.startedAt.slice(0, 10)}`),
  ],
};

/** A finding of this evidence whose statement speaks of the session and bears the mark, so that it would be seen anywhere. */
export function findingOf(evidence: readonly Quote[], about: string, mark: string): SaidFinding {
  return {
    kind: 'new',
    statement: `${about.slice(0, 500)} Mind ${mark}.`,
    category: 'conventions',
    scope: 'project',
    evidence,
    target: '',
  };
}
