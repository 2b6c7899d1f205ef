import { MAX_MEMORY_BYTES } from '../../memory/codec';
import type { Memory } from '../../memory/memory';
import { foldedName, isTracked, pathProblem } from '../../memory/storePath';
import type { StoreFile } from '../../model/storeDreamer';
import type { Dismissed } from '../finding';
import { REASON, sentencesOf } from '../memoryText';
import type { MinerContext, MinerResult } from '../miner';
import { sameTopic } from '../text/similarity';
import { contentStems, oneSpace } from '../text/words';
import { MODEL_MINER, type CheckedFinding } from './check';
import type { Draft } from './consolidate';
import { lostSentences } from './facts';
import type { Grounds } from './ground';
import { heldByLossCap } from './lossCap';
import type { RawChange } from './schemas';
import { toCandidates } from './toCandidates';

export interface FromStore {
  /** The memories that were given, and the path under which each was. */
  readonly given: ReadonlyMap<string, Memory>;
  /** The store that came back. */
  readonly files: readonly StoreFile[];
  readonly grounds: Grounds;
  readonly context: Pick<MinerContext, 'schema' | 'hasher' | 'memories'>;
}

const MAX_FILES = 2_000;
const MAX_DISMISSED = 200;
/** What the store keeps for readers, or for people: never a memory. */
const NO_MEMORY = /^(?:_?index|memory|readme|claude|claude\.local|agents|gemini)\.md$/u;
const FALLBACK = 'facts';

/**
 * A store that was dreamt elsewhere, as candidates. Only what it says anew is looked at, statement by statement: what no
 * session says is dropped, and so is whatever was left out for no reason. Paths only tell which memory is meant.
 */
export function fromStore({ given, files, grounds, context }: FromStore): MinerResult {
  const reading = new Reading(given, grounds, context);
  const tree = reading.tree(files);
  const drafts = reading.drafts(tree);
  const made = toCandidates(drafts, context);
  const held = heldByLossCap(made.candidates, context.memories);
  return {
    candidates: held.kept,
    dismissed: [...reading.dismissed, ...made.dismissed, ...held.dismissed].slice(0, MAX_DISMISSED),
  };
}

/** The bodies that came back, by path. */
type Tree = ReadonlyMap<string, string>;

class Reading {
  readonly dismissed: Dismissed[] = [];
  readonly #known: ReadonlySet<string>;

  constructor(
    private readonly given: ReadonlyMap<string, Memory>,
    private readonly grounds: Grounds,
    private readonly context: FromStore['context'],
  ) {
    this.#known = new Set([...given.values()].flatMap(({ body }) => statementsOf(body)));
  }

  /** The files that can be meant as memories. */
  tree(files: readonly StoreFile[]): Tree {
    const tree = new Map<string, string>();
    const folded = new Set<string>();
    for (const { path: given, text } of files.slice(0, MAX_FILES)) {
      const path = given.replace(/^\//u, '');
      const problem = fileProblem(path, text) ?? (folded.has(foldedName(path)) ? 'its path is taken' : undefined);
      if (problem === undefined) {
        folded.add(foldedName(path));
        tree.set(path, bodyOf(text));
      } else this.#drop(path, problem);
    }
    if (files.length > MAX_FILES) this.#drop('the store', `it holds more than ${MAX_FILES} files`);
    return tree;
  }

  drafts(tree: Tree): readonly Draft[] {
    const merges = this.#merges(tree);
    const drafts: Draft[] = [];
    for (const [path, body] of tree) {
      const memory = this.given.get(path);
      if (memory === undefined) drafts.push(...this.#added(path, body));
      else drafts.push(...this.#changed(memory, body, merges.get(path) ?? []));
    }
    return drafts;
  }

  /** Which memories went into which other: all that one says stands there. */
  #merges(tree: Tree): ReadonlyMap<string, readonly Memory[]> {
    const merges = new Map<string, Memory[]>();
    for (const [path, memory] of this.given) {
      if (tree.has(path)) continue;
      const into = [...tree].find(([other, body]) => this.given.has(other) && saysAll(body, memory.body));
      if (into === undefined) this.#drop(memory.path, 'it was left out, and nothing shows that it no longer holds');
      else merges.set(into[0], [...(merges.get(into[0]) ?? []), memory]);
    }
    return merges;
  }

  #added(path: string, body: string): readonly Draft[] {
    const category = this.#category(path);
    const { lines, findings } = this.#grounded(
      statementsOf(body).filter((line) => !this.#known.has(line)),
      category,
    );
    if (findings.length === 0) return [];
    const name = (path.split('/').at(-1) ?? '').replace(/\.md$/u, '');
    return [draftOf({ action: 'add', category, name, text: lines.join('\n') }, findings, [])];
  }

  #changed(memory: Memory, body: string, others: readonly Memory[]): readonly Draft[] {
    const own = new Set(statementsOf(memory.body));
    const told = statementsOf(body);
    const { lines, findings } = this.#grounded(
      told.filter((line) => !this.#known.has(line)),
      memory.category,
    );
    const kept = told.filter((line) => own.has(line) || lines.includes(line));
    if (others.length > 0) {
      const change = { action: 'merge', memory: 'm1', others: others.map((_, index) => `m${index + 2}`) } as const;
      return [
        draftOf({ ...change, text: findings.length === 0 ? '' : kept.join('\n') }, findings, [memory, ...others]),
      ];
    }
    if (findings.length > 0) {
      const lost = [...own].filter((line) => !told.includes(line));
      const set = findings.map((finding) => correcting(finding, memory, lost));
      return [draftOf({ action: 'update', memory: 'm1', text: kept.join('\n') }, set, [memory])];
    }
    if ([...own].some((line) => !told.includes(line)))
      this.#drop(memory.path, 'it says less than before, and nothing shows that the rest no longer holds');
    return [];
  }

