import { readFileSync } from 'node:fs';
import path from 'node:path';
import { KINDS } from './learned/gate';
import type { LearnedKind } from './learned/gate';

export interface Example {
  readonly text: string;
  readonly kind: LearnedKind;
  /** The frame it was made of, or the sentence itself: what a vocabulary is counted in. */
  readonly frame: string;
  readonly family: string;
  readonly language: string;
  /** Of five; frames and contents of one are in no other. */
  readonly fold: number;
  /** A sentence that was written as a whole counts more than one of many of a frame. */
  readonly weight: number;
}

type Contents = ReadonlyMap<string, readonly string[]>;

/** By name: what else lies in the folder is not trained on. */
const FILES = [
  'en-durable', 'en-durable-whole', 'en-more', 'en-none', 'en-none-whole', 'en-none-tech',
  'de', 'es', 'fr', 'pt', 'zh', 'ja',
] as const; // prettier-ignore
const FOLDS = 5;
const PER_FRAME = 7;

/** All examples of the corpus. Deterministic: contents are dealt out in turn. */
export function readCorpus(folder: string): readonly Example[] {
  const shared = readContents(readFileSync(path.join(folder, 'contents.txt'), 'utf8'));
  return FILES.flatMap((name) => {
    const text = readFileSync(path.join(folder, `${name}.txt`), 'utf8');
    const own = readContents(text);
    return readFamilies(text, name.slice(0, 2), own.size > 0 ? own : shared);
  });
}

/** Whole sentences of one file that is no part of the corpus. */
export function readOthers(file: string): readonly Example[] {
  return readFamilies(readFileSync(file, 'utf8'), 'en', new Map());
}

function readContents(text: string): Contents {
  const contents = new Map<string, string[]>();
  let list: string[] | undefined;
  for (const line of linesOf(text)) {
    if (line.startsWith('== ')) contents.set(line.slice(3), (list = []));
    else if (line.startsWith('## ')) list = undefined;
    else list?.push(line);
  }
  return contents;
}

function readFamilies(text: string, language: string, contents: Contents): readonly Example[] {
  const examples: Example[] = [];
  let [kind, family, number, row] = ['none' as LearnedKind, '', -1, 0];
  for (const line of linesOf(text)) {
    if (line.startsWith('== ')) break;
    if (line.startsWith('## ')) {
      const [name = '', title = ''] = line.slice(3).split(' ');
      [kind, family, number, row] = [kindOf(name), title, number + 1, 0];
      continue;
    }
    row += 1;
    // A family of frames is one fold; whole sentences are batches of ten.
    const framed = line.includes('{');
    const fold = (framed ? number : number + Math.floor(row / 10)) % FOLDS;
    const base = { kind, frame: line, family: `${language}-${family}`, language, fold };
    if (framed)
      examples.push(...filled(line, contents, fold, row).map((said) => ({ ...base, text: said, weight: 0.5 })));
    else examples.push({ ...base, text: line, weight: 1.5 });
  }
  return examples;
}

function kindOf(name: string): LearnedKind {
  const kind = KINDS.find((one) => one === name);
  if (kind === undefined) throw new Error(`No kind is called ${name}`);
  return kind;
}

/** A frame with contents of its fold. */
function filled(frame: string, contents: Contents, fold: number, row: number): readonly string[] {
  const said = new Set<string>();
  for (let turn = 0; turn < PER_FRAME; turn += 1) {
    const pairs = (name: string): readonly string[] => pick(contents, name, fold, row * 3 + turn).split(' | ');
    const [preferred, chosen] = [pairs('p'), pairs('d')];
    said.add(
      frame.replace(/\{(\w{1,2})\}/gu, (_, slot: string) => {
        const named: Readonly<Record<string, string | undefined>> = {
          a: preferred[0], c: preferred[1], p: preferred[0], q: preferred[1],
          da: chosen[0], dc: chosen[1], dw: chosen[2], y: chosen[0], z: chosen[1],
          ...(contents.has('w') ? {} : { w: chosen[2] }),
        }; // prettier-ignore
        return named[slot] ?? pick(contents, slot, fold, row * 5 + turn * 3);
      }),
    );
  }
  return [...said];
}

function pick(contents: Contents, name: string, fold: number, turn: number): string {
  const all = contents.get(name);
  if (all === undefined) return '';
  const own = all.filter((_, index) => index % FOLDS === fold);
  const list = own.length > 0 ? own : all;
  return list[turn % list.length] ?? '';
}

function linesOf(text: string): readonly string[] {
  return text.split('\n').map((line) => line.trim()).filter((line) => line !== ''); // prettier-ignore
}
