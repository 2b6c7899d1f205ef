// Child of `measure.ts`: dreams once over a prepared store, reads and parses the same bytes before and after, and prints
// what each took of the processor, as JSON.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { runDream } from '../../src/core/dream/runDream';
import { STORE_FOLDER } from '../../src/node/nodePorts';
import { createWorkspaceProbe } from '../../src/node/workspaceProbe';
import { portsIn } from './corpus';

const [folder = '', mode = 'both'] = process.argv.slice(2);
const workspace = path.join(folder, 'workspace');
const store = path.join(workspace, STORE_FOLDER);

function cpuSeconds(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1_000_000;
}

/** The yardstick: every byte of sessions and memories read, every line of a session parsed as JSON. */
function readAndParse(): { readonly cpu: number; readonly bytes: number } {
  const started = process.cpuUsage();
  let [bytes, parsed] = [0, 0];
  for (const entry of readdirSync(store, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (!entry.isFile() || !/\.(?:md|jsonl)$/u.test(entry.name)) continue;
    const text = readFileSync(file, 'utf8');
    bytes += Buffer.byteLength(text);
    if (!file.endsWith('.jsonl')) continue;
    for (const line of text.split('\n')) if (line !== '' && JSON.parse(line) !== undefined) parsed += 1;
  }
  if (parsed === 0) throw new Error('there is no session to read');
  return { cpu: cpuSeconds(started), bytes };
}

const parses: number[] = [];
let bytes = 0;
for (let round = 0; mode === 'both' && round < 2; round += 1) {
  const read = readAndParse();
  parses.push(read.cpu);
  bytes = read.bytes;
}
const ports = await portsIn(folder);
const started = process.cpuUsage();
const outcome = await runDream(
  { ...ports, probe: createWorkspaceProbe(workspace) },
  { trigger: 'cli', minSessions: 1, engine: 'offline' },
  { aborted: false },
);
const dream = cpuSeconds(started);
if (outcome.kind !== 'completed') throw new Error(`the dream ended as ${outcome.kind}`);
for (let round = 0; mode === 'both' && round < 2; round += 1) parses.push(readAndParse().cpu);
const maxRssMb = process.resourceUsage().maxRSS / 1_000;
const { record, proposal } = outcome;
const [sessions, changes] = [record.sessions.length, proposal.changes.length];
process.stdout.write(`${JSON.stringify({ dream, parses, bytes, maxRssMb, sessions, changes })}\n`);
