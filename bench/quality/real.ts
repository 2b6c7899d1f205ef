import { readdirSync } from 'node:fs';
import path from 'node:path';
import { acceptedBehind, judgeReal, labelsOf, type RealLabels, type RealVerdict } from './judgeReal';
import { dreamOverReal } from './realDream';
import { readLabels, splitOf, type Split } from './realLabels';
import { wilson, type Share } from './statistics';

export interface JudgedChange {
  readonly repo: string;
  readonly path: string;
  readonly title: string;
  readonly verdict: RealVerdict;
}

/** What dreams over one half of the real sessions propose, and what the labels say of it. */
export interface RealScore {
  readonly sessions: number;
  readonly prompts: number;
  readonly changes: readonly JudgedChange[];
  /** Right among those that were labelled. */
  readonly precision: Share;
  /** Right among all: what nobody labelled counts as wrong. */
  readonly strict: Share;
  readonly per100Prompts: number;
  /** Prompts and refusals worth a memory by themselves that a proposal rests on. */
  readonly recall: Share;
  /** Repositories in which both labellers found nothing worth a memory, and what was proposed there, all sessions. */
  readonly barren: { readonly repos: number; readonly sessions: number; readonly changes: readonly JudgedChange[] };
}

/** Dreams repository by repository over the sessions of one half; `folder` holds one folder each. */
export async function measureReal(root: string, folder: string, split: Split): Promise<RealScore> {
  const rows = {
    prompts: [...readLabels(root, 'prompts.dev.jsonl'), ...readLabels(root, 'prompts.test.jsonl')],
    commands: readLabels(root, 'commands.jsonl'),
    fixes: [...readLabels(root, 'fixes.dev.jsonl'), ...readLabels(root, 'fixes.test.jsonl')],
  };
  const ofSplit = new Set(readLabels(root, `prompts.${split}.jsonl`).map(({ key }) => key));
  const changes: JudgedChange[] = [];
  const barren: JudgedChange[] = [];
  const found = new Set<string>();
  let [sessions, prompts, barrenRepos, barrenSessions] = [0, 0, 0, 0];
  for (const repo of readdirSync(folder).sort()) {
    const labels = labelsOf(repo, rows);
    const logs = path.join(folder, repo);
    const dream = await dreamOverReal(logs, ({ id }) => splitOf(repo, id) === split);
    if (dream !== undefined) {
      sessions += dream.sessions;
      prompts += dream.prompts;
      for (const change of dream.changes) {
        changes.push(judged(repo, change, judgeReal(change, labels, dream.commandOf)));
        for (const key of acceptedBehind(change, labels)) found.add(key);
      }
    }
    if (!isBarren(labels)) continue;
    const whole = await dreamOverReal(logs, () => true);
    if (whole === undefined) continue;
    barrenRepos += 1;
    barrenSessions += whole.sessions;
    barren.push(...whole.changes.map((change) => judged(repo, change, 'wrong')));
  }
  const right = changes.filter(({ verdict }) => verdict === 'right').length;
  const labelled = changes.filter(({ verdict }) => verdict !== 'unlabelled').length;
  const accepted = rows.prompts.filter(({ key, final }) => final === 'accept' && ofSplit.has(key));
  return {
    sessions,
    prompts,
    changes,
    precision: wilson(right, labelled),
    strict: wilson(right, changes.length),
    per100Prompts: (changes.length * 100) / Math.max(1, prompts),
    recall: wilson(accepted.filter(({ key }) => found.has(key)).length, accepted.length),
    barren: { repos: barrenRepos, sessions: barrenSessions, changes: barren },
  };
}

function judged(
  repo: string,
  { files, title }: { readonly files: readonly [{ readonly path: string }, ...unknown[]]; readonly title: string },
  verdict: RealVerdict,
): JudgedChange {
  return { repo, path: files[0].path, title, verdict };
}

function isBarren(labels: RealLabels): boolean {
  return (
    [...labels.prompts.values()].every(({ final }) => final === 'refuse') &&
    ![...labels.commands.values(), ...labels.fixes.values()].includes(true)
  );
}
