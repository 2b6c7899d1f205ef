/** Whole cents; never a fraction. */
export type Cents = number;

/** Rounds to a whole number, halves to the even neighbour: 0.5 -> 0, 1.5 -> 2, 2.5 -> 2. */
export function roundHalfEven(value: number): Cents {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest < 0.5) return floor;
  if (rest > 0.5) return floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
}

export function discounted(price: Cents, percent: number): Cents {
  return price - roundHalfEven((price * percent) / 100);
}

export function taxOf(net: Cents, ratePercent: number): Cents {
  return roundHalfEven((net * ratePercent) / 100);
}
