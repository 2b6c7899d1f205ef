import { readdirSync } from 'node:fs';
import path from 'node:path';
import { keptFacts, type Kept, type KeptFacts } from './keptFacts';
import { readRawFacts } from './rawFacts';
import { sendCorpus } from './sentTokens';

/** What a dream over the logs of one project sent, and whether what counts was in it. */
export interface ProjectTokens {
  readonly name: string;
  readonly sessions: number;
  readonly requests: number;
  /** Of the logs of the sessions that were sent, without those of subagents. */
  readonly rawBytes: number;
  readonly sentBytes: number;
  readonly textBytes: number;
  readonly sharedBytes: number;
  readonly kept: KeptFacts;
}

/** One dream over each project: a folder of logs below `folder`. Projects in which nobody took part are left out. */
export async function measureTokens(folder: string): Promise<readonly ProjectTokens[]> {
  const projects: ProjectTokens[] = [];
  for (const name of readdirSync(folder).sort()) {
    const logs = path.join(folder, name);
    const sent = await sendCorpus(logs);
    if (sent.requests === 0) continue;
    const raw = readRawFacts(logs, (file) => sent.sources.has(file));
    projects.push({
      name,
      sessions: sent.sessions,
      requests: sent.requests,
      rawBytes: raw.bytes,
      sentBytes: sent.bytes,
      textBytes: sent.textBytes,
      sharedBytes: sent.sharedBytes,
      kept: keptFacts(logs, raw, sent),
    });
  }
  return projects;
}

/** The sum over all projects. */
export function keptOverall(projects: readonly ProjectTokens[], what: keyof KeptFacts): Kept {
  const each = projects.map(({ kept }) => kept[what]);
  return {
    all: each.reduce((sum, { all }) => sum + all, 0),
    whole: each.reduce((sum, { whole }) => sum + whole, 0),
    cut: each.reduce((sum, { cut }) => sum + cut, 0),
    long: each.reduce((sum, { long }) => sum + long, 0),
    missing: each.flatMap(({ missing }) => missing),
  };
}
