import type { SecretRule } from '../secretRule';

/** Alphabets of tokens, as character classes. */
export const D = '[0-9]';
export const H = '[a-f0-9]';
export const X = '[A-Fa-f0-9]';
export const A = '[A-Za-z0-9]';
export const L = '[a-z0-9]';
export const C = '[A-Z0-9]';
export const B32 = '[A-Z2-7]';
export const U = String.raw`[\w\-]`;
export const B = String.raw`[\w+/=\-]`;
export const UUID = `${X}{8}-${X}{4}-${X}{4}-${X}{4}-${X}{12}`;

/** Not in the middle of a word. */
export const START = '(?<![A-Za-z0-9])';
/** A token that goes on after its known length is taken whole. */
const REST = '[A-Za-z0-9]{0,64}';
const END = String.raw`(?![A-Za-z0-9])`;

/** Compiling hundreds of patterns takes longer than most texts that are searched; most are never needed. */
function lazily(rule: Omit<SecretRule, 'pattern'>, source: () => string, flags: string): SecretRule {
  let pattern: RegExp | undefined;
  return {
    ...rule,
    get pattern() {
      pattern ??= new RegExp(source(), flags);
      return pattern;
    },
  };
}

type Options = Omit<Partial<SecretRule>, 'id' | 'provider' | 'keywords' | 'pattern'>;

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/gu, String.raw`\$&`);
}

/**
 * A token that begins with one of `prefixes` (separated by spaces), literally, and goes on with `body`, a pattern.
 * The prefix says whose it is, so the end is relaxed: whatever follows.
 */
export function token(id: string, provider: string, prefixes: string, body: string, options: Options = {}): SecretRule {
  const list = prefixes.split(' ');
  const keywords = list.map((prefix) => prefix.toLowerCase());
  const source = (): string => `${START}(?:${list.map(literal).join('|')})(?:${body})${REST}`;
  return lazily({ id, provider, keywords, prefixes: list, ...options }, source, 'uy');
}

/** As `token`, with a prefix so short that the token has to end where it should. */
export function exactToken(
  id: string,
  provider: string,
  prefixes: string,
  body: string,
  options: Options = {},
): SecretRule {
  const list = prefixes.split(' ');
  const keywords = list.map((prefix) => prefix.toLowerCase());
  const source = (): string => `${START}(?:${list.map(literal).join('|')})(?:${body})${END}`;
  return lazily({ id, provider, keywords, prefixes: list, check: 'random', ...options }, source, 'uy');
}

/** Between a name and its value: quotes, types and the assignments of many languages. */
const GAP =
  String.raw`["'\x60\]\\)]{0,4}(?:[ \t:]{1,3}(?:string|String|str))?\s{0,3}` +
  String.raw`(?:[.?:|!~]{0,3}=>?|:{1,3}|->|,|>|\|\|?|(?<=(?:key|token|secret|password|auth|pat)(?: is)?[ \t:]{1,3}|--[\w\-]{3,40} ))` +
  String.raw`\s{0,8}["'\x60\\]{0,4}`;

/**
 * A value without a prefix of its own, given to something called after its provider: `names` (separated by spaces), at
 * most 30 characters of name more, an assignment, and `value`, a pattern. `name` may use `_` for any or no separator.
 */
export function named(id: string, provider: string, names: string, value: string, options: Options = {}): SecretRule {
  const list = names.split(' ');
  const spelled = list.flatMap((name) =>
    name.includes('_') ? ['_', '-', '', '.', ' '].map((separator) => name.replaceAll('_', separator)) : [name],
  );
  const source = (): string =>
    String.raw`(?:${spelled.map(literal).join('|')})[\w.\- \t]{0,30}${GAP}(?<secret>${value})(?![\w\-])`;
  const rule = { id, provider, keywords: spelled, wholeWord: true, check: 'format', confidence: 'medium' } as const;
  return lazily({ ...rule, ...options }, source, 'iuy');
}

/** A pattern of its own, tried where a keyword begins. */
export function at(id: string, provider: string, keywords: string, pattern: RegExp, options: Options = {}): SecretRule {
  return { id, provider, keywords: keywords.split(' '), pattern, ...options };
}
