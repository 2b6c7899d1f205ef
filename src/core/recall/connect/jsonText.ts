import { parseTree, type Node, type ParseError } from 'jsonc-parser';
import type { TextEdit } from './textEdits';

/** How a text is laid out, so that what is inserted looks like the rest. */
interface Layout {
  readonly eol: string;
  /** One step of indentation. */
  readonly unit: string;
}

/** The tree of a JSON text; comments and trailing commas are fine. undefined if it cannot be read as JSON. */
export function readTree(text: string): Node | undefined {
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true });
  return errors.length === 0 ? tree : undefined;
}

/** The value of a property; undefined where there is none. */
export function propertyOf(object: Node | undefined, name: string): Node | undefined {
  return object?.children?.find((property) => property.children?.[0]?.value === name)?.children?.[1];
}

/** True if a name stands twice in the object: which one counts is anybody's guess. */
export function hasTwice(object: Node, name: string): boolean {
  return (object.children ?? []).filter((property) => property.children?.[0]?.value === name).length > 1;
}

function layoutOf(text: string): Layout {
  const eol = /\r\n|\n/u.exec(text)?.[0] ?? '\n';
  const unit = /^(?:\t| {1,8})(?=[^\s])/mu.exec(text)?.[0] ?? '  ';
  return { eol, unit };
}

/** The white space that a line begins with. */
function indentAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]{0,400}/u.exec(text.slice(start, offset))?.[0] ?? '';
}

function isFirstOnLine(text: string, offset: number): boolean {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return text.slice(start, offset).trim() === '';
}

function render(value: unknown, { eol, unit }: Layout, indent: string): string {
  return JSON.stringify(value, null, unit).split('\n').join(`${eol}${indent}`);
}

/** Appends a property to an object, or an element to an array where `name` is undefined. Comments stay where they are. */
export function insertEdits(
  text: string,
  container: Node,
  name: string | undefined,
  value: unknown,
): readonly TextEdit[] {
  const layout = layoutOf(text);
  const close = container.offset + container.length - 1;
  const outer = indentAt(text, container.offset);
  const [first] = container.children ?? [];
  const last = container.children?.at(-1);
  const inner =
    first !== undefined && isFirstOnLine(text, first.offset) ? indentAt(text, first.offset) : outer + layout.unit;
  const end = last === undefined ? container.offset + 1 : last.offset + last.length;
  const hasComma = last !== undefined && commaAfter(text, end) !== undefined;
  const at = text.slice(0, close).trimEnd().length;
  const key = name === undefined ? '' : `${JSON.stringify(name)}: `;
  const closing = /\n/u.test(text.slice(at, close)) ? '' : layout.eol + outer;
  const content = layout.eol + inner + key + render(value, layout, inner) + (hasComma ? ',' : '') + closing;
  // White space before the closing bracket of a text on one line would be left over at the end of a line.
  const length = closing === '' ? 0 : close - at;
  const comma = last === undefined || hasComma ? [] : [{ offset: end, length: 0, content: ',' }];
  return at === end && comma.length > 0
    ? [{ offset: end, length, content: `,${content}` }]
    : [...comma, { offset: at, length, content }];
}

/** Replaces a value. */
export function replaceEdit(text: string, node: Node, value: unknown): TextEdit {
  return {
    offset: node.offset,
    length: node.length,
    content: render(value, layoutOf(text), indentAt(text, node.offset)),
  };
}

/** Removes a property or an element, its comma, and its line where nothing else is on it. Comments beside it stay. */
export function removeEdits(text: string, child: Node): readonly TextEdit[] {
  const end = child.offset + child.length;
  const comma = commaAfter(text, end);
  const next = comma === undefined ? end : comma + 1;
  // What stands between the value and its comma is a comment, if anything.
  const tail = comma === undefined || text.slice(end, comma).trim() === '' ? [] : [comma];
  const until = tail.length > 0 ? end : next;
  const edits: TextEdit[] = [cut(text, child.offset, until), ...tail.map((offset) => one(offset))];
  if (comma !== undefined) return edits;
  const before = commaBefore(text, child);
  return before === undefined ? edits : [one(before), ...edits];
}

const one = (offset: number): TextEdit => ({ offset, length: 1, content: '' });

function cut(text: string, start: number, end: number): TextEdit {
  const rest = /^[ \t]{0,400}(?=\r?\n)/u.exec(text.slice(end));
  if (!isFirstOnLine(text, start) || rest === null) return { offset: start, length: end - start, content: '' };
  const line = text.lastIndexOf('\n', start - 1);
  const from = line < 0 ? 0 : line - (text[line - 1] === '\r' ? 1 : 0);
  return { offset: from, length: end + rest[0].length - from, content: '' };
}

/** Where the comma after a value is, past white space and comments. */
function commaAfter(text: string, from: number): number | undefined {
  const at = skipTrivia(text, from);
  return text[at] === ',' ? at : undefined;
}

/** Where the comma between a child and the one before it is. */
function commaBefore(text: string, child: Node): number | undefined {
  const siblings = child.parent?.children ?? [];
  const previous = siblings[siblings.indexOf(child) - 1];
  return previous === undefined ? undefined : commaAfter(text, previous.offset + previous.length);
}

/** The offset of the first thing that is neither white space nor a comment. */
function skipTrivia(text: string, from: number): number {
  let at = from;
  for (;;) {
    while (at < text.length && ' \t\r\n'.includes(text[at] ?? '')) at += 1;
    if (text.startsWith('//', at)) at = endOf(text, '\n', at);
    else if (text.startsWith('/*', at)) at = endOf(text, '*/', at + 2);
    else return at;
  }
}

function endOf(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found < 0 ? text.length : found + mark.length;
}
