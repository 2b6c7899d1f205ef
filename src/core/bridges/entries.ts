import type { Memory } from '../memory/memory';
import { oneSpace } from '../dream/text/words';
import { withImports, withoutImports } from '../recall/imports';
import type { Importable, LeftOut } from './bridge';

const TITLE = '## Memory of this project';
const PREFACE =
  'Facts about this repository that a person reviewed and accepted. Where the code says otherwise, the code is right.';
const APPLIES = /^Applies to: ((?:`[^`\n]{1,400}`(?:, )?){1,100})$/u;
/** What a body of which the first line said the description begins with. */
const REASONS = /^\*\*(?:Why|Apply when|Error|How to apply):\*\*/u;
/** How much is lost where a memory of the category is not seen. */
const VALUE: ReadonlyMap<string, number> = new Map([
  ['preferences', 3],
  ['conventions', 3],
  ['pitfalls', 3],
  ['facts', 1],
]);

/** The memories that everybody who has the project may be told, and why the others are left out. */
export function exportable(memories: readonly Memory[]): {
  readonly kept: readonly Memory[];
  readonly out: readonly LeftOut[];
} {
  const kept: Memory[] = [];
  const out: LeftOut[] = [];
  for (const memory of memories) {
    const { kind } = memory.scope;
    if (kind === 'team' && memory.agents.length === 0) kept.push(memory);
    else if (kind === 'agent' || kind === 'team') out.push({ path: memory.path, reason: 'one-agent' });
    else out.push({ path: memory.path, reason: 'not-team' });
  }
  return { kept: [...kept].sort(byValue), out };
}

function byValue(a: Memory, b: Memory): number {
  const value = (memory: Memory): number =>
    (memory.pinned ? 200 : 0) + (memory.load === 'always' ? 100 : 0) + (VALUE.get(memory.category) ?? 2);
  return value(b) - value(a) || (a.path < b.path ? -1 : 1);
}

/**
 * Memories as one Markdown text of at most `limit` characters: whole while they fit, the rest by a line that says where
 * it stands. What is only loaded on demand is always told by its line.
 */
export function renderEntries(memories: readonly Memory[], limit: number): string {
  const rows = new Map(memories.map((memory) => [memory, lineOf(memory)]));
  let left = limit - TITLE.length - PREFACE.length - 200;
  const whole: string[] = [];
  const lines: string[] = [];
  let more = 0;
  // Every memory has its line before one of them is told whole.
  for (const row of rows.values()) left -= row.length + 1;
  for (const memory of memories) {
    const entry = entryOf(memory);
    const row = rows.get(memory) ?? '';
    if (memory.load !== 'on-demand' && left + row.length >= entry.length + 2) {
      left += row.length - entry.length - 1;
      whole.push(entry);
    } else if (left >= 0 || lines.length === 0) lines.push(row);
    else {
      left += row.length + 1;
      more += 1;
    }
  }
  if (more > 0) lines.push(`- ${more} more in \`.agent-memory/MEMORY.md\``);
  const list = lines.length === 0 ? [] : [`### More, to be read where it matters\n\n${lines.join('\n')}`];
  return [TITLE, PREFACE, ...whole, ...list].join('\n\n');
}

/** A memory of some paths in a file of its own, of which the front matter says the paths. */
export function scopedEntry(memory: Memory, limit: number): string {
  const entry = entryOf({ ...memory, paths: [] });
  return entry.length <= limit - 1_000 ? entry : lineOf(memory);
}

/** What one memory says, below a heading of its own. */
function entryOf(memory: Memory): string {
  const globs = memory.paths.map((glob) => `\`${glob.replace(/[`\r\n]/gu, ' ')}\``).join(', ');
  return [
    withoutImports(`### ${oneSpace(memory.description)}`),
    ...(globs === '' ? [] : [`Applies to: ${globs}`]),
    ...[withoutImports(bodyOf(memory))].filter((body) => body !== ''),
  ].join('\n\n');
}

/** The body, without a first line that says the description again, and with nothing in it that could begin an entry. */
export function bodyOf({ description, body }: Pick<Memory, 'description' | 'body'>): string {
  const lines = body.replace(/\r\n/gu, '\n').trim().split('\n');
  const repeats = withoutStop(oneSpace(lines[0] ?? '')) === withoutStop(oneSpace(description));
  const rest = repeats && (lines.length === 1 || lines[1]?.trim() === '') ? lines.slice(1) : lines;
  let fence = '';
  const safe = rest.map((line) => {
    const before = fence;
    fence = fenceAfter(fence, line);
    return before === '' && fence === '' ? line.replace(/^( {0,3})(#{1,3})(?=[ \t]|$)/u, '$1$2###') : line;
  });
  // What is not closed would take what follows for code.
  return [...safe, ...(fence === '' ? [] : [fence])].join('\n').trim();
}

/** The fence that is open behind the line, where `fence` is the one before it; '' for none. */
function fenceAfter(fence: string, line: string): string {
  const mark = /^ {0,3}(```|~~~)/u.exec(line)?.[1] ?? '';
  if (fence === '') return mark;
  return mark === fence && /^[ `~]*\r?$/u.test(line.trimEnd()) ? '' : fence;
}

function withoutStop(text: string): string {
  return text.replace(/[.。]$/u, '');
}

function lineOf({ description, path }: Memory): string {
  return `- ${withoutImports(oneSpace(description))} (\`.agent-memory/${path}\`)`;
}

/** The entries of a text that `renderEntries` made and somebody may have changed; lines that only point are left out. */
export function parseEntries(content: string, file: string, firstLine: number): readonly Importable[] {
  const lines = content.split('\n');
  const starts: number[] = [];
  let fence = '';
  lines.forEach((line, index) => {
    fence = fenceAfter(fence, line);
    if (fence === '' && line.startsWith('### ')) starts.push(index);
  });
  return starts.flatMap((from, at) => {
    const raw = lines.slice(from, starts[at + 1] ?? lines.length);
    while (raw.at(-1)?.trim() === '') raw.pop();
    const description = withImports((raw[0] ?? '').slice(4).trim());
    const [paths, rest] = appliesTo(raw.slice(1).join('\n').trim());
    if (description === '' || isPointers(rest)) return [];
    const said = withImports(rest);
    const body = said === '' || REASONS.test(said) ? [`${withoutStop(description)}.`, said].join('\n\n').trim() : said;
    return [
      {
        file,
        line: firstLine + from,
        lastLine: firstLine + from + raw.length - 1,
        quote: raw.join('\n'),
        description,
        body,
        heading: '',
        paths,
        personal: false,
      },
    ];
  });
}

function isPointers(text: string): boolean {
  return text !== '' && text.split('\n').every((line) => line.startsWith('- ') && line.includes('`.agent-memory/'));
}

function appliesTo(text: string): readonly [paths: readonly string[], rest: string] {
  const [line = '', ...rest] = text.split('\n');
  const globs = APPLIES.exec(line)?.[1];
  if (globs === undefined) return [[], text];
  return [[...globs.matchAll(/`([^`\n]{1,400})`/gu)].map(([, glob]) => glob ?? ''), rest.join('\n').trim()];
}
