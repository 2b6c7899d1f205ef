import type { SecretRule } from './secretRule';

/** Values that stand where a secret would, but are none: placeholders, references, names of things. */
const PLACEHOLDER =
  /(?:example|sample|placeholder|dummy|changeme|change[-_]me|your[-_ ]|my[-_]?(?:secret|token|password|key)|redacted|removed|hidden|masked|<|\$\{|\{\{|%[a-z_]+%|xxxx|\*\*\*|\.\.\.|process\.env|os\.environ|getenv|secrets\.|vault\.|null|undefined|required|optional|string|boolean|number)/iu;
const ONLY_WORDS = /^[a-z]+(?:[-_. /:][a-z]+)*[:.]?$/iu;
const CAMEL_WORDS = /^[a-z]+(?:[A-Z][a-z]+)*\d?$/u;
const PATH_LIKE = /^(?:\.{0,2}\/|[a-z]:\\|~\/|https?:|[\w-]+(?:\.[a-z][\w-]*)+$|[\w.-]+\/[\w./-]+$)/iu;
const TRIVIAL: ReadonlySet<string> = new Set([
  'password',
  'pass',
  'passwd',
  'secret',
  'token',
  'user',
  'admin',
  'root',
  'test',
  'guest',
  'postgres',
  'mysql',
  'pwd',
  'key',
  'port',
  'host',
  'pw',
]);

/** Below this even a token of a known format is a row of x or 1234: a placeholder. */
const LEAST_ENTROPY = 2.6;

/** Shannon entropy in bits per character (Shannon 1948). */
export function entropy(value: string): number {
  const counts = new Map<string, number>();
  for (const letter of value) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / value.length) * Math.log2(count / value.length);
  return bits;
}

function classes(value: string): number {
  return [/[a-z]/u, /[A-Z]/u, /[0-9]/u, /[^A-Za-z0-9]/u].filter((kind) => kind.test(value)).length;
}

function looksRandom(value: string, bits: number): boolean {
  return /[0-9]/u.test(value) && /[A-Za-z]/u.test(value) && entropy(value) >= bits;
}

function isPlaceholder(value: string): boolean {
  return PLACEHOLDER.test(value) || TRIVIAL.has(value.toLowerCase()) || /^(.)\1*$/u.test(value);
}

function plausibleAssigned(value: string, quoted: boolean, name: string): boolean {
  const isVariable = /^[A-Z0-9_]{5,80}=$/u.test(name.slice(0, name.length - value.length));
  if (
    isPlaceholder(value) ||
    (!isVariable && PATH_LIKE.test(value)) ||
    ONLY_WORDS.test(value) ||
    CAMEL_WORDS.test(value)
  )
    return false;
  if (/\s/u.test(value)) return false;
  if (/^pass|^pwd/iu.test(name)) return classes(value) >= (quoted ? 2 : 3) && (quoted || looksRandom(value, 2.7));
  return looksRandom(value, quoted ? 3 : 3.3) && value.length >= (quoted ? 10 : 16);
}

/** True if the found value is likely a secret under the rule's own check; rules without a check only refuse placeholders. */
export function isPlausible(check: SecretRule['check'], match: RegExpExecArray, value: string): boolean {
  switch (check) {
    case undefined:
      return entropy(value) >= LEAST_ENTROPY;
    case 'token':
      return looksRandom(value, 3.2) && !PLACEHOLDER.test(value);
    case 'password':
      return !isPlaceholder(value) && !/^-/u.test(value);
    case 'url-password':
      return !isPlaceholder(value) && !/^\d{1,5}$/u.test(value) && !/^[$%{]/u.test(value);
    case 'assigned':
      return plausibleAssigned(value, match.groups?.['quote'] !== undefined, match[0]);
  }
}
