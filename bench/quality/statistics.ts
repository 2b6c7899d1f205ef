/** A share of `n` with the interval in which the true share lies with 95 % confidence. */
export interface Share {
  readonly hits: number;
  readonly n: number;
  /** 0 where n is 0. */
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

const Z = 1.959964;

/** Wilson's score interval: honest also for few trials and for shares near 0 and 1. */
export function wilson(hits: number, n: number): Share {
  if (n === 0) return { hits, n, value: 0, low: 0, high: 1 };
  const share = hits / n;
  const scale = 1 + (Z * Z) / n;
  const middle = (share + (Z * Z) / (2 * n)) / scale;
  const half = (Z / scale) * Math.sqrt((share * (1 - share)) / n + (Z * Z) / (4 * n * n));
  return { hits, n, value: share, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/** The mean of values with its normal 95 % interval, `hits` being their sum. */
export function meanOf(values: readonly number[]): Share {
  const n = values.length;
  if (n === 0) return wilson(0, 0);
  const sum = values.reduce((a, b) => a + b, 0);
  const mean = sum / n;
  const variance = values.reduce((total, value) => total + (value - mean) ** 2, 0) / Math.max(1, n - 1);
  const half = Z * Math.sqrt(variance / n);
  return { hits: sum, n, value: mean, low: Math.max(0, mean - half), high: Math.min(1, mean + half) };
}

/** `.93 [.91, .95] n=200`. */
export function shownShare({ value, low, high, n }: Share): string {
  return `${short(value)} [${short(low)}, ${short(high)}] n=${n}`;
}

function short(value: number): string {
  return value.toFixed(3).replace(/^0\./u, '.');
}
