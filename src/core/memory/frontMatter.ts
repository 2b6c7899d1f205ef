import {
  isMap,
  isScalar,
  parseDocument,
  stringify,
  visit,
  type Document,
  type Pair,
  type ParsedNode,
  type YAMLMap,
} from 'yaml';
import { AgentDreamsError } from '../errors';

/** Front matter larger than this is not read: people write a few lines. */
export const MAX_FRONT_MATTER = 64 * 1024;

/** A Markdown file cut at its `---` lines. The parts joined again are the file, byte for byte. */
export interface SplitText {
  /** BOM, if any, and the opening line with its line break. */
  readonly open: string;
  readonly yaml: string;
  /** The closing line with its line break, if it has one. */
  readonly close: string;
  readonly body: string;
  readonly eol: '\n' | '\r\n';
}

/** Cuts a file at its front matter; undefined if it has none that closes within 64 KiB. */
export function splitFrontMatter(text: string): SplitText | undefined {
  const open = /^\uFEFF?---[ \t]{0,8}(\r?\n)/u.exec(text);
  if (open === null) return undefined;
  let from = open[0].length;
  while (from <= MAX_FRONT_MATTER) {
    const end = text.indexOf('\n', from);
    const line = text.slice(from, end < 0 ? text.length : end + 1);
    if (/^---[ \t]{0,8}(?:\r?\n)?$/u.test(line)) {
      return {
        open: open[0],
        yaml: text.slice(open[0].length, from),
        close: line,
        body: text.slice(from + line.length),
        eol: open[1] === '\r\n' ? '\r\n' : '\n',
      };
    }
    if (end < 0) return undefined;
    from = end + 1;
  }
  return undefined;
}

export type FieldValue = string | boolean | readonly string[];
type Item = Pair<ParsedNode, ParsedNode | null>;

type Read<T> = { readonly ok: true; readonly fields: T } | { readonly ok: false; readonly reason: string };

/** The fields of some front matter, or why it cannot be read: what to tell the person who wrote it. Never throws. */
export function parseFields(yaml: string): Read<ReadonlyMap<string, unknown>> {
  const plain = plainFields(yaml);
  if (plain !== undefined) return { ok: true, fields: plain };
  const read = readMap(yaml);
  if (!read.ok) return read;
  const { map, document } = read.fields;
  if (map === null) return { ok: true, fields: new Map() };
  try {
    const plain: unknown = document.toJS({ maxAliasCount: 10, mapAsMap: true });
    const entries = plain instanceof Map ? [...plain.entries()] : [];
    return { ok: true, fields: new Map(entries.map(([key, value]) => [String(key), value])) };
  } catch {
    return { ok: false, reason: 'the front matter repeats itself through aliases' };
  }
}

