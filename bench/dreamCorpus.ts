import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Dismissed } from '../src/core/dream/finding';
import { runDream } from '../src/core/dream/runDream';
import type { Change } from '../src/core/review/proposal';
import { createRedactor } from '../src/core/secrets/redactor';
import { createSecretScanner } from '../src/core/secrets/scanner';
import { captureSessions } from '../src/node/logs/captureSessions';
import { createNodePorts } from '../src/node/nodePorts';
import { createWorkspaceProbe } from '../src/node/workspaceProbe';
import { silentLogger } from '../src/node/lineLogger';
import { countRawPrompts } from './capture/rawPrompts';
import { quoteStands } from './quoteCheck';

export interface DreamCorpusFigures {
  readonly sessions: number;
  readonly prompts: number;
  readonly changes: readonly Change[];
  readonly dismissed: readonly Dismissed[];
  /** Quotes and events in the evidence of all changes. */
  readonly quotes: number;
  /** … that an independent reader found verbatim in the captured session, by the right speaker. */
  readonly verbatim: number;
  readonly captureSeconds: number;
  readonly dreamSeconds: number;
}

const MIN_SESSIONS = 20;

/**
 * Captures the logs below `folder` as those of one scratch workspace, dreams over them, and holds every quote against
 * the captured files. Throws if there are fewer than 20 sessions: the figure would mean little.
 */
export async function dreamCorpus(folder: string, minSessions: number = MIN_SESSIONS): Promise<DreamCorpusFigures> {
  const workspaceRoot = await mkdtemp(path.join(tmpdir(), 'agent-dreams-dream-'));
  try {
    const ports = await createNodePorts({ workspaceRoot, logger: silentLogger });
    const redactor = createRedactor(createSecretScanner(), ports.hasher, ports.redactionKey);
    const captureStarted = performance.now();
    const report = await captureSessions(
      { ...ports, redactor },
      {
        workspaceRoot,
        configDirs: [],
        extraLogFolders: [folder],
        mapCwd: [...new Set(countRawPrompts(folder).cwds.values())].map((from) => ({ from, to: workspaceRoot })),
        exclude: { paths: [], entrypoints: [] },
        maxBytesOnDisk: Number.MAX_SAFE_INTEGER,
        home: workspaceRoot,
      },
      { aborted: false },
    );
    const dreamStarted = performance.now();
    const outcome = await runDream(
      { ...ports, redactor, probe: createWorkspaceProbe(workspaceRoot) },
      { trigger: 'cli', minSessions, engine: 'offline' },
      { aborted: false },
    );
    const ended = performance.now();
    if (outcome.kind !== 'completed') throw new Error(`The dream over ${folder} ended as ${outcome.kind}`);
    const { changes, dismissed } = outcome.proposal;
    const quoted = changes
      .flatMap((change) => change.evidence)
      .filter((one) => one.kind === 'quote' || one.kind === 'event');
    const sessionsFolder = path.join(workspaceRoot, '.agent-memory', '.local', 'sessions');
    return {
      sessions: outcome.record.sessions.length,
      prompts: report.prompts,
      changes,
      dismissed,
      quotes: quoted.length,
      verbatim: quoted.filter((one) => quoteStands(sessionsFolder, one)).length,
      captureSeconds: (dreamStarted - captureStarted) / 1000,
      dreamSeconds: (ended - dreamStarted) / 1000,
    };
  } finally {
    await rm(workspaceRoot, { recursive: true, force: true });
  }
}
