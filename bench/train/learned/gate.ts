import { CLASSES, describeFeature, featuresOf, idOf, tokensOf } from './tokens';

/** What a sentence is, as far as its form tells. `none`: of the moment. */
export const KINDS = ['none', 'rule', 'preference', 'fact', 'decision', 'correction'] as const;
export type LearnedKind = (typeof KINDS)[number];

/** Weights as they lie in the data file; written by `npm run train:learned`. */
export interface PackedModel {
  /** Words in order of their number, after the classes, with a space between them. */
  readonly words: string;
  /** Four characters for the number of each feature, and one for its weight for each kind. */
  readonly features: string;
  /** What one step of a weight is worth. */
  readonly step: number;
}

export interface Model {
  readonly words: readonly string[];
  readonly vocabulary: ReadonlyMap<string, number>;
  /** Where the weights of a feature begin. */
  readonly rows: ReadonlyMap<number, number>;
  readonly weights: Float32Array;
}

/** Printable, and none that has to be escaped in a string. */
const DIGITS = ' !#$%&()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_abcdefghijklmnopqrstuvwxyz{|}~';
const MIDDLE = 45;
const NUMBER_LENGTH = 4;

/** The model as text, for the data file. `rows`: weights of each feature, one for each kind, in steps from -45 to 45. */
export function packModel(
  words: readonly string[],
  rows: readonly (readonly [feature: number, steps: readonly number[]])[],
  step: number,
): PackedModel {
  const digit = (value: number): string => DIGITS.charAt(value);
  const features = rows.map(([feature, steps]) => {
    let [text, rest] = ['', feature];
    for (let place = 0; place < NUMBER_LENGTH; place += 1) {
      text = digit(rest % DIGITS.length) + text;
      rest = Math.floor(rest / DIGITS.length);
    }
    return text + steps.map((value) => digit(value + MIDDLE)).join('');
  });
  return { words: words.slice(CLASSES.length).join(' '), features: features.join(''), step };
}

/** The model of a data file. */
export function unpackModel({ words: said, features, step }: PackedModel): Model {
  const words = [...CLASSES, ...said.split(' ')];
  const length = NUMBER_LENGTH + KINDS.length;
  const count = features.length / length;
  const weights = new Float32Array(count * KINDS.length);
  const rows = new Map<number, number>();
  for (let row = 0; row < count; row += 1) {
    const digits = Array.from({ length }, (_, place) => DIGITS.indexOf(features.charAt(row * length + place)));
    const number = digits.slice(0, NUMBER_LENGTH).reduce((sum, digit) => sum * DIGITS.length + digit, 0);
    rows.set(number, row * KINDS.length);
    weights.set(
      digits.slice(NUMBER_LENGTH).map((digit) => (digit - MIDDLE) * step),
      row * KINDS.length,
    );
  }
  return { words, vocabulary: new Map(words.map((word, id) => [word, id])), rows, weights };
}

export interface Judgement {
  /** What it most likely is, if it lasts. */
  readonly kind: Exclude<LearnedKind, 'none'>;
  /** How likely it says more than what is to be done now, 0 to 1. */
  readonly durable: number;
  /** The share of its words that the model knows, 0 to 1: what it says of others is a guess. */
  readonly known: number;
}

/** Judges one sentence by its form. Deterministic; linear in its length. */
export function judge(sentence: string, model: Model): Judgement {
  const tokens = tokensOf(sentence);
  const known = tokens.filter((token) => model.vocabulary.has(token)).length / Math.max(1, tokens.length);
  const sums = sumsOf(featuresOf(idsOf(tokens, model)), model);
  const top = Math.max(...sums);
  const powers = sums.map((sum) => Math.exp(sum - top));
  const total = powers.reduce((sum, power) => sum + power, 0);
  const none = (powers[0] ?? 0) / total;
  let best = 1;
  for (let kind = 2; kind < KINDS.length; kind += 1) if ((sums[kind] ?? 0) > (sums[best] ?? 0)) best = kind;
  return { kind: KINDS[best] as Judgement['kind'], durable: 1 - none, known };
}

/** The words that speak most for, or against, its lasting, strongest first. */
export function reasonsFor(sentence: string, model: Model, lasts: boolean): readonly string[] {
  const kind = KINDS.indexOf(judge(sentence, model).kind);
  const shares = featuresOf(idsOf(tokensOf(sentence), model)).flatMap((feature) => {
    const row = model.rows.get(feature);
    if (row === undefined) return [];
    const share = (model.weights[row + kind] ?? 0) - (model.weights[row] ?? 0);
    return share === 0 || share > 0 !== lasts ? [] : [{ feature, share: Math.abs(share) }];
  });
  return shares
    .sort((a, b) => b.share - a.share || a.feature - b.feature)
    .slice(0, 3)
    .map(({ feature }) => describeFeature(feature, model.words));
}

function idsOf(tokens: readonly string[], { vocabulary }: Model): readonly number[] {
  return tokens.map((token) => idOf(token, vocabulary));
}

function sumsOf(features: readonly number[], { rows, weights }: Model): readonly number[] {
  const sums = KINDS.map(() => 0);
  for (const feature of features) {
    const row = rows.get(feature);
    if (row === undefined) continue;
    for (let kind = 0; kind < sums.length; kind += 1) sums[kind] = (sums[kind] ?? 0) + (weights[row + kind] ?? 0);
  }
  return sums;
}
