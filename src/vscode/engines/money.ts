import type { Translate } from '../translate';

/** US dollars for people: cents where there are some, and never a zero for what is not free. */
export function dollars(usd: number, t: Translate): string {
  if (usd === 0) return t('nothing');
  if (usd < 0.005) return t('less than $0.01');
  return `$${usd.toFixed(2)}`;
}

/** A count in groups of three, the same in every locale. */
export function grouped(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(?:\d{3})+$)/gu, ',');
}

/** A number of tokens, as exact as an estimate deserves. */
export function roundTokens(tokens: number): string {
  if (tokens < 1_000) return String(Math.round(tokens));
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(tokens)) - 1);
  return grouped(Math.round(tokens / unit) * unit);
}
