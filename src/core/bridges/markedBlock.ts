import type { Hasher } from '../ports';

/** Of the marks that are written now; a file may hold those of an older or of a newer extension. */
export const BLOCK_VERSION = 1;

const END = '<!-- agent-dreams:memory:end -->';
const NOTICE = 'generated from .agent-memory; a change in here is asked about before it is replaced';
const BEGIN_MARK =
  /^<!-- agent-dreams:memory:begin(?: v(\d{1,4}))?(?: ([0-9a-f]{16}))?(?: (new|\d\+\d))?(?:[ :;][^\r\n]{0,200})? ?-->[ \t]{0,8}$/u;
/** What begins like a mark of ours inside of what is written would end the block. */
const FORGED = /<!--(?= ?agent-dreams:memory:)/gu;
const BOM = '\uFEFF';

/** What of a file is ours. */
export interface MarkedBlock {
  /** UTF-16 offsets: the first letter of the opening mark, and behind the last one of the closing mark. */
  readonly start: number;
  readonly end: number;
  /** 1-based line of the opening mark. */
  readonly line: number;
  readonly version: number;
  /** Somebody changed it since it was written. A block without a hash says nothing about that: false. */
  readonly edited: boolean;
  /** Between the marks, with `\n`. */
  readonly content: string;
  /** The file was made for the block: without it there is none. */
  readonly alone: boolean;
  /** Line breaks that were put before and behind it. */
  readonly before: number;
  readonly behind: number;
}

/** Where our block is in a file of a person, or why none may be written. */
export type BlockReading =
  | { readonly kind: 'none' }
  | { readonly kind: 'block'; readonly block: MarkedBlock }
  /** A mark without its other half; `line` is its line. */
  | { readonly kind: 'torn'; readonly line: number }
  /** The second block begins on `line`. */
  | { readonly kind: 'twice'; readonly line: number }
  /** Written by a newer extension, which may know more than this one. */
  | { readonly kind: 'newer'; readonly line: number };

interface Mark {
  readonly at: number;
  readonly length: number;
  readonly line: number;
  /** undefined for a closing mark. */
  readonly opens: RegExpExecArray | undefined;
}

/** Finds our block. A mark counts wherever it stands alone on a line, code fences included. Pure, linear. */
export function readBlock(text: string, hasher: Hasher): BlockReading {
  const marks = marksOf(text);
  const [begin, end, third] = marks;
  if (begin === undefined) return { kind: 'none' };
  if (begin.opens === undefined || end === undefined || end.opens !== undefined)
    return { kind: 'torn', line: begin.line };
  if (third !== undefined) return { kind: third.opens === undefined ? 'torn' : 'twice', line: third.line };
  const version = Number(begin.opens[1] ?? '0');
  if (version > BLOCK_VERSION) return { kind: 'newer', line: begin.line };
  const from = lineEnd(text, begin.at);
  const content = plain(text.slice(from, end.at)).replace(/\n$/u, '');
  const [, , hash, joined] = begin.opens;
  const [before = 0, behind = 0] = joined === undefined || joined === 'new' ? [] : joined.split('+').map(Number);
  return {
    kind: 'block',
    block: {
      start: begin.at,
      end: end.at + end.length,
      line: begin.line,
      version,
      edited: hash !== undefined && hash !== hashOf(content, hasher),
      content,
      alone: joined === 'new',
      before,
      behind: joined === 'new' ? 1 : behind,
    },
  };
}

/**
 * The file with the content in our block: in the place of the block that is there, else behind everything; undefined
 * stands for a file that does not exist. Line ends are those of the file; every byte outside of the block stays.
 */
export function putBlock(
  text: string | undefined,
  content: string,
  { block, hasher }: { readonly block: MarkedBlock | undefined; readonly hasher: Hasher },
): string {
  const clean = withoutMarks(content.replace(/\r\n?/gu, '\n'));
  const eol = block === undefined ? (/\r?\n/u.exec(text ?? '')?.[0] ?? '\n') : eolOf(text ?? '', block);
  const hash = hashOf(clean, hasher);
  const render = (joined: string): string =>
    [
      `<!-- agent-dreams:memory:begin v${BLOCK_VERSION} ${hash} ${joined} ${NOTICE} -->`,
      ...clean.split('\n'),
      END,
    ].join(eol);
  if (text === undefined) return `${render('new')}\n`;
  if (block !== undefined) {
    const joined = block.alone ? 'new' : `${block.before}+${block.behind}`;
    return text.slice(0, block.start) + render(joined) + text.slice(block.end);
  }
  const said = text.startsWith(BOM) ? text.slice(1) : text;
  const closed = said === '' || said.endsWith('\n');
  const before = said === '' || /\n\r?\n$/u.test(said) ? 0 : closed ? 1 : 2;
  const behind = closed ? 1 : 0;
  return text + eol.repeat(before) + render(`${before}+${behind}`) + eol.repeat(behind);
}

/** The file as it was before the block; undefined if it was made for the block and holds nothing else. */
export function removeBlock(text: string, block: MarkedBlock): string | undefined {
  const eol = eolOf(text, block);
  let { start, end } = block;
  for (let left = block.before; left > 0 && text.slice(0, start).endsWith(eol); left -= 1) start -= eol.length;
  for (let left = block.behind; left > 0 && text.startsWith(eol, end); left -= 1) end += eol.length;
  const rest = text.slice(0, start) + text.slice(end);
  return block.alone && rest === '' ? undefined : rest;
}

/** What the block itself is written with, so that a line end of a person beside it stays. */
function eolOf(text: string, block: MarkedBlock): '\r\n' | '\n' {
  return text.startsWith('\r\n', lineEnd(text, block.start) - 2) ? '\r\n' : '\n';
}

/** Text in which nothing can be taken for a mark of ours. */
export function withoutMarks(text: string): string {
  return text.replace(FORGED, '&lt;!--');
}

function marksOf(text: string): readonly Mark[] {
  const marks: Mark[] = [];
  let line = 0;
  for (let at = text.startsWith(BOM) ? 1 : 0; at < text.length; at = lineEnd(text, at)) {
    line += 1;
    if (!text.startsWith('<!-- agent-dreams:memory:', at)) continue;
    const words = text.slice(at, lineEnd(text, at)).replace(/\r?\n$/u, '');
    const opens = BEGIN_MARK.exec(words) ?? undefined;
    // Behind a closing mark at the end of a file somebody may have gone on writing.
    if (opens === undefined && !words.startsWith(END)) continue;
    marks.push({ at, length: opens === undefined ? END.length : words.trimEnd().length, line, opens });
  }
  return marks;
}

/** Behind the line break of the line that begins at `from`. */
function lineEnd(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at < 0 ? text.length : at + 1;
}

/** A line end that git or an editor turned round is no change. */
function plain(text: string): string {
  return text.replace(/\r\n/gu, '\n');
}

function hashOf(content: string, hasher: Hasher): string {
  return hasher.sha256(content).slice(0, 16);
}
