import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Logger } from '../../src/core/ports';
import { createRedactor } from '../../src/core/secrets/redactor';
import { createSecretScanner } from '../../src/core/secrets/scanner';
import type { SessionEntry, SessionHeader } from '../../src/core/sessions/session';
import { readSession } from '../../src/core/sessions/sessionFiles';
import { captureSessions, type CaptureReport } from '../../src/node/logs/captureSessions';
import { projectFolderName } from '../../src/node/logs/projectFolder';
import { createNodePorts } from '../../src/node/nodePorts';

/** A workspace with a folder of logs, captured by the product. */
export interface CaptureBench {
  readonly workspace: string;
  /** Where the log of a session of that id is, or would be. */
  logOf(session: string): string;
  capture(): Promise<CaptureReport>;
  /** What is captured of a session so far. */
  session(
    id: string,
  ): Promise<{ readonly header: SessionHeader; readonly entries: readonly SessionEntry[] } | undefined>;
  remove(): Promise<void>;
}

const quiet: Logger = {
  trace: () => undefined,
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

export async function createCaptureBench(): Promise<CaptureBench> {
  const root = await mkdtemp(path.join(tmpdir(), 'agent-dreams-borders-'));
  const workspace = path.join(root, 'project');
  const logs = path.join(root, 'claude/projects', projectFolderName(workspace));
  await mkdir(workspace);
  await mkdir(logs, { recursive: true });
  const node = await createNodePorts({ workspaceRoot: workspace, logger: quiet });
  const ports = { ...node, redactor: createRedactor(createSecretScanner(), node.hasher, 'a key') };
  return {
    workspace,
    logOf: (session) => path.join(logs, `${session}.jsonl`),
    capture: () =>
      captureSessions(
        ports,
        {
          workspaceRoot: workspace,
          configDirs: [path.join(root, 'claude')],
          extraLogFolders: [],
          mapCwd: [],
          exclude: { paths: [], entrypoints: [] },
          maxBytesOnDisk: Number.MAX_SAFE_INTEGER,
          home: root,
        },
        { aborted: false },
      ),
    session: (id) => readSession(ports, id),
    remove: () => rm(root, { recursive: true, force: true }),
  };
}

/** How captured ids differ from those that should be there. */
export interface Tally {
  readonly lost: number;
  readonly repeated: number;
  readonly invented: number;
}

export function compareIds(expected: readonly string[], found: readonly string[]): Tally {
  const [wanted, have] = [new Set(expected), new Set(found)];
  return {
    lost: [...wanted].filter((id) => !have.has(id)).length,
    repeated: found.length - have.size,
    invented: [...have].filter((id) => !wanted.has(id)).length,
  };
}
