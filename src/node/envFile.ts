/** One assignment of an `.env` file. */
export interface EnvEntry {
  readonly name: string;
  /** As the program sees it, and as it stands in the file where that differs. */
  readonly values: readonly string[];
}

const ASSIGNMENT =
  /^[ \t]{0,40}(?:export[ \t]{1,10})?([A-Za-z_][\w.-]{0,200})[ \t]{0,20}(?:=|:[ \t])[ \t]{0,40}(?:"((?:[^"\\]|\\[\s\S]){0,20000})"|'([^']{0,20000})'|`([^`]{0,20000})`|([^\r\n]{0,8192}))/gmu;

/** The assignments of an `.env` file, in order; lines that are none are passed over. */
export function parseEnv(text: string): readonly EnvEntry[] {
  const entries: EnvEntry[] = [];
  for (const [, name = '', double, single, back, bare] of text.matchAll(ASSIGNMENT)) {
    const raw = double ?? single ?? back ?? (bare ?? '').replace(/(?:^|[ \t])#.*$/u, '').trim();
    const values = [raw, ...(double === undefined ? [] : [unescaped(raw)])].filter((value) => value !== '');
    if (values.length > 0) entries.push({ name, values: [...new Set(values)] });
  }
  return entries;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

function unescaped(value: string): string {
  return value.replace(/\\([\s\S])/gu, (_, letter: string) => ESCAPES[letter] ?? letter);
}

const PLACEHOLDER =
  /(?:example|placeholder|dummy|change[-_ ]?me|your[-_ ]|my[-_ ](?:secret|token|password|key)|^<.{0,200}>$|\$\{|\$\(|^\$[A-Z_]+$|\{\{|^x{4,}|\*{3}|\.{3}|todo|fixme|replace)/iu;
/** A name that says that its value is to be kept. */
const SECRET_NAME =
  /(?:pass|pwd|secret|token|key|auth|cred|private|salt|dsn|cert|webhook|seed|mnemonic|signature|cookie|pin$|database_url|_url$|_uri$|connection)/iu;
const TRIVIAL =
  /^(?:true|false|yes|no|on|off|none|null|undefined|development|production|staging|testing|postgres|postgresql|password|localhost|default|secret|disabled|enabled|required|optional|bearer|basic|google|github|github\.com|anonymous|username|guest|admin|administrator|root|info|debug|trace|warning|error|verbose)$/iu;
const PLAIN = /^(?:[\d.,:+ -]{0,24}|[a-z][a-z _-]{0,7}|[\w.+-]{1,64}@[\w.-]{1,100}|v?\d{1,6}(?:\.\d{1,6}){1,3})$/u;
const PATH = /^(?:\.{0,2}\/|~\/|[A-Za-z]:[\\/])[^\s=]{0,400}$/u;
const URL_FORM = /^[a-z][a-z0-9+.-]{1,30}:\/\/(?:([^\s/@:]{0,200})(?::([^\s/@]{0,400}))?@)?([^\s]{0,4000})$/iu;
const SIGNED =
  /[?&](?:sig|token|key|secret|signature|access_token|api_key)=[^&]{6,}|\/hooks?\/|\/services\/|\/webhooks?\//iu;

const SHORTEST = 6;
const LONGEST = 20_000;

/** The values that may be secret: not switches, ports, hosts, paths or placeholders, which stand in every text. */
export function secretValues(
  entries: readonly EnvEntry[],
): readonly { readonly name: string; readonly value: string }[] {
  return entries.flatMap(({ name, values }) =>
    values.flatMap((value) => secretParts(name, value)).map((value) => ({ name, value })),
  );
}

function secretParts(name: string, value: string): readonly string[] {
  if (value.length < SHORTEST || value.length > LONGEST || PLACEHOLDER.test(value) || TRIVIAL.test(value)) return [];
  const url = URL_FORM.exec(value);
  if (url !== null) return partsOfUrl(value, url[2]);
  if (PLAIN.test(value) && !/(?:pass|pwd|secret|pin$)/iu.test(name)) return [];
  if (PATH.test(value) || /^[a-z]{1,7}$/u.test(value)) return [];
  return SECRET_NAME.test(name) || looksRandom(value) ? [value] : [];
}

/** The password of a URL, as it is written and as it is meant, beside the whole. */
function partsOfUrl(value: string, password: string | undefined): readonly string[] {
  if (password === undefined || password === '') return SIGNED.test(value) ? [value] : [];
  const parts = [value];
  if (password.length >= SHORTEST && !TRIVIAL.test(password)) parts.push(password, decoded(password));
  return [...new Set(parts)];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Letters and digits mixed, and none of the words that people give to things. */
function looksRandom(value: string): boolean {
  if (value.length < 12 || /\s/u.test(value)) return false;
  const kinds = [/[a-z]/u, /[A-Z]/u, /\d/u, /[^A-Za-z0-9]/u].filter((kind) => kind.test(value)).length;
  return (
    kinds >= 2 &&
    /\d/u.test(value) &&
    new Set(value).size >= 8 &&
    !/^[a-z\d]{1,20}(?:[._-][a-z\d]{1,20}){1,10}$/u.test(value)
  );
}
