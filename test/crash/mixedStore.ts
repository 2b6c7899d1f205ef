import { randomUUID } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { CorePorts } from '../../src/core/ports';
import { listSessions, readSession } from '../../src/core/sessions/sessionFiles';
import { captureSessions } from '../../src/node/logs/captureSessions';

/** What a process may be killed in. */
export type Operation = 'apply' | 'rollback' | 'rebuild' | 'collect' | 'capture';

const SESSION = '00000000-0000-4000-8000-000000000001';

function claudeFolder(workspace: string): string {
  return path.join(workspace, 'claude');
}

/** The one session log of this workspace. */
export function logFile(workspace: string): string {
  const project = workspace.replace(/[^a-zA-Z0-9]/gu, '-');
  return path.join(claudeFolder(workspace), 'projects', project, `${SESSION}.jsonl`);
}

export async function emptyLog(workspace: string): Promise<void> {
  await mkdir(path.dirname(logFile(workspace)), { recursive: true });
  await writeFile(logFile(workspace), '');
}

/** A prompt of the user, as a line of the log. */
export function logLine(workspace: string, prompt: string): string {
  const record = {
    type: 'user',
    parentUuid: null,
    uuid: randomUUID(),
    timestamp: new Date().toISOString(),
    sessionId: SESSION,
    cwd: workspace,
    isSidechain: false,
    userType: 'external',
    entrypoint: 'cli',
    version: '2.1.329',
    gitBranch: 'main',
    message: { role: 'user', content: `Prompt ${prompt}.` },
    origin: { kind: 'human' },
    promptSource: 'typed',
  };
  return `${JSON.stringify(record)}\n`;
}

export async function capture(ports: CorePorts, workspace: string): Promise<void> {
  const options = {
    workspaceRoot: workspace,
    configDirs: [claudeFolder(workspace)],
    extraLogFolders: [],
    mapCwd: [],
    exclude: { paths: [], entrypoints: [] },
    maxBytesOnDisk: 1_000_000_000,
    home: workspace,
  };
  const report = await captureSessions(ports, options, { aborted: false });
  const [failed] = report.failed;
  if (failed !== undefined) throw new Error(`The log could not be captured: ${failed.message}`);
}

/** True if the captured session holds each prompt of the log once, in order. */
export async function capturedOnceEach(ports: CorePorts, workspace: string): Promise<boolean> {
  const wanted = (await readFile(logFile(workspace), 'utf8')).match(/Prompt [\d-]+\./gu) ?? [];
  const [header] = await listSessions(ports);
  const session = header === undefined ? undefined : await readSession(ports, header.id);
  const texts = (session?.entries ?? []).flatMap((entry) => (entry.kind === 'prompt' ? [entry.text] : []));
  return JSON.stringify(texts) === JSON.stringify(wanted);
}
