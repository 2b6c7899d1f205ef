import { parseFields, splitFrontMatter } from '../memory/frontMatter';
import { descriptionOf, markdownItems, type Told } from './markdownItems';
import type { Importable, SourceFile } from './bridge';

/** A file of rules: what its front matter says, and the text below. */
export interface RuleFile {
  readonly fields: ReadonlyMap<string, unknown>;
  readonly body: string;
  /** 1-based line on which the body begins. */
  readonly bodyLine: number;
}

const MOST_GLOBS = 20;
const MAX_GLOB = 200;
/** A rule of at most so many characters is about one thing; a longer one is a document of several. */
const ONE_TOPIC = 1_500;
const EVERYWHERE: ReadonlySet<string> = new Set(['**', '**/*', '*', '**/**', './**']);

/**
 * Reads front matter as rule files have it: what no YAML is, as `globs: *.ts,*.tsx`, is read line by line. Never throws;
 * a file without front matter is all body.
 */
export function readRuleFile(text: string): RuleFile {
  const split = splitFrontMatter(text);
  if (split === undefined) return { fields: new Map(), body: text.replace(/^\uFEFF/u, ''), bodyLine: 1 };
  const parsed = parseFields(split.yaml);
  const head = split.open + split.yaml + split.close;
  return {
    fields: parsed.ok ? parsed.fields : fieldsByLine(split.yaml),
    body: split.body,
    bodyLine: head.split('\n').length,
  };
}

function fieldsByLine(yaml: string): ReadonlyMap<string, unknown> {
  const fields = new Map<string, unknown>();
  let last: string[] | undefined;
  for (const line of yaml.split(/\r?\n/u)) {
    const item = /^\s{0,8}- (.{1,400})$/u.exec(line)?.[1];
    const [, name = '', value = ''] = /^([A-Za-z]{1,40}):[ \t]{0,8}(.{0,2000})$/u.exec(line) ?? [];
    if (item !== undefined) last?.push(unquoted(item));
    else if (name !== '') {
      last = value.trim() === '' ? [] : undefined;
      fields.set(name, last ?? wordValue(value));
    }
  }
  return fields;
}

function wordValue(value: string): string | boolean {
  const plain = unquoted(value);
  return plain === 'true' || plain === 'false' ? plain === 'true' : plain;
}

function unquoted(value: string): string {
  const plain = value.trim();
  return /^(["']).*\1$/u.test(plain) && plain.length > 1 ? plain.slice(1, -1) : plain;
}

/** A field that is text, on one line; '' if it is anything else. */
export function textField(fields: ReadonlyMap<string, unknown>, name: string): string {
  const value = fields.get(name);
  return typeof value === 'string' ? value.replace(/\s+/gu, ' ').trim() : '';
}

/** Globs as rule files name them: a list, or one line with commas between; what means every file is none. */
export function globsOf(value: unknown): readonly string[] {
  const parts = Array.isArray(value) ? (value as readonly unknown[]) : [value];
  const globs = parts.flatMap((part) => (typeof part === 'string' ? splitGlobs(part) : []));
  if (globs.some((glob) => EVERYWHERE.has(glob))) return [];
  return [...new Set(globs)].filter((glob) => glob.length <= MAX_GLOB).slice(0, MOST_GLOBS);
}

/** At each comma that is not between braces. */
function splitGlobs(text: string): readonly string[] {
  const globs: string[] = [];
  let depth = 0;
  let glob = '';
  for (const letter of text.slice(0, 4_000)) {
    if (letter === '{') depth += 1;
    if (letter === '}') depth -= 1;
    if (letter === ',' && depth <= 0) {
      globs.push(glob);
      glob = '';
    } else glob += letter;
  }
  return [...globs, glob].map((one) => unquoted(one)).filter((one) => one !== '');
}

/** The globs on one line as rule files have them, or undefined for some that cannot be told so. */
export function joinGlobs(globs: readonly string[]): string | undefined {
  const joined = globs.join(',');
  if (/["'\r\n#]|^\s|\s$/u.test(joined)) return undefined;
  const back = splitGlobs(joined);
  return back.length === globs.length && back.every((glob, index) => glob === globs[index]) ? joined : undefined;
}

/** What a file of rules tells: one thing if it is short, else each statement of it. */
export function ruleItems(
  { shown, path }: SourceFile,
  { body, bodyLine }: RuleFile,
  rule: { readonly description: string; readonly paths: readonly string[] },
): readonly Importable[] {
  const told: Told = { file: shown, firstLine: bodyLine, paths: rule.paths };
  const text = body.trim();
  const items = markdownItems(body, told);
  const [first] = items;
  if (first === undefined) return [];
  const last = items.at(-1) ?? first;
  if (text.length > ONE_TOPIC || (rule.description === '' && items.length > 1)) return items;
  const [title, rest] = withoutTitle(text);
  const description = rule.description === '' ? first.description : descriptionOf(rule.description);
  return [
    {
      ...first,
      lastLine: last.lastLine,
      quote: text,
      name: (path.split('/').at(-1) ?? '').replace(/\.(?:instructions\.md|mdc|md)$/u, ''),
      description,
      body: rest === '' ? text : rest,
      heading: title,
    },
  ];
}

function withoutTitle(text: string): readonly [title: string, rest: string] {
  const [line = '', ...rest] = text.split('\n');
  const title = /^#{1,2} (.*)$/u.exec(line.trim())?.[1];
  return title === undefined ? ['', text] : [title.trim(), rest.join('\n').trim()];
}
