import { remembering } from '../text/remembering';

/** One command of a shell line, as far as the log shows what became of it. */
export interface ShellCommand {
  /** As typed, a verbatim part of the line. */
  readonly raw: string;
  /** Words without assignments, wrappers (`time`, `timeout 60`) and redirections. */
  readonly words: readonly string[];
  /** Where it ran, from a `cd` before it: '' = where the session is. */
  readonly directory: string;
  /** Its own exit status is lost: it feeds a pipe, or `;` or `||` follows. */
  readonly statusHidden: boolean;
  /** Variables set for this command alone, as `NAME=value`. */
  readonly assigned: readonly string[];
  /** What reads its output, piece by piece. */
  readonly readers: readonly string[];
}

interface Piece {
  readonly raw: string;
  readonly after: '' | '&&' | '||' | ';' | '|' | '&';
}

/** Most commands of a project run again and again. */
const REMEMBERED = 2_000;
const MAX_LINE = 4_000;
const MAX_PIECES = 40;
const OPERATOR = /^(?:&&|\|\||\|&|;;|[;|\n]|&(?![>\d]))/u;
const ASSIGNMENT = /^[A-Za-z_]\w{0,60}=/u;
const WRAPPERS = new Set(['time', 'nohup', 'command', 'exec', 'env', 'sudo', 'cross-env']);
const INNER_SHELL = /^(?:bash|sh|zsh) -l{0,1}i{0,1}c (["'])([^]{1,2000})\1$/u;

/** The commands of a shell line, in order, without `cd`. Here-documents end the reading: what follows is data. */
export const parseShell: (line: string) => readonly ShellCommand[] = remembering(readShell, REMEMBERED);

function readShell(line: string): readonly ShellCommand[] {
  const commands: ShellCommand[] = [];
  let directory = '';
  const inner = INNER_SHELL.exec(line.slice(0, MAX_LINE).trim())?.[2];
  const pieces = split(inner ?? line.slice(0, MAX_LINE));
  pieces.forEach((piece, index) => {
    if (pieces[index - 1]?.after === '|') return;
    const words = plainWords(piece.raw);
    if (words[0] === 'cd' || words[0] === 'pushd') {
      directory = joinDirectory(directory, words[1] ?? '');
      return;
    }
    if (words.length === 0) return;
    const statusHidden = piece.after !== '' && piece.after !== '&&';
    const assigned = assignments(piece.raw);
    commands.push({ raw: piece.raw, words, directory, statusHidden, assigned, readers: readersOf(pieces, index) });
  });
  return commands;
}

/** The directory in which a line of nothing but `cd` leaves the shell, or undefined where it does something else. */
export function onlyChangesTo(line: string): string | undefined {
  const words = plainWords(line.slice(0, MAX_LINE).trim());
  return words[0] === 'cd' && words.length === 2 && split(line).length === 1 ? words[1] : undefined;
}

function readersOf(pieces: readonly Piece[], index: number): readonly string[] {
  const readers: string[] = [];
  for (let at = index; pieces[at]?.after === '|'; at += 1) readers.push(pieces[at + 1]?.raw ?? '');
  return readers;
}

function assignments(raw: string): readonly string[] {
  const words = shellWords(raw).filter((word) => !WRAPPERS.has(word));
  const end = words.findIndex((word) => !ASSIGNMENT.test(word));
  return end < 0 ? [] : words.slice(0, end);
}

function split(line: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  let quote = '';
  for (let at = 0; at < line.length && pieces.length < MAX_PIECES; at += 1) {
    const character = line.charAt(at);
    if (character === '\\') at += 1;
    else if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === '"' || character === "'" || character === '`') quote = character;
    else if (line.startsWith('<<', at)) {
      push(line.slice(from, at), '');
      return pieces;
    } else {
      const operator = OPERATOR.exec(line.slice(at, at + 3))?.[0];
      if (operator === undefined || isRedirection(line, at)) continue;
      push(line.slice(from, at), asOperator(operator));
      at += operator.length - 1;
      from = at + 1;
    }
  }
  push(line.slice(from), '');
  return pieces;

  function push(raw: string, after: Piece['after']): void {
    const trimmed = withoutGroup(raw.trim());
    if (trimmed !== '' && !trimmed.startsWith('#')) pieces.push({ raw: trimmed, after });
  }
}

/** Without the brackets of a sub-shell: `(cd x && make)` is cut into `(cd x` and `make)`. */
function withoutGroup(piece: string): string {
  const opened = piece.replace(/^[({]\s{0,8}/u, '');
  const surplus = opened.split(')').length > opened.split('(').length;
  return surplus ? opened.replace(/\s{0,8}\)$/u, '') : opened;
}

/** `2>&1` and `&>file` hold an ampersand that ends nothing. */
function isRedirection(line: string, at: number): boolean {
  return line.charAt(at) === '&' && (line.charAt(at - 1) === '>' || line.charAt(at + 1) === '>');
}

function asOperator(operator: string): Piece['after'] {
  if (operator === '&&' || operator === '||' || operator === '&') return operator;
  return operator.startsWith('|') ? '|' : ';';
}

function plainWords(raw: string): readonly string[] {
  const words = shellWords(raw);
  let start = 0;
  while (start < words.length) {
    const word = words[start] ?? '';
    if (ASSIGNMENT.test(word) || WRAPPERS.has(word)) start += 1;
    else if (word === 'timeout' || word === 'gtimeout') start = afterTimeout(words, start + 1);
    else break;
  }
  return words
    .slice(start)
    .filter((word, index, all) => !/^(?:\d|&)?>/u.test(word) && !/^(?:\d|&)?>>?$/u.test(all[index - 1] ?? ''));
}

/** Past the flags and the duration of a `timeout`. */
export function afterTimeout(words: readonly string[], from: number): number {
  let at = from;
  while ((words[at] ?? '').startsWith('-')) at += /^-[ks]$/u.test(words[at] ?? '') ? 2 : 1;
  return at + 1;
}

/** Words of a simple command; quotes keep their content together and are taken off. */
function shellWords(raw: string): readonly string[] {
  const found: string[] = [];
  for (const match of raw.matchAll(/(?:"(?:[^"\\]|\\.)*"|'[^']*'|\\.|[^\s"'\\])+/gu)) {
    found.push(match[0].replace(/^(["'])([^]*)\1$/u, '$2'));
  }
  return found;
}

/** `cd` from one relative directory into another; an absolute one, `~` or `-` replaces it. */
export function joinDirectory(from: string, to: string): string {
  if (to === '' || to === '-' || /^(?:\/|~|\$|[A-Za-z]:)/u.test(to)) return to === '' ? '~' : to;
  const parts = from === '' ? [] : from.split('/');
  for (const part of to.split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}
