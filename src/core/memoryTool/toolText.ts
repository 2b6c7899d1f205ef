import { compareText } from '../dream/text/words';
import { fault } from './toolFault';
import type { ToolPath } from './toolPath';

/** Answers in the very words of the reference implementation of the memory tool, which models were trained on. */

const LINE_NUMBER_WIDTH = 6;
const MAX_LINES = 999_999;
const DEPTH = 2;
const LONGEST_LIST = 16_000;

/** A file as the tool lists it. */
export interface ListedFile {
  /** Relative to the store. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
}

/** A folder with what is in it and one level below; undefined where there is nothing. */
export function folderText({ asked, path }: ToolPath, files: readonly ListedFile[]): string | undefined {
  const inside = path === '' ? files : files.filter((file) => file.path.startsWith(`${path}/`));
  if (inside.length === 0 && path !== '') return undefined;
  const sizes = new Map<string, number>();
  for (const file of inside) {
    const names = file.path.slice(path === '' ? 0 : path.length + 1).split('/');
    for (let depth = 1; depth <= Math.min(DEPTH, names.length); depth += 1) {
      const name = names.slice(0, depth).join('/') + (depth < names.length ? '/' : '');
      sizes.set(name, (sizes.get(name) ?? 0) + file.size);
    }
  }
  const shown = asked.replace(/\/$/u, '');
  const total = inside.reduce((sum, { size }) => sum + size, 0);
  const lines = [...sizes]
    .sort(([a], [b]) => compareText(a, b))
    .map(([name, size]) => `${sizeText(size)}\t${shown}/${name}`);
  return [
    `Here're the files and directories up to 2 levels deep in ${asked}, excluding hidden items and node_modules:`,
    `${sizeText(total)}\t${asked}`,
    ...fitted(lines),
  ].join('\n');
}

function fitted(lines: readonly string[]): readonly string[] {
  let length = 0;
  const kept = lines.filter((line) => (length += line.length + 1) <= LONGEST_LIST);
  if (kept.length === lines.length) return lines;
  return [...kept, `… and ${lines.length - kept.length} more. View one of the folders.`];
}

function sizeText(bytes: number): string {
  if (bytes === 0) return '0B';
  const units = ['B', 'K', 'M', 'G'];
  const step = Math.min(3, Math.floor(Math.log(bytes) / Math.log(1_024)));
  const size = bytes / 1_024 ** step;
  return `${Number.isInteger(size) ? size : size.toFixed(1)}${units[step] ?? ''}`;
}

/** The lines of a file with their numbers. `range`: first and last, -1 for the end. Throws for one that makes no sense. */
export function fileText(asked: string, text: string, range: unknown): string {
  const lines = text.split('\n');
  if (lines.length > MAX_LINES) {
    throw fault(`File ${asked} has too many lines (${lines.length}). Maximum is 999,999 lines.`);
  }
  const [from, to] = rangeOf(range, lines.length);
  const shown = lines.slice(from - 1, to).map((line, at) => numbered(line, from + at));
  return `Here's the content of ${asked} with line numbers:\n${shown.join('\n')}`;
}

function rangeOf(range: unknown, lines: number): readonly [from: number, to: number] {
  if (range === undefined || range === null) return [1, lines];
  const given: readonly unknown[] = Array.isArray(range) ? range : [];
  const [from, to] = given;
  if (!Number.isInteger(from) || !Number.isInteger(to)) {
    throw fault('Invalid `view_range` parameter: it should be two line numbers, the second one -1 for the end.');
  }
  return [Math.max(1, Number(from)), to === -1 ? lines : Number(to)];
}

function numbered(line: string, number: number): string {
  return `${String(number).padStart(LINE_NUMBER_WIDTH, ' ')}\t${line}`;
}

/**
 * The text with `old` replaced where it stands exactly once, and what to say of it. Throws where it does not. Programs do
 * not write the description themselves: where it repeats words of the text, it goes with them.
 */
export function replaced(
  { asked, text }: { readonly asked: string; readonly text: string },
  old: string,
  next: string,
): { readonly text: string; readonly answer: string } {
  const lines = matchingLines(text, old);
  const bodyAt = bodyStart(text);
  const first = text.slice(0, bodyAt).split('\n').length;
  const inBody = lines.filter((line) => line >= first);
  const [line] = lines.length === 1 ? lines : inBody;
  if (lines.length === 0 || line === undefined) {
    throw fault(`No replacement was performed, old_str \`${old}\` did not appear verbatim in ${asked}.`);
  }
  if (lines.length > 1 && (inBody.length > 1 || lines.length > 2)) {
    const where = lines.join(', ');
    throw fault(
      `No replacement was performed. Multiple occurrences of old_str \`${old}\` in lines: ${where}. Please ensure it is unique`,
    );
  }
  const after =
    lines.length === 1
      ? text.replace(old, () => next)
      : inDescription(text.slice(0, bodyAt), old, next) + text.slice(bodyAt).replace(old, () => next);
  return { text: after, answer: editedText(after, line) };
}

function bodyStart(text: string): number {
  const end = text.startsWith('---\n') ? text.indexOf('\n---\n', 3) : -1;
  return end === -1 ? 0 : end + '\n---\n'.length;
}

/** On one line, as a description is. */
function inDescription(head: string, old: string, next: string): string {
  const plain = next.replace(/\s{1,1000}/gu, ' ');
  return head
    .split('\n')
    .map((line) => (line.startsWith('description:') ? line.replace(old, () => plain) : line))
    .join('\n');
}

/** Lines in which an occurrence begins; also of a text of several lines. */
function matchingLines(text: string, wanted: string): readonly number[] {
  const found: number[] = [];
  if (wanted === '') return found;
  for (let at = text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, at + wanted.length)) {
    found.push(text.slice(0, at).split('\n').length);
  }
  return found;
}

function editedText(text: string, line: number): string {
  const lines = text.split('\n');
  const from = Math.max(0, line - 3);
  const snippet = lines.slice(from, Math.min(lines.length, line + 2)).map((one, at) => numbered(one, from + at + 1));
  return `The memory file has been edited. Here is the snippet showing the change (with line numbers):\n${snippet.join('\n')}`;
}

/** The text with lines put after line `at`, 0 for the top. Throws for a line that is not there. */
export function inserted(text: string, at: unknown, added: string): string {
  const lines = text.split('\n');
  if (!Number.isInteger(at) || Number(at) < 0 || Number(at) > lines.length) {
    throw fault(
      `Invalid \`insert_line\` parameter: ${String(at)}. It should be within the range of lines of the file: [0, ${lines.length}]`,
    );
  }
  lines.splice(Number(at), 0, added.replace(/\n$/u, ''));
  return lines.join('\n');
}
