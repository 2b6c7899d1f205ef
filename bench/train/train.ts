import { KINDS, packModel, unpackModel } from './learned/gate';
import type { Model, PackedModel } from './learned/gate';
import { CLASSES, RADIX, featuresOf, idOf, tokensOf } from './learned/tokens';
import type { Example } from './corpus';
import { seeded } from '../secrets/generate';

interface TrainOptions {
  readonly rounds: number;
  readonly rate: number;
  readonly decay: number;
  /** How many features the data file holds. */
  readonly features: number;
  readonly seed: number;
}

const OPTIONS: TrainOptions = { rounds: 20, rate: 0.05, decay: 2e-3, features: 5_000, seed: 20_261_121 };
/** How many frames a word needs; how many features are left out at each step, so that no single word decides. */
const LIMITS = { minFrames: 3, leftOut: 0.33, seenTwice: 2, words: 1_400 } as const;

interface Row {
  readonly features: readonly number[];
  readonly kind: number;
  readonly weight: number;
}

/** Trains a softmax over the kinds by stochastic descent with AdaGrad, twice: the second time with the best features. */
export function train(examples: readonly Example[]): PackedModel {
  const options = OPTIONS;
  const words = vocabularyOf(examples);
  const vocabulary = new Map(words.map((word, id) => [word, id]));
  const rows = examples.flatMap((example): Row[] => {
    const kind = KINDS.indexOf(example.kind);
    const tokens = tokensOf(example.text);
    return variantsOf(tokens).map((said, index) => ({
      features: featuresOf(said.map((token) => idOf(token, vocabulary))),
      kind,
      weight: index === 0 ? example.weight : example.weight / 2,
    }));
  });
  const counts = new Map<number, number>();
  for (const { features } of rows) for (const one of features) counts.set(one, (counts.get(one) ?? 0) + 1);
  const often = new Set([...counts].filter(([, count]) => count >= LIMITS.seenTwice).map(([feature]) => feature));
  const first = descend(rows, often, options);
  const strongest = [...first]
    .map(([feature, weights]) => ({ feature, strength: spread(weights) * Math.log(1 + (counts.get(feature) ?? 0)) }))
    .sort((a, b) => b.strength - a.strength || a.feature - b.feature)
    .slice(0, options.features);
  const kept = descend(rows, new Set(strongest.map(({ feature }) => feature)), options);
  const top = Math.max(...[...kept.values()].map((weights) => Math.max(...weights.map((weight) => Math.abs(weight)))));
  const step = top / 45;
  return packModel(
    words,
    [...kept]
      .sort(([a], [b]) => a - b)
      .map(([feature, weights]) => [feature, weights.map((one) => Math.round(one / step))]),
    Number(step.toPrecision(6)),
  );
}

/** The same sentence without what a typist may leave out: apostrophes go in `tokensOf`, punctuation here. */
function variantsOf(tokens: readonly string[]): readonly (readonly string[])[] {
  const bare = tokens.filter((token) => !/^[,:;]$/u.test(token));
  return bare.length === tokens.length ? [tokens] : [tokens, bare];
}

/** Words of several frames or whole sentences: what only contents say is left out. */
function vocabularyOf(examples: readonly Example[]): readonly string[] {
  const frames = new Map<string, Set<string>>();
  for (const { frame, family } of examples) {
    for (const token of tokensOf(frame.replace(/\{\w{1,2}\}/gu, ' '))) {
      const seen = frames.get(token);
      if (seen === undefined) frames.set(token, new Set([`${family} ${frame}`]));
      else seen.add(`${family} ${frame}`);
    }
  }
  const common = [...frames]
    .filter(([word, seen]) => seen.size >= LIMITS.minFrames && !word.startsWith('<'))
    .sort(([a, x], [b, y]) => y.size - x.size || (a < b ? -1 : 1))
    .slice(0, Math.min(LIMITS.words, RADIX - CLASSES.length))
    .map(([word]) => word);
  return [...CLASSES, ...common];
}

function spread(weights: readonly number[]): number {
  return Math.max(...weights) - Math.min(...weights);
}

function descend(rows: readonly Row[], wanted: ReadonlySet<number>, options: TrainOptions): Map<number, number[]> {
  const weights = new Map<number, number[]>();
  const squares = new Map<number, number[]>();
  for (const feature of wanted) {
    weights.set(
      feature,
      KINDS.map(() => 0),
    );
    squares.set(
      feature,
      KINDS.map(() => 1e-2),
    );
  }
  const random = seeded(options.seed);
  const order = rows.map((_, index) => index);
  for (let round = 0; round < options.rounds; round += 1) {
    shuffle(order, random);
    for (const index of order) {
      const row = rows[index];
      if (row !== undefined) step(row, weights, squares, options, random);
    }
  }
  return weights;
}

function step(
  row: Row,
  weights: Map<number, number[]>,
  squares: Map<number, number[]>,
  options: TrainOptions,
  random: () => number,
): void {
  const active = row.features.filter((feature) => weights.has(feature) && random() > LIMITS.leftOut);
  const sums = KINDS.map((_, kind) => active.reduce((sum, one) => sum + (weights.get(one)?.[kind] ?? 0), 0));
  const top = Math.max(...sums);
  const powers = sums.map((sum) => Math.exp(sum - top));
  const total = powers.reduce((sum, power) => sum + power, 0);
  KINDS.forEach((_, kind) => {
    const error = (kind === row.kind ? 1 : 0) - (powers[kind] ?? 0) / total;
    const gradient = error * row.weight;
    for (const feature of active) {
      const [own, square] = [weights.get(feature), squares.get(feature)];
      if (own === undefined || square === undefined) continue;
      const slope = gradient - options.decay * (own[kind] ?? 0);
      square[kind] = (square[kind] ?? 0) + slope * slope;
      own[kind] = (own[kind] ?? 0) + (options.rate * slope) / Math.sqrt(square[kind] ?? 1);
    }
  });
}
function shuffle(order: number[], random: () => number): void {
  for (let at = order.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    [order[at], order[other]] = [order[other] ?? 0, order[at] ?? 0];
  }
}

/** A model of these examples, as it would be read from the data file. */
export function trained(examples: readonly Example[]): Model {
  return unpackModel(train(examples));
}
