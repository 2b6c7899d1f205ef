import { hasCrc32 } from './checksum';
import type { SecretRule } from './secretRule';

/** Values that stand where a secret would, but are none: placeholders, references, names of things. */
const PLACEHOLDER =
  /(?:example|sample|placeholder|dummy|changeme|change[-_]me|replace[-_]?(?:me|with)|insert[-_]|your[-_ ]?(?:api|key|token|secret|pass|own|app)|your[-_]|my[-_]?(?:secret|token|password|key)|redacted|removed|hidden|masked|<|\$\{|\{\{|%[a-z_]{1,32}%|xxxx|\*\*\*|\.\.\.|…|process\.env|os\.environ|getenv|secrets\.|vault\.|null|undefined|required|optional|string|boolean|number)/iu;
const ONLY_WORDS = /^[a-z]{1,32}(?:[-_. /:@#+]{1,2}[a-z]{1,32}){0,16}[:.;!?]?$/iu;
const CAMEL_WORDS = /^[a-z]{1,32}(?:[A-Z][a-z]{1,32}){0,12}\d?$/u;
const PATH_LIKE =
  /^(?:\.{0,2}\/|[a-z]:\\|~\/|@[\w-]|(?:https?|file|ws|wss|git|ssh|s3):|[\w-]{1,64}(?:\.[a-z_][\w-]{0,64}){1,8}$|[\w.-]{1,64}\/[\w./-]{1,256}$)/iu;
/** Parts of programs: calls, members, types, templates, patterns. */
const CODE_LIKE = /^[\w.$]{1,80}\(|=>|::|->|\$\(|[)}\]]$|^[!&*@#^]|^--?[a-z]|\{[\w.]{0,40}\}|\\[dws]|\[[\w^-]{1,20}\]/u;
const TRIVIAL: ReadonlySet<string> = new Set(
  (
    'password pass passwd secret token user username admin root test guest postgres mysql pwd key port host pw ' +
    'none nil true false value changeit default basic bearer git x-access-token x-oauth-basic oauth2 anonymous'
  ).split(' '),
);

/** Below this even a token of a known format is a row of x or 1234: a placeholder. */
const LEAST_ENTROPY = 2.6;
const RANDOM_ENTROPY = 3.2;

const counts = new Uint32Array(65_536);
const LONGEST_COUNTED = 1_024;

/** Shannon entropy in bits per character (Shannon 1948), of the first 1,024 characters. */
export function entropy(value: string): number {
  const length = Math.min(value.length, LONGEST_COUNTED);
  for (let at = 0; at < length; at += 1) counts[value.charCodeAt(at)] = (counts[value.charCodeAt(at)] ?? 0) + 1;
  let bits = 0;
  for (let at = 0; at < length; at += 1) {
    const code = value.charCodeAt(at);
    const share = (counts[code] ?? 0) / length;
    if (share > 0) bits -= share * Math.log2(share);
    counts[code] = 0;
  }
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

const VERSION = /^[\^~<>=v]{0,2}\d{1,5}\.\d{1,5}\.\d{1,9}(?:[-+][\w.+-]{1,64})?$/u;

function isName(value: string): boolean {
  return VERSION.test(value) || ONLY_WORDS.test(value) || CAMEL_WORDS.test(value);
}

/** Letters alone, but in no order of capitals that a name would have: half of the neighbours of random ones differ. */
function isJumbled(value: string): boolean {
  if (!/^[A-Za-z]{20,128}$/u.test(value)) return false;
  const changes = value.match(/[a-z](?=[A-Z])|[A-Z](?=[a-z])/gu)?.length ?? 0;
  return changes >= value.length * 0.38 && /[A-Z]{2}/u.test(value) && entropy(value) >= 3.8;
}

function plausibleAssigned(value: string, quoted: boolean, name: string): boolean {
  const isVariable = /^[A-Z0-9_]{3,80}=$/u.test(name.slice(0, name.length - value.length));
  if (isJumbled(value)) return !isPlaceholder(value);
  if (isPlaceholder(value) || isName(value) || (!isVariable && PATH_LIKE.test(value)) || /\s/u.test(value))
    return false;
  if (!(quoted && /^pass|^pwd/iu.test(name)) && CODE_LIKE.test(value)) return false;
  if (/^pass|^pwd/iu.test(name)) {
    return value.length >= 6 && classes(value) >= (quoted ? 2 : 3) && (quoted || looksRandom(value, 2.7));
  }
  return looksRandom(value, quoted ? 3 : 3.3) && value.length >= (quoted ? 10 : 16);
}

function hasChecksum(rule: SecretRule, value: string): boolean {
  return rule.checksum === 'crc32-base62' && hasCrc32(value);
}

/** True if the found value is likely a secret under the rule's own check. */
export function isPlausible(rule: SecretRule, match: RegExpExecArray, value: string): boolean {
  if (hasChecksum(rule, value)) return true;
  switch (rule.check ?? 'format') {
    case 'exact':
      return true;
    case 'format':
      return entropy(value) >= (rule.floor ?? LEAST_ENTROPY);
    case 'random':
      return looksRandom(value, rule.floor ?? RANDOM_ENTROPY) && !PLACEHOLDER.test(value);
    case 'password':
      return !isPlaceholder(value) && !/^-/u.test(value);
    case 'url-password':
      return !isPlaceholder(value) && !/^\d{1,5}$/u.test(value) && !/^[$%{]/u.test(value);
    case 'assigned':
      return plausibleAssigned(value, match.groups?.['quote'] !== undefined, match[0]);
  }
}
