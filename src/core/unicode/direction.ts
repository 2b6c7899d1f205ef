import type { Neighbours } from './neighbours';

const RIGHT_TO_LEFT =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}\p{Script=Samaritan}\p{Script=Mandaic}\p{Script=Hanifi_Rohingya}]/u;
const LEFT_TO_RIGHT = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Han}]/u;
const DIRECTION = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u;
const OVERRIDE = /[\u202A-\u202E]/u;

const MARKS: ReadonlySet<number> = new Set([0x61c, 0x200e, 0x200f]);
/** How far a direction mark looks for the text whose order it settles. UTF-16 units. */
const REACH = 400;

/**
 * True where a direction mark or isolate settles the order of a line that really mixes directions: marks beside
 * right-to-left text but not in rows and not inside a word; isolates that are closed on their line and not nested.
 */
export function directionExpected({ text, offset, code, before, after }: Neighbours): boolean {
  const line = around(text, offset);
  if (!RIGHT_TO_LEFT.test(line.text) || OVERRIDE.test(line.text)) return false;
  if (MARKS.has(code)) return !inRow(before, after) && !inWord(before, after);
  const [open, close] = isolateOf(line.text, line.at);
  if (open === undefined || close === undefined) return false;
  const content = line.text.slice(open + 1, close);
  return line.text.charAt(open) !== '\u2067' || RIGHT_TO_LEFT.test(content);
}

function inRow(before: string, after: string): boolean {
  return DIRECTION.test(before) && DIRECTION.test(after);
}

function inWord(before: string, after: string): boolean {
  const same = (script: RegExp): boolean => script.test(before) && script.test(after);
  return same(RIGHT_TO_LEFT) || same(LEFT_TO_RIGHT);
}

/** The line around an offset, as far as it matters. */
function around(text: string, offset: number): { readonly text: string; readonly at: number } {
  const from = Math.max(0, offset - REACH);
  const window = text.slice(from, offset + REACH);
  const at = offset - from;
  const start = Math.max(window.lastIndexOf('\n', at - 1), window.lastIndexOf('\r', at - 1)) + 1;
  const end = window.slice(at).search(/[\r\n]/);
  return { text: window.slice(start, end === -1 ? undefined : at + end), at: at - start };
}

/** Where the isolate that a character opens or closes begins and ends; undefined where it is nested or left open. */
function isolateOf(line: string, at: number): readonly [open: number | undefined, close: number | undefined] {
  if (line.charAt(at) === '\u2069') {
    const open = lastIsolate(line, at - 1);
    return open !== undefined && line.charAt(open) !== '\u2069' ? [open, at] : [undefined, undefined];
  }
  const before = lastIsolate(line, at - 1);
  const nested = before !== undefined && line.charAt(before) !== '\u2069';
  const next = line.slice(at + 1).search(/[\u2066-\u2069]/u);
  const close = next === -1 ? undefined : at + 1 + next;
  return !nested && close !== undefined && line.charAt(close) === '\u2069' ? [at, close] : [undefined, undefined];
}

function lastIsolate(line: string, from: number): number | undefined {
  for (let index = from; index >= 0; index -= 1) {
    const code = line.charCodeAt(index);
    if (code >= 0x2066 && code <= 0x2069) return index;
  }
  return undefined;
}