  /** The statements that a session says, with the passages that say them. */
  #grounded(
    statements: readonly string[],
    category: string,
  ): { readonly lines: readonly string[]; readonly findings: readonly CheckedFinding[] } {
    const lines: string[] = [];
    const findings: CheckedFinding[] = [];
    for (const statement of statements) {
      const found = this.grounds.find(statement, category);
      if ('reason' in found) this.#drop(statement, found.reason);
      else {
        lines.push(statement);
        findings.push(...found.said);
      }
    }
    return { lines, findings };
  }

  #category(path: string): string {
    const enabled = this.context.schema.categories.filter((category) => category.enabled).map(({ name }) => name);
    const folder = path.split('/').find((part) => enabled.includes(part));
    return folder ?? (enabled.includes(FALLBACK) ? FALLBACK : (enabled[0] ?? ''));
  }

  #drop(summary: string, reason: string): void {
    this.dismissed.push({ miner: MODEL_MINER, summary: oneSpace(summary).slice(0, 160), reason });
  }
}

/** Why a file is not looked at; undefined if it is. */
function fileProblem(path: string, text: string): string | undefined {
  const name = (path.split('/').at(-1) ?? '').toLowerCase();
  if (!name.endsWith('.md')) return 'it is no Markdown file';
  if (NO_MEMORY.test(name)) return 'it is an index, or belongs to people';
  if (pathProblem(path) !== undefined) return 'its path leads out of the store';
  if (!path.includes('/') && isTracked(path)) return 'it steers dreams, and only people change it';
  // Every character has at least a byte; exact sizes are checked where files are written.
  return text.length > MAX_MEMORY_BYTES ? 'it is too large for a memory' : undefined;
}

/** The text after the front matter. */
function bodyOf(text: string): string {
  const lines = text.split(/\r\n|\r|\n/u);
  if (lines[0] !== '---') return text;
  const end = lines.indexOf('---', 1);
  return end === -1 ? text : lines.slice(end + 1).join('\n');
}

/** What a body says, a sentence each, without headings, reasons and marks of lists. */
function statementsOf(body: string): readonly string[] {
  const statements = body
    .split(/\r\n|\r|\n/u)
    .map((line) => line.trim())
    .filter((line) => !REASON.test(line) && !/^(?:#{1,6}\s|-{3,}$|```)/u.test(line))
    .flatMap((line) => sentencesOf(line.replace(/^(?:[>+*-]|\d{1,3}[.)])\s{1,4}/u, '')))
    .map(oneSpace)
    .filter((line) => line.length >= 8);
  return [...new Set(statements)];
}

/** True if one text says what the other says, in its words: that two hosts do the same does not make them one. */
function saysAll(body: string, other: string): boolean {
  const stems = contentStems(body);
  return [...contentStems(other)].every((stem) => stems.has(stem)) && lostSentences(other, body).length === 0;
}

/** A statement sets right what the memory said of its topic, unless it was said before that memory was there. */
function correcting(finding: CheckedFinding, memory: Memory, lost: readonly string[]): CheckedFinding {
  const stems = contentStems(finding.statement);
  const same = lost.some((line) => sameTopic(contentStems(line), stems));
  const later = finding.evidence.some(({ at }) => at.slice(0, 10) >= (memory.created ?? ''));
  return same && later ? { ...finding, kind: 'correction' } : finding;
}

function draftOf(
  change: Pick<RawChange, 'action' | 'text'> & Partial<RawChange>,
  findings: readonly CheckedFinding[],
  memories: readonly Memory[],
): Draft {
  const raw: RawChange = {
    memory: '',
    others: [],
    category: '',
    name: '',
    description: '',
    reason: '',
    findings: findings.map((_, index) => `f${index + 1}`),
    ...change,
  };
  return { raw, cluster: { findings, memories } };
}
