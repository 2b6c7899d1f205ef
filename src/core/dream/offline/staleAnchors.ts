import type { Memory } from '../../memory/memory';
import { archivePath } from '../../memory/storePath';
import type { CheckEvidence, Dismissed } from '../finding';
import { operationFingerprint } from '../fingerprint';
import type { Candidate, Miner, MinerContext, MinerResult, MinerRun } from '../miner';
import { anchorsOf } from './anchors';
import type { Anchor } from './anchors';
import { asTitle } from './rule';

const NAME = 'staleAnchors';

interface Verdict {
  readonly anchor: Anchor;
  readonly verdict: CheckEvidence['verdict'];
  readonly detail: string;
  readonly movedTo?: string;
}

/** Memories that name paths or scripts which are no longer there: moved ones are renamed, lost ones are put to the archive. */
export const staleAnchorsMiner: Miner = { name: NAME, begin: (context) => new StaleAnchorsRun(context) };

class StaleAnchorsRun implements MinerRun {
  constructor(private readonly context: MinerContext) {}

  session(): void {
    // The store and the workspace are all this looks at.
  }

  async finish(): Promise<MinerResult> {
    const candidates: Candidate[] = [];
    const dismissed: Dismissed[] = [];
    for (const memory of this.context.memories) {
      if (memory.scope.kind === 'archive') continue;
      const verdicts = await this.verdicts(memory);
      const stale = verdicts.filter((one) => one.verdict === 'moved' || one.verdict === 'gone');
      if (stale.length === 0) continue;
      const made = this.candidate(memory, verdicts, stale);
      if (typeof made === 'string')
        dismissed.push({
          miner: NAME,
          summary: `${memory.path}: ${stale.map((one) => one.anchor.subject).join(', ')}`.slice(0, 160),
          reason: made,
        });
      else candidates.push(made);
    }
    return { candidates, dismissed };
  }

  private async verdicts(memory: Memory): Promise<readonly Verdict[]> {
    const verdicts: Verdict[] = [];
    for (const anchor of anchorsOf(memory.body)) {
      verdicts.push(
        anchor.kind === 'script' ? await this.checkScript(anchor) : await this.checkPath(anchor.subject, anchor),
      );
    }
    return verdicts;
  }

  private async checkPath(path: string, anchor: Anchor): Promise<Verdict> {
    const { probe } = this.context;
    if (await probe.exists(path)) return { anchor, verdict: 'fresh', detail: `${path} exists` };
    const base = path.slice(path.lastIndexOf('/') + 1);
    const same = await probe.findByBaseName(base);
    if (!path.includes('/')) {
      if (same.length > 0) return { anchor, verdict: 'fresh', detail: `${same[0] ?? base} exists` };
      return { anchor, verdict: 'unverifiable', detail: `${path} names no folder` };
    }
    if (same.some((other) => other.endsWith(`/${path}`)))
      return { anchor, verdict: 'fresh', detail: `${path} exists in a package` };
    const [only] = same;
    if (only !== undefined && same.length === 1 && !COMMON_NAMES.test(base)) {
      return { anchor, verdict: 'moved', detail: `${path} is gone; ${only} has its name`, movedTo: only };
    }
    if (same.length > 0)
      return { anchor, verdict: 'unverifiable', detail: `${path} is gone; ${same.length} files have its name` };
    return { anchor, verdict: 'gone', detail: `${path} does not exist, nor any file of its name` };
  }

  private async checkScript(anchor: Anchor & { kind: 'script' }): Promise<Verdict> {
    const text = await this.context.probe.readText(anchor.runner);
    if (text === undefined) return { anchor, verdict: 'unverifiable', detail: `there is no ${anchor.runner}` };
    const names = anchor.runner === 'Makefile' ? targetsOf(text) : scriptsIn(text);
    if (names === undefined) return { anchor, verdict: 'unverifiable', detail: `${anchor.runner} cannot be read` };
    if (names.has(anchor.subject))
      return { anchor, verdict: 'fresh', detail: `${anchor.runner} has ${anchor.subject}` };
    const nested =
      anchor.runner === 'package.json' && (await this.context.probe.findByBaseName('package.json')).length > 1;
    if (nested) return { anchor, verdict: 'unverifiable', detail: `another package may have ${anchor.subject}` };
    return { anchor, verdict: 'gone', detail: `${anchor.runner} has no ${anchor.subject}` };
  }

  private candidate(memory: Memory, verdicts: readonly Verdict[], stale: readonly Verdict[]): Candidate | string {
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
    if (moved.length === stale.length) {
      return {
        ...common,
        change: 'update',
        title: asTitle(`${memory.slug}: ${moved[0]?.anchor.subject ?? ''} moved`),
        rationale: moved.map((one) => one.detail).join('; ') + '.',
        files: [{ path: memory.path, before: memory.text, after: renamed(memory.text, moved) }],
      };
    }
    if (verdicts.some((one) => one.verdict === 'fresh' || one.verdict === 'moved'))
      return 'only a part of what it names is gone; the rest still holds';
    if (memory.pinned) return 'it is pinned, and pinned memories are not archived';
    return {
      ...common,
      change: 'archive',
      title: asTitle(`Archive ${memory.slug}: what it names is gone`),
      rationale: stale.map((one) => one.detail).join('; ') + '. It can be restored at any time.',
      files: [{ path: archivePath(memory.path), from: memory.path, before: memory.text, after: memory.text }],
    };
  }

  private evidence(one: Verdict): CheckEvidence {
    return {
      kind: 'check',
      subject: one.anchor.subject,
      verdict: one.verdict,
      detail: one.detail,
      at: this.context.now,
    };
  }
}

/** Names that say nothing about which file is meant. */
const COMMON_NAMES =
  /^(?:index|main|mod|lib|readme|package|__init__|types|utils?|config|test|setup|makefile|dockerfile)(?:\.|$)/iu;

function renamed(text: string, moved: readonly Verdict[]): string {
  let after = text;
  for (const one of moved) after = after.split(one.anchor.subject).join(one.movedTo ?? one.anchor.subject);
  return after;
}

function scriptsIn(json: string): ReadonlySet<string> | undefined {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value !== 'object' || value === null || !('scripts' in value)) return new Set();
    const { scripts } = value;
    return new Set(typeof scripts === 'object' && scripts !== null ? Object.keys(scripts) : []);
  } catch {
    return undefined;
  }
}

function targetsOf(makefile: string): ReadonlySet<string> | undefined {
  if (/^-?include\s/mu.test(makefile)) return undefined;
  return new Set(
    [...makefile.matchAll(/^([\w.-]{1,80})(?:\s[\w. -]{0,200})?:(?!=)/gmu)].map((match) => match[1] ?? ''),
  );
}
