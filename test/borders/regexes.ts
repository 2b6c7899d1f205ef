import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { root } from '../../scripts/root';

/** A regular expression of the product. */
export interface FoundRegex {
  /** `file:line` */
  readonly at: string;
  readonly regex: RegExp;
}

/** Every regular expression literal in src/, as the syntax tree has them. */
export function regexesOfSource(): readonly FoundRegex[] {
  const folder = path.join(root, 'src');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  // The secret rules have windows of their own, and a measurement of their own.
  const ours = files.filter((file) => !file.startsWith(path.join('core', 'secrets')));
  return ours.sort().flatMap((file) => regexesIn(file, readFileSync(path.join(folder, file), 'utf8')));
}

function regexesIn(file: string, text: string): readonly FoundRegex[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const found: FoundRegex[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/');
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      found.push({ at: `${file}:${line + 1}`, regex: new RegExp(node.text.slice(1, end), node.text.slice(end + 1)) });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Each turn of these begins with a letter that the rest of the turn cannot hold, so that there is one way to match. */
const ONE_WAY: readonly string[] = [
  String.raw`^[\w.@-]+(?:\/[\w.@-]+){1,}$`,
  String.raw`(?:"(?:[^"\\]|\\.)*"|'[^']*'|\\.|[^\s"'\\])+`,
  String.raw`[\p{L}\p{N}]+(?:[._:/@+-][\p{L}\p{N}]+)*`,
];
const UNBOUNDED = /^(?:[*+]|\{\d{1,4},\})/u;

/** A group that repeats without a bound and holds something that does: exponential, unless known to be no such thing. */
export function nestsRepeats({ source }: RegExp): boolean {
  if (ONE_WAY.includes(source)) return false;
  // Sets and escapes are one letter each.
  let rest = source.replace(/\\[pP]\{[^}]{1,60}\}|\\./gu, 'x').replace(/\[[^\]]{0,300}\]/gu, 'x');
  for (let innermost = GROUP.exec(rest); innermost !== null; innermost = GROUP.exec(rest)) {
    const repeats = /[^(][*+]|\{\d{1,4},\}/u.test(innermost[0]);
    const after = rest.slice(innermost.index + innermost[0].length);
    if (repeats && UNBOUNDED.test(after)) return true;
    rest = `${rest.slice(0, innermost.index)}${repeats ? 'x+' : 'x'}${after}`;
  }
  return false;
}

const GROUP = /\([^()]{0,2000}\)/u;

const PUMPS = Array.from(' a0A-._/"\'\\\n\t{}[]()<>=:;,|`*#$%@!?&+~é\u200b\0\u{1f642}');

/** Megabytes a second of the worst input that was found for it, and that input's repeated piece. */
export function worstSpeed(regex: RegExp, length = 8_000): { readonly mbPerS: number; readonly pump: string } {
  const literals = regex.source.match(/[A-Za-z0-9 <>"':=_-]{2,20}/gu) ?? [];
  const pieces = new Set<string>([...PUMPS, ...literals]);
  for (const literal of literals.slice(0, 4)) pieces.add(`${literal} `);
  let worst = { mbPerS: Number.POSITIVE_INFINITY, pump: '' };
  for (const piece of pieces) {
    for (const end of ['', '\u0001']) {
      const text = piece.repeat(Math.ceil(length / piece.length)) + end;
      const mbPerS = speedOn(regex, text);
      if (mbPerS < worst.mbPerS) worst = { mbPerS, pump: piece };
    }
  }
  return worst;
}

function speedOn(regex: RegExp, text: string): number {
  let best = 0;
  // A second and third look only where the first was slow: the machine may have been.
  for (let look = 0; look < 3 && best < 2; look += 1) {
    // Processor time: what else the machine does does not count.
    const started = process.cpuUsage();
    text.replace(regex, '');
    const { user, system } = process.cpuUsage(started);
    best = Math.max(best, text.length / Math.max(user + system, 1));
  }
  return best;
}