/** A name and a text that means nothing else in YAML: no quote, mark, number, date, comment or key in it. */
const PLAIN_LINE = /^([a-z]{1,40}): ([A-Za-z][\w ,.()/+;'-]{0,2000})$/u;
/** Words that are values of their own; `~` and numbers do not begin with a letter. */
const WORD_VALUE = /^(?:null|true|false)$/iu;

/**
 * The fields of front matter in which every line is a plain `name: text`, as most of it is: what the parser says of it,
 * without the parser. undefined for everything else.
 */
function plainFields(yaml: string): ReadonlyMap<string, unknown> | undefined {
  if (!yaml.endsWith('\n')) return undefined;
  const fields = new Map<string, unknown>();
  for (const line of yaml.slice(0, -1).split('\n')) {
    const [, name = '', value = ''] = PLAIN_LINE.exec(line) ?? [];
    if (name === '' || value.endsWith(' ') || WORD_VALUE.test(value) || WORD_VALUE.test(name) || fields.has(name)) {
      const day = /^([a-z]{1,40}): (\d{4}-\d\d-\d\d)$/u.exec(line);
      if (day?.[1] === undefined || fields.has(day[1]) || WORD_VALUE.test(day[1])) return undefined;
      fields.set(day[1], day[2]);
    } else fields.set(name, value);
  }
  return fields.size === 0 ? undefined : fields;
}

interface ReadMap {
  readonly document: Document.Parsed;
  /** null where nothing is written at all. */
  readonly map: YAMLMap.Parsed | null;
}

/** People nest two or three levels; the parser takes seconds for thousands, and its stack ends there. */
const MAX_NESTING = 50;

/** Brackets that are open at once, or list and key marks in a row; what is quoted counts too. */
function isTooDeep(yaml: string): boolean {
  let open = 0;
  for (const letter of yaml) {
    if (letter === '[' || letter === '{') open += 1;
    else if ((letter === ']' || letter === '}') && open > 0) open -= 1;
    if (open > MAX_NESTING) return true;
  }
  return yaml.split('\n').some((line) => {
    const marks = /^[ \t?:-]{0,1000}/u.exec(line)?.[0] ?? '';
    return marks.replace(/[ \t]/gu, '').length > MAX_NESTING || marks.length >= 1000;
  });
}

function readMap(yaml: string): Read<ReadMap> {
  if (isTooDeep(yaml)) return { ok: false, reason: 'the front matter is nested too deeply' };
  try {
    // The parser compares each key with each other one, which takes seconds for thousands of them.
    const document = parseDocument(yaml, { uniqueKeys: false, schema: 'core', logLevel: 'silent' });
    const [error] = document.errors;
    if (error !== undefined) {
      return { ok: false, reason: `line ${(error.linePos?.[0].line ?? 0) + 1}: ${firstLine(error.message)}` };
    }
    const { contents } = document;
    if (contents !== null && !isMap(contents)) return { ok: false, reason: 'the front matter is not a list of fields' };
    const twice = repeatedKey(document);
    if (twice !== undefined) return { ok: false, reason: `the field ${twice.slice(0, 80)} stands there twice` };
    return { ok: true, fields: { document, map: contents } };
  } catch {
    // Nested deeper than the parser's stack.
    return { ok: false, reason: 'the front matter is nested too deeply' };
  }
}

function repeatedKey(document: Document.Parsed): string | undefined {
  let twice: string | undefined;
  visit(document, {
    Map: (_key, { items }) => {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        if (seen.has(key.value)) twice ??= String(key.value);
        seen.add(key.value);
      }
      return twice === undefined ? undefined : visit.BREAK;
    },
  });
  return twice;
}

/**
 * The file with the named fields set (undefined removes one) and every other byte as it was: comments, order, quoting
 * and unknown fields. Throws `invalid-memory` if the file has no readable front matter.
 */
export function updateFrontMatter(text: string, fields: Readonly<Record<string, FieldValue | undefined>>): string {
  const split = splitFrontMatter(text);
  if (split === undefined) throw new AgentDreamsError('invalid-memory', 'The file has no front matter.');
  let yaml = split.yaml;
  for (const [key, value] of Object.entries(fields)) yaml = setField(yaml, key, value, split.eol);
  return split.open + yaml + split.close + split.body;
}

function setField(yaml: string, key: string, value: FieldValue | undefined, eol: string): string {
  const read = readMap(yaml);
  if (!read.ok) throw new AgentDreamsError('invalid-memory', `The front matter cannot be read: ${read.reason}.`);
  const { map } = read.fields;
  if (map?.flow === true) throw new AgentDreamsError('invalid-memory', 'The front matter is written in braces.');
  const item = map?.items.find((pair) => isScalar(pair.key) && pair.key.value === key) as Item | undefined;
  const line = value === undefined ? '' : `${key}: ${fieldText(value)}${eol}`;
  if (item === undefined) return value === undefined ? yaml : withFinalBreak(yaml, eol) + line;
  const start = item.key.range[0];
  const end = item.value === null ? lineEnd(yaml, start) : item.value.range[1];
  // A block scalar or list ends after its line break: what follows it is the next field already.
  const broken = end > start && yaml[end - 1] === '\n';
  if (value === undefined) return yaml.slice(0, start) + yaml.slice(broken ? end : lineEnd(yaml, end));
  return yaml.slice(0, start) + line.slice(0, broken ? undefined : -eol.length) + yaml.slice(end);
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end + 1;
}

function withFinalBreak(yaml: string, eol: string): string {
  return yaml === '' || yaml.endsWith('\n') ? yaml : yaml + eol;
}

/** One field's value on one line of YAML. */
export function fieldText(value: FieldValue): string {
  if (typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') return JSON.stringify(value);
  const oneLine = value.replace(/\s+/gu, ' ').trim();
  return stringify(oneLine, { lineWidth: 0, schema: 'core' }).replace(/\n$/u, '');
}

function firstLine(message: string): string {
  return (message.split('\n')[0] ?? '').slice(0, 200).replace(/:$/u, '');
}
