// Child of `measure.ts`: dreams over logs in the order it is told, with ids and clock fixed, and prints the proposal's hash.
import { createHash } from 'node:crypto';
import path from 'node:path';
import { runDream } from '../../src/core/dream/runDream';
import type { CorePorts } from '../../src/core/ports';
import { captureSessions } from '../../src/node/logs/captureSessions';
import { createNodePorts } from '../../src/node/nodePorts';
import { createWorkspaceProbe } from '../../src/node/workspaceProbe';
import { silentLogger } from '../../src/node/lineLogger';

const [workspaceRoot = '', config = '', order = 'as-is'] = process.argv.slice(2);
const NOW = Date.UTC(2026, 10, 20, 12);
const made = await createNodePorts({ workspaceRoot, logger: silentLogger, userFolder: path.join(config, 'user') });
let count = 0;

/** The same folder, its files told in another order. */
const list: CorePorts['files']['list'] = async (folder) => {
  const entries = await made.files.list(folder);
  if (order === 'as-is') return entries;
  const shuffled = [...entries].sort((a, b) => (turned(a.name) < turned(b.name) ? -1 : 1));
  return order === 'reversed' ? [...entries].reverse() : shuffled;
};

function turned(name: string): string {
  return createHash('sha256').update(name).digest('hex');
}

const ports = {
  ...made,
  files: { ...made.files, list },
  clock: { ...made.clock, now: () => NOW, offsetMinutes: () => 0, timeZone: () => 'UTC' },
  ids: {
    next: () => {
      count += 1;
      return String(count).padStart(26, '0');
    },
  },
  probe: createWorkspaceProbe(workspaceRoot),
};
await captureSessions(
  ports,
  {
    workspaceRoot,
    configDirs: [config],
    extraLogFolders: [],
    mapCwd: [],
    exclude: { paths: [], entrypoints: [] },
    maxBytesOnDisk: Number.MAX_SAFE_INTEGER,
    home: config,
  },
  { aborted: false },
);
const outcome = await runDream(ports, { trigger: 'cli', minSessions: 1, engine: 'offline' }, { aborted: false });
if (outcome.kind !== 'completed') throw new Error(`the dream ended as ${outcome.kind}`);
const bytes = JSON.stringify({ ...outcome.proposal, id: '', createdAt: '' });
const hash = createHash('sha256').update(bytes).digest('hex');
const { changes } = outcome.proposal;
process.stdout.write(
  `${JSON.stringify({ hash, changes: changes.length, local: new Date(0).toString(), sorted: ['ä', 'z', 'a'].sort(new Intl.Collator().compare).join('') })}\n`,
);
