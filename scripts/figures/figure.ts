/** One measured number beside its goal. `skip` = it could not be measured here, and `value` says why. */
export interface Figure {
  readonly name: string;
  /** With its unit, without spaces unless it is skipped. */
  readonly value: string;
  readonly goal: string;
  readonly verdict: 'pass' | 'short' | 'skip';
}

/** A group of figures that one measurement gives. It may take minutes; it throws where it cannot be done at all. */
export interface Measurement {
  readonly name: string;
  readonly measure: () => Promise<readonly Figure[]>;
}

/** A figure that must not be above its goal. */
export function atMost(name: string, value: number, goal: number, unit = ''): Figure {
  return { name, value: `${round(value)}${unit}`, goal: `<=${goal}${unit}`, verdict: value <= goal ? 'pass' : 'short' };
}

/** A figure that must not be below its goal. */
export function atLeast(name: string, value: number, goal: number, unit = ''): Figure {
  return { name, value: `${round(value)}${unit}`, goal: `>=${goal}${unit}`, verdict: value >= goal ? 'pass' : 'short' };
}

/** A figure that is right or wrong. */
export function exactly(name: string, value: string | number, goal: string | number): Figure {
  return { name, value: String(value), goal: String(goal), verdict: value === goal ? 'pass' : 'short' };
}

/** A figure that cannot be measured here. */
export function skipped(name: string, goal: string, reason: string): Figure {
  return { name, value: `(${reason})`, goal, verdict: 'skip' };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
