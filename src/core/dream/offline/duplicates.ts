import type { Memory } from '../../memory/memory';
import { archivePath } from '../../memory/storePath';
import type { Dismissed, MemoryEvidence } from '../finding';
import { operationFingerprint } from '../fingerprint';
import { claimOf, sentencesOf } from '../memoryText';
import type { Candidate, Edit, Miner, MinerContext, MinerResult, MinerRun } from '../miner';
import type { FileEdit } from '../../review/proposal';
import { nearDuplicates } from '../text/minhash';
import { differsInValue, isNegative } from '../text/slots';
import { compareText, oneSpace } from '../text/words';
import { asTitle } from './rule';

const NAME = 'duplicates';
/** More than this in one change nobody reviews; the next dream takes the rest. */
const MAX_GROUP = 8;

/** Memories of one scope that say the same: one keeps every sentence of all, the others go to the archive. */
export const duplicatesMiner: Miner = { name: NAME, begin: (context) => new DuplicatesRun(context) };

class DuplicatesRun implements MinerRun {
  constructor(private readonly context: MinerContext) {}

  session(): void {
    // The store is all this looks at.
  }

  finish(): MinerResult {
    const memories = [...this.context.memories]
      .filter((memory) => memory.scope.kind !== 'archive')
      .sort((a, b) => compareText(a.path, b.path));
    const groups: Memory[][] = [];
    const groupOf = new Map<Memory, Memory[]>();
    const dismissed: Dismissed[] = [];
    for (const [a, b] of pairs(memories)) {
      const [one, two] = [groupOf.get(a) ?? [a], groupOf.get(b) ?? [b]];
      if (one === two) continue;
      const objection = one.flatMap((x) => two.map((y) => whyNot(x, y))).find((reason) => reason !== undefined);
      if (objection !== undefined) {
        dismissed.push({ miner: NAME, summary: `${a.path} and ${b.path}`, reason: objection });
        continue;
      }
      if (one.length + two.length > MAX_GROUP) continue;
      if (!groups.includes(one)) groups.push(one);
      one.push(...two);
      if (groups.includes(two)) groups.splice(groups.indexOf(two), 1);
      for (const memory of one) groupOf.set(memory, one);
    }
    return { candidates: groups.map((group): Candidate => this.merge(group)), dismissed };
  }

  private merge(group: readonly Memory[]): Edit {
    const [keeper, ...others] = [...group].sort(keeperFirst);
    if (keeper === undefined) throw new Error('A group has members.');
    let body = keeper.body;
    const added: string[] = [];
    for (const other of others) {
      const missing = missingSentences(body, other.body);
      added.push(...missing);
      body = `${body}\n${missing.join('\n')}`;
    }
    const archived = others.map((other): FileEdit => ({
      path: archivePath(other.path),
      from: other.path,
      before: other.text,
      after: other.text,
    }));
    const text = added.length === 0 ? keeper.text : `${keeper.text.trimEnd()}\n\n${added.join('\n')}\n`;
    const kept: FileEdit = { path: keeper.path, before: keeper.text, after: text };
    const [first, ...rest] = text === keeper.text ? archived : [kept, ...archived];
    const [evidence, ...more] = [keeper, ...others].map(asEvidence);
    if (first === undefined || evidence === undefined) throw new Error('A group has members.');
    return {
      kind: 'edit',
      change: 'merge',
      miner: NAME,
      title: asTitle(`Merge ${others.map(({ slug }) => slug).join(', ')} into ${keeper.slug}`),
      rationale: rationaleOf(others, added),
      files: [first, ...rest],
      evidence: [evidence, ...more],
      trust: 'observed',
      fingerprint: operationFingerprint(
        NAME,
        group.map(({ path, sha256 }) => `${path} ${sha256}`),
        this.context.hasher,
      ),
    };
  }
}

function rationaleOf(others: readonly Memory[], added: readonly string[]): string {
  const said = others.map((other) => `“${oneSpace(other.description)}”`).join(', ');
  const moved =
    added.length === 0
      ? 'Every sentence is in the one that stays. '
      : `Added to the one that stays: “${oneSpace(added.join(' '))}”. `;
  return `They say the same: ${said}. ${moved}What is archived can be restored.`;
}

function pairs(memories: readonly Memory[]): readonly (readonly [Memory, Memory])[] {
  const claims = memories.map(claimOf);
  const found: (readonly [Memory, Memory])[] = [];
  const known = new Set<string>();
  const exact = new Map<string, number>();
  claims.forEach((claim, index) => {
    const key = oneSpace(claim).toLowerCase();
    const earlier = exact.get(key);
    const [a, b] = [memories[earlier ?? -1], memories[index]];
    if (key !== '' && a !== undefined && b !== undefined) {
      found.push([a, b]);
      known.add(`${earlier ?? -1} ${index}`);
    } else if (key !== '') exact.set(key, index);
  });
  for (const [left, right] of nearDuplicates(claims)) {
    const [a, b] = [memories[left], memories[right]];
    if (a !== undefined && b !== undefined && !known.has(`${left} ${right}`)) found.push([a, b]);
  }
  return found;
}

function whyNot(a: Memory, b: Memory): string | undefined {
  if (scopeKey(a) !== scopeKey(b)) return 'they belong to different scopes';
  if (listKey(a.agents) !== listKey(b.agents)) return 'they are for different agents';
  // A rule of two places is not yet a rule of everything between them, and one of everything is not one of a place.
  if (listKey(a.paths) !== listKey(b.paths)) return 'they apply to different paths';
  const [one, two] = [claimOf(a), claimOf(b)];
  if (differsInValue(one, two) || isNegative(one) !== isNegative(two))
    return 'they name different values; that is a contradiction, not a duplicate';
  if (a.pinned && b.pinned) return 'both are pinned';
  return undefined;
}

function listKey(items: readonly string[]): string {
  return [...new Set(items)].sort(compareText).join('\n');
}

function scopeKey(memory: Memory): string {
  return memory.scope.kind === 'agent' ? `agent ${memory.scope.agent}` : memory.scope.kind;
}

/** The pinned one stays, then the longer, then the one whose path comes first. */
function keeperFirst(a: Memory, b: Memory): number {
  return Number(b.pinned) - Number(a.pinned) || b.body.length - a.body.length || compareText(a.path, b.path);
}

/** What the other says and the keeper does not, sentence by sentence, white space aside; case counts in code. */
function missingSentences(keeper: string, other: string): readonly string[] {
  const known = new Set(keeper.split(/\r?\n/u).flatMap(sentencesOf).map(formOf));
  return other
    .split(/\r?\n/u)
    .flatMap(sentencesOf)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '' && !known.has(formOf(sentence)));
}

/** Equal for sentences that differ in nothing that carries meaning: case does in names, code and addresses. */
function formOf(sentence: string): string {
  const flat = oneSpace(sentence);
  return flat.slice(0, 1).toLowerCase() + flat.slice(1);
}

function asEvidence(memory: Memory): MemoryEvidence {
  return { kind: 'memory', path: memory.path, sha256: memory.sha256, quote: memory.description };
}
