import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runDream } from '../../src/core/dream/runDream';
import type { Dismissed } from '../../src/core/dream/finding';
import type { Change } from '../../src/core/review/proposal';
import { createRedactor } from '../../src/core/secrets/redactor';
import { createSecretScanner } from '../../src/core/secrets/scanner';
import type { SessionHeader } from '../../src/core/sessions/session';
import { listSessions, readSession } from '../../src/core/sessions/sessionFiles';
import { captureSessions } from '../../src/node/logs/captureSessions';
import { createNodePorts } from '../../src/node/nodePorts';
import { createWorkspaceProbe } from '../../src/node/workspaceProbe';
import { silentLogger } from '../../src/node/lineLogger';
import { countRawPrompts } from '../capture/rawPrompts';

/** What a dream over some sessions of one repository gave. */
export interface RealDream {
  readonly sessions: number;
  readonly prompts: number;
  readonly changes: readonly Change[];
  readonly dismissed: readonly Dismissed[];
  /** The shell command that led to an entry of a session, undefined where there is none. */
  readonly commandOf: (session: string, entry: string) => string | undefined;
}

/** Captures the logs below `folder` as those of one scratch workspace and dreams over the chosen sessions alone. */
export async function dreamOverReal(
  folder: string,
  isChosen: (header: SessionHeader) => boolean,
): Promise<RealDream | undefined> {
  const workspaceRoot = await mkdtemp(path.join(tmpdir(), 'agent-dreams-real-'));
  try {
    const ports = await createNodePorts({
      workspaceRoot,
      logger: silentLogger,
      userFolder: path.join(workspaceRoot, 'user'),
    });
    const redactor = createRedactor(createSecretScanner(), ports.hasher, ports.redactionKey);
    await captureSessions(
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
    const chosen = (await listSessions(ports)).filter(isChosen);
    if (chosen.length === 0) return undefined;
    const outcome = await runDream(
      { ...ports, redactor, probe: createWorkspaceProbe(workspaceRoot) },
      { trigger: 'cli', sessions: chosen.map(({ id }) => id), minSessions: 1, engine: 'offline' },
      { aborted: false },
    );
    if (outcome.kind !== 'completed') throw new Error(`The dream over ${folder} ended as ${outcome.kind}`);
    const { changes, dismissed } = outcome.proposal;
    const commands = await commandsBehind({ ...ports, redactor }, changes);
    return {
      sessions: chosen.length,
      prompts: chosen.reduce((sum, { counts }) => sum + counts.prompts, 0),
      changes,
      dismissed,
      commandOf: (session, entry) => commands.get(`${session}\n${entry}`),
    };
  } finally {
    await rm(workspaceRoot, { recursive: true, force: true });
  }
}

async function commandsBehind(
  ports: Parameters<typeof readSession>[0],
  changes: readonly Change[],
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const ids = changes.flatMap(({ evidence }) => evidence.flatMap((one) => (one.kind === 'event' ? [one.session] : [])));
  for (const id of new Set(ids)) {
    const entries = (await readSession(ports, id))?.entries ?? [];
    const commands = new Map(
      entries.flatMap((one) => (one.kind === 'call' ? [[one.callId, one.input['command'] ?? ''] as const] : [])),
    );
    for (const one of entries) {
      const command = one.kind === 'result' ? commands.get(one.callId) : undefined;
      if (command !== undefined && command !== '') found.set(`${id}\n${one.id}`, command);
    }
  }
  return found;
}
