import type { Memory } from '../../memory/memory';
import { archivePath } from '../../memory/storePath';
import { updateFrontMatter } from '../../memory/codec';
import type { Dismissed, MemoryEvidence } from '../finding';
import { operationFingerprint } from '../fingerprint';
import { claimOf, sentencesOf } from '../memoryText';
import type { Candidate, Edit, Miner, MinerContext, MinerResult, MinerRun } from '../miner';
import type { FileEdit } from '../../review/proposal';
import { nearDuplicates } from '../text/minhash';
import { differsInValue } from '../text/slots';
import { compareText, oneSpace } from '../text/words';
import { asTitle } from './rule';

const NAME = 'duplicates';

/** Memories of one scope that say the same: one keeps every sentence of both, the other goes to the archive. */
export const duplicatesMiner: Miner = { name: NAME, begin: (context) => new DuplicatesRun(context) };

class DuplicatesRun implements MinerRun {
  constructor(private readonly context: MinerContext) {}

  session(): void {
    // The store is all this looks at.
  }

  finish(): MinerResult {
    const memories = this.context.memories.filter((memory) => memory.scope.kind !== 'archive');
    const candidates: Candidate[] = [];
    const dismissed: Dismissed[] = [];
    const taken = new Set<Memory>();
    for (const [a, b] of pairs(memories)) {
      if (taken.has(a) || taken.has(b)) continue;
      const objection = whyNot(a, b);
      if (objection !== undefined) {
        dismissed.push({ miner: NAME, summary: `${a.path} and ${b.path}`, reason: objection });
        continue;
      }
      taken.add(a).add(b);
      candidates.push(this.merge(...keeperFirst(a, b)));
    }
    return { candidates, dismissed };
  }

  private merge(keeper: Memory, other: Memory): Edit {
    const missing = missingSentences(keeper.body, other.body);
    const paths =
      keeper.paths.length === 0 || other.paths.length === 0 ? [] : [...new Set([...keeper.paths, ...other.paths])];
    const fields = paths.join('\n') === keeper.paths.join('\n') ? {} : { paths };
    const text = Object.keys(fields).length === 0 ? keeper.text : updateFrontMatter(keeper.text, fields);
    const after = missing.length === 0 ? text : `${text.trimEnd()}\n\n${missing.join('\n')}\n`;
    const archived: FileEdit = {
      path: archivePath(other.path),
      from: other.path,
      before: other.text,
      after: other.text,
    };
    const kept: FileEdit = { path: keeper.path, before: keeper.text, after };
    return {
      kind: 'edit',
      change: 'merge',
      miner: NAME,
      title: asTitle(`Merge ${other.slug} into ${keeper.slug}`),
      rationale:
        `Both say the same: “${oneSpace(other.description)}”. ` +
        (missing.length === 0
          ? 'Every sentence of it is in the one that stays. '
          : `Added from it: “${oneSpace(missing.join(' '))}”. `) +
        'The other goes to the archive and can be restored.',
      files: after === keeper.text ? [archived] : [kept, archived],
      evidence: [asEvidence(keeper), asEvidence(other)],
      trust: 'observed',
      fingerprint: operationFingerprint(
        NAME,
        [`${keeper.path} ${keeper.sha256}`, `${other.path} ${other.sha256}`],
        this.context.hasher,
      ),
    };
  }
}

function pairs(memories: readonly Memory[]): readonly (readonly [Memory, Memory])[] {
  const claims = memories.map(claimOf);
  const found: (readonly [Memory, Memory])[] = [];
  const exact = new Map<string, number>();
  claims.forEach((claim, index) => {
    const key = oneSpace(claim).toLowerCase();
    const earlier = exact.get(key);
    const [a, b] = [memories[earlier ?? -1], memories[index]];
    if (key !== '' && a !== undefined && b !== undefined) found.push([a, b]);
    else if (key !== '') exact.set(key, index);
  });
  for (const [left, right] of nearDuplicates(claims)) {
    const [a, b] = [memories[left], memories[right]];
    if (a !== undefined && b !== undefined) found.push([a, b]);
  }
  return found;
}

function whyNot(a: Memory, b: Memory): string | undefined {
  if (scopeKey(a) !== scopeKey(b)) return 'they belong to different scopes';
  if (a.agents.join() !== b.agents.join()) return 'they are for different agents';
  if (differsInValue(claimOf(a), claimOf(b)))
    return 'they name different values; that is a contradiction, not a duplicate';
  if (a.pinned && b.pinned) return 'both are pinned';
  return undefined;
}

function scopeKey(memory: Memory): string {
  return memory.scope.kind === 'agent' ? `agent ${memory.scope.agent}` : memory.scope.kind;
}

/** The pinned one stays, then the longer, then the one whose path comes first. */
function keeperFirst(a: Memory, b: Memory): readonly [Memory, Memory] {
  const order = Number(b.pinned) - Number(a.pinned) || b.body.length - a.body.length || compareText(a.path, b.path);
  return order <= 0 ? [a, b] : [b, a];
}

/** What the other says and the keeper does not, sentence by sentence, white space and case aside. */
function missingSentences(keeper: string, other: string): readonly string[] {
  const known = oneSpace(keeper).toLowerCase();
  return other
    .split(/\r?\n/u)
    .flatMap((line) => (known.includes(oneSpace(line).toLowerCase()) ? [] : sentencesOf(line)))
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '' && !known.includes(oneSpace(sentence).toLowerCase()));
}

function asEvidence(memory: Memory): MemoryEvidence {
  return { kind: 'memory', path: memory.path, sha256: memory.sha256, quote: memory.description };
}
