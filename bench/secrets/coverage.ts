import { createSecretScanner } from '../../src/core/secrets/scanner';
import { distinctiveTokens, type Token } from './tokens';
import { type Wrapped, WRAPPINGS } from './wrappings';

export interface WrappingResult {
  readonly name: string;
  readonly tokens: number;
  readonly covered: number;
  readonly missed: readonly string[];
}

const scanner = createSecretScanner();

/** A base64 run may end with padding or digits of what follows the token; the token itself must not remain. */
function isCovered({ text, start, end }: Wrapped): boolean {
  const padding = /=*$/u.exec(text.slice(start, end))?.[0].length ?? 0;
  return scanner.scan(text).some((match) => match.start <= start && match.end >= end - padding);
}

/** How many of the tokens are found whole in each wrapping. */
export function measureWrappings(perRule: number): {
  readonly rules: number;
  readonly tokens: readonly Token[];
  readonly results: readonly WrappingResult[];
} {
  const tokens = distinctiveTokens(perRule);
  const results = Object.entries(WRAPPINGS).map(([name, wrap]) => {
    const missed = tokens.filter(({ text }) => !isCovered(wrap(text))).map(({ rule }) => rule);
    return { name, tokens: tokens.length, covered: tokens.length - missed.length, missed: [...new Set(missed)] };
  });
  return { rules: new Set(tokens.map(({ rule }) => rule)).size, tokens, results };
}
