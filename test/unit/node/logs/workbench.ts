import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { appendFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Progress } from '../../../../src/core/ports';
import { createRedactor } from '../../../../src/core/secrets/redactor';
import { createSecretScanner } from '../../../../src/core/secrets/scanner';
import {
  captureSessions,
  type CaptureOptions,
  type CapturePorts,
  type CaptureReport,
} from '../../../../src/node/logs/captureSessions';
import { createNodePorts } from '../../../../src/node/nodePorts';
import { projectFolderName } from '../../../../src/node/logs/projectFolder';
import { createRecordingLogger, type RecordingLogger } from '../../../fakes/fakePorts';

/** A workspace and a Claude Code configuration folder on disk, made for one test. */
export interface Workbench {
  readonly root: string;
  readonly workspace: string;
  readonly config: string;
  readonly ports: CapturePorts;
  readonly logger: RecordingLogger;
  /** Writes a log into the project folder of `cwd` and returns its path. */
  log(name: string, lines: readonly unknown[], cwd?: string): Promise<string>;
  capture(
    options?: Partial<CaptureOptions>,
    signal?: { aborted: boolean },
    ports?: CapturePorts,
    progress?: Progress,
  ): Promise<CaptureReport>;
  remove(): Promise<void>;
}

/** One line of a log; text stands for itself. */
export const toLine = (line: unknown): string => (typeof line === 'string' ? line : JSON.stringify(line));

export async function createWorkbench(): Promise<Workbench> {
  const root = await mkdtemp(path.join(tmpdir(), 'agent-dreams-capture-'));
  const workspace = path.join(root, 'project');
  const config = path.join(root, 'claude');
  await mkdir(workspace, { recursive: true });
  await mkdir(path.join(config, 'projects'), { recursive: true });
  const logger = createRecordingLogger();
  const node = await createNodePorts({ workspaceRoot: workspace, logger, userFolder: path.join(root, 'user') });
  const ports = { ...node, redactor: createRedactor(createSecretScanner(), node.hasher, 'one key for all') };
  return {
    root,
    workspace,
    config,
    ports,
    logger,
    log: async (name, lines, cwd = workspace) => {
      const file = path.join(config, 'projects', projectFolderName(cwd), `${name}.jsonl`);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, lines.map((line) => `${toLine(line)}\n`).join(''));
      return file;
    },
    capture: (options = {}, signal = { aborted: false }, used = ports, progress?: Progress) =>
      captureSessions(
        used,
        {
          workspaceRoot: workspace,
          configDirs: [config],
          extraLogFolders: [],
          mapCwd: [],
          exclude: { paths: [], entrypoints: [] },
          maxBytesOnDisk: Number.MAX_SAFE_INTEGER,
          home: root,
          ...options,
        },
        signal,
        progress,
      ),
    remove: () => rm(root, { recursive: true, force: true }),
  };
}

/** Lines of one conversation as Claude Code writes them. */
export interface Conversation {
  readonly id: string;
  user(text: unknown, more?: Record<string, unknown>): Record<string, unknown>;
  assistant(text: string, more?: Record<string, unknown>): Record<string, unknown>;
  call(callId: string, tool: string, input: Record<string, unknown>): Record<string, unknown>;
  result(callId: string, text: string, more?: Record<string, unknown>): Record<string, unknown>;
}

export function conversation(cwd: string, start = '2026-11-20T10:00:00.000Z'): Conversation {
  const id = randomUUID();
  let time = Date.parse(start);
  let message = 0;
  const line = (type: string, body: Record<string, unknown>): Record<string, unknown> => {
    time += 1_000;
    const envelope = { sessionId: id, cwd, version: '2.1.329', gitBranch: 'main', entrypoint: 'cli' };
    return { type, ...body, uuid: randomUUID(), timestamp: new Date(time).toISOString(), ...envelope };
  };
  const speech = (block: Record<string, unknown>, more: Record<string, unknown> = {}): Record<string, unknown> => {
    message += 1;
    const usage = { input_tokens: 100, output_tokens: 10 };
    return line('assistant', {
      message: { id: `msg_${id}_${message}`, role: 'assistant', model: 'claude-opus-5-5', content: [block], usage },
      ...more,
    });
  };
  return {
    id,
    user: (content, more = {}) => line('user', { message: { role: 'user', content }, ...more }),
    assistant: (text, more) => speech({ type: 'text', text }, more),
    call: (callId, tool, input) => speech({ type: 'tool_use', id: callId, name: tool, input }),
    result: (callId, text, more = {}) =>
      line('user', {
        message: { role: 'user', content: [{ type: 'tool_result', tool_use_id: callId, content: text, ...more }] },
      }),
  };
}

export async function append(file: string, text: string): Promise<void> {
  await appendFile(file, text);
}

/** True if the command line git is there. */
export async function git(cwd: string, ...args: readonly string[]): Promise<boolean> {
  try {
    const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.org', '-c', 'init.defaultBranch=main'];
    await promisify(execFile)('git', ['-C', cwd, ...identity, ...args]);
    return true;
  } catch {
    return false;
  }
}

/** Root reads everything; for the time of the work this process is nobody in particular. */
export async function withoutPrivileges<T>(work: () => Promise<T>): Promise<T> {
  if (process.getuid?.() !== 0) return work();
  process.seteuid?.(65_534);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}
