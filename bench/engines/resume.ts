import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { initializeStore } from '../../src/core/memory/store';
import { createNodePorts } from '../../src/node/nodePorts';
import { bundleChild, inFolder, startTalker } from '../../test/processes/children';
import { sessionPath, sessionText } from '../../test/unit/core/dream/dreamWorld';
import { createRandom } from '../canary/formats';
import { silentLogger } from '../../src/node/lineLogger';
import type { ChildOrder, ChildReport } from './dreamOrder';
import { startResumeServer, type KillPoint, type ResumeServer } from './resumeServer';
import { makeNotice, makeTalk, type Talk } from './talks';

/** What became of a dream that was killed and started again, as often as there are kill points. */
export interface ResumeReport {
  readonly kills: number;
  /** Sessions that were sent, each counted as often as it was. */
  readonly sent: number;
  /** … though the answer was on the disk when the process was killed. */
  readonly sentTwice: number;
  /** … because they were under way when the process was killed: nobody had an answer to keep. */
  readonly underWay: number;
  /** Answers that were on the disk after each kill. */
  readonly kept: readonly number[];
  readonly batches: number;
  readonly changes: number;
  /** Every change is the same as in a dream that nobody disturbed. */
  readonly sameProposal: boolean;
}

/** One dream over so many sessions, by a process of its own, killed at these points one after the other. */
export async function runResume(
  sessions: number,
  engine: ChildOrder['engine'],
  points: readonly KillPoint[],
): Promise<ResumeReport> {
  return inFolder('resume', async (folder) => {
    const script = await bundleChild('bench/engines/dreamChild.ts', folder);
    const talks = talksFor(sessions);
    const calm = await dreamThrough(path.join(folder, 'calm'), script, engine, talks, []);
    if (calm.sent !== sessions) throw new Error(`${calm.sent} of ${sessions} sessions were sent by a calm dream`);
    const killed = await dreamThrough(path.join(folder, 'killed'), script, engine, talks, points);
    const { changes, ...counts } = killed;
    const sameProposal = changes.join('\n') === calm.changes.join('\n');
    return { ...counts, kills: points.length, changes: changes.length, sameProposal };
  });
}

type Run = Omit<ResumeReport, 'kills' | 'changes' | 'sameProposal'> & { readonly changes: readonly string[] };

async function dreamThrough(
  folder: string,
  script: string,
  engine: ChildOrder['engine'],
  talks: readonly Talk[],
  points: readonly KillPoint[],
): Promise<Run> {
  const place = { workspaceRoot: path.join(folder, 'project'), userFolder: path.join(folder, 'user') };
  await prepare(place, talks);
  const server = await startResumeServer(talks);
  const order = { ...place, url: server.url, engine };
  const kept: number[] = [];
  let [sentTwice, underWay, from] = [0, 0, 0];
  let known = new Set<string>();
  // What came in since the last kill, held against what was on the disk then.
  const count = (): void => {
    const [before, since] = [new Set(server.sent.slice(0, from)), server.sent.slice(from)];
    sentTwice += since.filter((tag) => known.has(tag)).length;
    underWay += since.filter((tag) => !known.has(tag) && before.has(tag)).length;
    from = server.sent.length;
  };
  const answersOnDisk = async (): Promise<Set<string>> => keptAnswers(place.workspaceRoot, talks);
  try {
    for (const point of points) {
      await killAt(point, script, order, server, async () => (await answersOnDisk()).size);
      count();
      known = await answersOnDisk();
      kept.push(known.size);
    }
    server.calm();
    const child = startTalker(script, order);
    const report = (await child.hear()) as ChildReport;
    await child.ended;
    count();
    if (report.kind !== 'completed') throw new Error(`The dream ended as ${report.kind}: ${report.error ?? ''}`);
    return { sent: from, sentTwice, underWay, kept, batches: server.batches(), changes: report.changes };
  } finally {
    await server.close();
  }
}

async function killAt(
  point: KillPoint,
  script: string,
  order: ChildOrder,
  server: ResumeServer,
  kept: () => Promise<number>,
): Promise<void> {
  const time = server.until(point, kept);
  const child = startTalker(script, order);
  const early = child.hear().then((report) => {
    throw new Error(`It ended before it was killed: ${JSON.stringify(report).slice(0, 300)}`);
  });
  try {
    await Promise.race([time, early]);
  } finally {
    child.process.kill('SIGKILL');
    // A child that is killed says nothing any more.
    early.catch(() => undefined);
    await child.ended;
  }
}

function talksFor(sessions: number): readonly Talk[] {
  const random = createRandom(20);
  const notice = makeNotice(random);
  return Array.from({ length: sessions }, (_, at) =>
    makeTalk(`talk-${at}`, `2026-11-${String(at + 1).padStart(2, '0')}T10:00:00Z`, notice, random),
  );
}

async function prepare(
  place: { readonly workspaceRoot: string; readonly userFolder: string },
  talks: readonly Talk[],
): Promise<void> {
  const ports = await createNodePorts({ ...place, logger: silentLogger });
  await initializeStore(ports, { share: 'private' });
  for (const { session } of talks)
    await ports.files.write(sessionPath(session), ports.text.encode(sessionText(session)));
}

/** Which sessions have an answer on the disk, as the dead process left it. */
async function keptAnswers(workspaceRoot: string, talks: readonly Talk[]): Promise<Set<string>> {
  const folder = path.join(workspaceRoot, '.agent-memory/.local/model/findings');
  const names = await readdir(folder).catch(() => []);
  const found = new Set<string>();
  for (const name of names.filter((one) => one.endsWith('.json'))) {
    const text = await readFile(path.join(folder, name), 'utf8');
    for (const { tag } of talks) if (text.includes('"findings"') && text.includes(tag)) found.add(tag);
  }
  return found;
}
