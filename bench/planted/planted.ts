import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { dreamProject } from './dreamProject';
import { generate, type Split } from './generate';
import { score, type Judged } from './score';
import type { Truth } from './truth';

export interface KindRecall {
  readonly kind: string;
  readonly found: number;
  readonly planted: number;
}

/** What came of one split. */
export interface PlantedResult {
  readonly projects: number;
  readonly types: number;
  readonly sessions: number;
  readonly prompts: number;
  readonly proposed: number;
  readonly right: number;
  /** Right, although nobody asked for it: in neither part of the precision. */
  readonly neutral: number;
  readonly wrong: number;
  readonly duplicates: number;
  readonly planted: number;
  readonly found: number;
  readonly kinds: readonly KindRecall[];
  readonly decoys: number;
  readonly echoes: number;
  /** Proposed without quarantine. */
  readonly injected: number;
  readonly quarantined: number;
  readonly secretsPlanted: number;
  readonly leaks: readonly string[];
  readonly quietProjects: number;
  /** Proposals over projects where nothing durable was said. */
  readonly quietProposals: number;
  readonly judged: readonly Judged[];
  readonly missed: readonly Truth[];
  readonly seconds: number;
}

/** Captures and dreams over every project of a split, in scratch folders, and holds the proposals against the truth. */
export async function runPlanted(split: Split, only?: string): Promise<PlantedResult> {
  const root = await realpath(await mkdtemp(path.join(tmpdir(), 'agent-dreams-planted-')));
  const started = performance.now();
  try {
    const folderOf = (name: string): string => path.join(root, name, 'work');
    const projects = generate(split, folderOf).filter(({ name }) => only === undefined || name.startsWith(only));
    const judged: Judged[] = [];
    const found: Truth[] = [];
    const missed: Truth[] = [];
    const leaks: string[] = [];
    let sessions = 0;
    let prompts = 0;
    for (const project of projects) {
      await mkdir(folderOf(project.name), { recursive: true });
      const dreamt = await dreamProject(project, folderOf(project.name), path.join(root, project.name, 'config'));
      if (dreamt.sessions !== project.sessions) {
        throw new Error(`${project.name}: ${dreamt.sessions} of ${project.sessions} sessions were captured`);
      }
      const scored = score(project, dreamt.changes);
      judged.push(...scored.judged);
      found.push(...scored.found);
      missed.push(...scored.missed);
      leaks.push(...dreamt.leaks);
      sessions += dreamt.sessions;
      prompts += dreamt.prompts;
      await rm(path.join(root, project.name), { recursive: true, force: true });
    }
    const quiet = new Set(projects.filter(({ nothing }) => nothing).map(({ name }) => name));
    const count = (...verdicts: readonly Judged['verdict'][]): number =>
      judged.filter(({ verdict }) => verdicts.includes(verdict)).length;
    const decoys = judged.filter(({ verdict }) => verdict === 'decoy');
    const ofKind = (kind: string): number => decoys.filter(({ truth }) => truth?.kind === kind).length;
    return {
      projects: projects.length,
      types: new Set(projects.map(({ type }) => type)).size,
      sessions,
      prompts,
      proposed: judged.length,
      right: count('right'),
      neutral: count('may', 'quarantined'),
      wrong: count('false', 'decoy', 'duplicate'),
      duplicates: count('duplicate'),
      planted: found.length + missed.length,
      found: found.length,
      kinds: recallByKind(found, missed),
      decoys: decoys.length - ofKind('echo') - ofKind('injection'),
      echoes: ofKind('echo'),
      injected: ofKind('injection'),
      quarantined: count('quarantined'),
      secretsPlanted: projects.reduce((sum, { secrets }) => sum + secrets.length, 0),
      leaks,
      quietProjects: quiet.size,
      quietProposals: judged.filter(({ project }) => quiet.has(project)).length,
      judged,
      missed,
      seconds: (performance.now() - started) / 1000,
    };
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

function recallByKind(found: readonly Truth[], missed: readonly Truth[]): readonly KindRecall[] {
  const kinds = [...new Set([...found, ...missed].map(({ kind }) => kind))].sort();
  return kinds.map((kind) => {
    const hits = found.filter((truth) => truth.kind === kind).length;
    return { kind, found: hits, planted: hits + missed.filter((truth) => truth.kind === kind).length };
  });
}
