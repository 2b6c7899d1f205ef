import type { Memory } from '../../memory/memory';
import { archivePath } from '../../memory/storePath';
import { ageInDays, GRACE_DAYS, isPastSpan } from '../decay';
import type { CheckEvidence, Dismissed } from '../finding';
import { operationFingerprint } from '../fingerprint';
import { claimOf, sentencesOf } from '../memoryText';
import type { Candidate, Miner, MinerContext, MinerResult, MinerRun, Notice } from '../miner';
import { AnchorChecker, type AnchorVerdict } from './anchorVerdict';
import { anchorsOf, isPresentTense } from './anchors';
import { asTitle } from './rule';

const NAME = 'staleAnchors';

/**
 * Memories that name what is no longer there: what moved is renamed; a memory that rests on nothing else is put to the
 * archive; of the others the reviewer hears when another change touches them.
 */
export const staleAnchorsMiner: Miner = { name: NAME, begin: (context) => new StaleAnchorsRun(context) };

class StaleAnchorsRun implements MinerRun {
  constructor(private readonly context: MinerContext) {}

  session(): void {
    // The store and the workspace are all this looks at.
  }

  async finish(): Promise<MinerResult> {
    const candidates: Candidate[] = [];
    const dismissed: Dismissed[] = [];
    const notices: Notice[] = [];
    const checker = new AnchorChecker(this.context.probe);
    for (const memory of this.context.memories) {
      if (memory.scope.kind === 'archive') continue;
      const verdicts: AnchorVerdict[] = [];
      for (const anchor of anchorsOf(memory.body)) verdicts.push(await checker.check(anchor));
      const stale = verdicts.filter((one) => one.verdict === 'moved' || one.verdict === 'gone');
      if (stale.length === 0) continue;
      notices.push(...stale.map(({ detail }): Notice => ({ path: memory.path, message: detail })));
      const made = this.candidate(memory, verdicts, stale);
      if (typeof made === 'string')
        dismissed.push({
          miner: NAME,
          summary: `${memory.path}: ${stale.map((one) => one.anchor.subject).join(', ')}`.slice(0, 160),
          reason: made,
        });
      else candidates.push(made);
    }
    return { candidates, dismissed, notices };
  }

  private candidate(
    memory: Memory,
    verdicts: readonly AnchorVerdict[],
    stale: readonly AnchorVerdict[],
  ): Candidate | string {
    const evidence = stale.map((one) => this.evidence(one));
    const [first, ...rest] = evidence;
    if (first === undefined) return 'nothing is stale';
    const moved = stale.filter((one) => one.movedTo !== undefined);
    const fingerprint = operationFingerprint(
      NAME,
      [memory.path, ...stale.map((one) => `${one.verdict} ${one.anchor.subject}`)],
      this.context.hasher,
    );
    const common = { kind: 'edit', miner: NAME, evidence: [first, ...rest], trust: 'observed', fingerprint } as const;
    if (moved.length > 0) {
      return {
        ...common,
        change: 'update',
        title: asTitle(`${memory.slug}: ${moved[0]?.anchor.subject ?? ''} moved`),
        rationale: stale.map((one) => one.detail).join('; ') + '.',
        files: [{ path: memory.path, before: memory.text, after: renamed(memory.text, moved) }],
      };
    }
    if (verdicts.length > stale.length) return 'only a part of what it names is gone; the rest may still hold';
    const age = ageInDays(memory.created, this.context.now);
    if (age !== undefined && age < GRACE_DAYS) return 'it is new: what it names may still come';
    // The rest may hold; after a kind's span it is more likely that it went with what it stood beside.
    const idle = this.idleDays(memory) ?? age;
    if (!restsOn(memory, stale) && (idle === undefined || !isPastSpan(memory.category, idle)))
      return 'it also says what does not depend on what is gone';
    if (memory.pinned) return 'it is pinned, and pinned memories are not archived';
    return {
      ...common,
      change: 'archive',
      title: asTitle(`Archive ${memory.slug}: what it names is gone`),
      rationale: stale.map((one) => one.detail).join('; ') + '. It can be restored at any time.',
      files: [{ path: archivePath(memory.path), from: memory.path, before: memory.text, after: memory.text }],
    };
  }

  /** Days since an agent last turned to it: what is used does not grow old. */
  private idleDays({ path }: Memory): number | undefined {
    const used = this.context.recall?.usage.get(path)?.lastUsedAt;
    return used === undefined ? undefined : ageInDays(used.slice(0, 10), this.context.now);
  }

  private evidence(one: AnchorVerdict): CheckEvidence {
    return {
      kind: 'check',
      subject: one.anchor.subject,
      verdict: one.verdict,
      detail: one.detail,
      at: this.context.now,
    };
  }
}

/** Words by which a sentence goes on about what the one before it names. */
const CONTINUES = /^(?:it|its|they|their|them|this|that|these|those|there|both)\b/iu;

/** True if no sentence of the memory would hold without what is gone. */
function restsOn(memory: Memory, gone: readonly AnchorVerdict[]): boolean {
  const lines = memory.body.split(/\r?\n/u).filter((line) => !/^#{1,6}\s/u.test(line));
  const sentences = lines.flatMap((line) => sentencesOf(claimOf({ body: line })));
  return sentences.every(
    (sentence, index) =>
      gone.some(({ anchor }) => sentence.includes(anchor.subject)) || (index > 0 && CONTINUES.test(sentence.trim())),
  );
}

/** The text with each moved path renamed where it is named on its own; quotes stay as they were said. */
function renamed(text: string, moved: readonly AnchorVerdict[]): string {
  return text
    .split('\n')
    .map((line) => {
      if (!isPresentTense(line)) return line;
      let after = line;
      for (const { anchor, movedTo = anchor.subject } of moved) {
        const literal = anchor.subject.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&');
        after = after.replace(new RegExp(`(?<![\\w/-])(?<!\\w\\.)${literal}(?![\\w/-]|\\.\\w)`, 'gu'), () => movedTo);
      }
      return after;
    })
    .join('\n');
}
