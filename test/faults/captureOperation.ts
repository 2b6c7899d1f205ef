import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { captureSessions } from '../../src/node/logs/captureSessions';
import { projectFolderName } from '../../src/node/logs/projectFolder';
import { EMPTY_DISK, flushAll } from './disk';
import type { Operation } from './operations';
import { startProcess, type FaultyProcess } from './process';

const SESSION = '11111111-2222-4333-8444-555555555555';

/** Prompts of one conversation, a minute apart, as the client logs them. */
function log(cwd: string, from: number, to: number): string {
  const lines: string[] = [];
  for (let number = from; number < to; number += 1) {
    const uuid = `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
    const timestamp = new Date(Date.parse('2026-11-20T10:00:00Z') + number * 60_000).toISOString();
    const message = { role: 'user', content: `Prompt ${number}` };
    lines.push(JSON.stringify({ type: 'user', uuid, timestamp, sessionId: SESSION, cwd, version: '2.1.329', message }));
  }
  return lines.map((line) => `${line}\n`).join('');
}

/** A capture that finds more lines of a session it knows, from logs in a folder of the system, which `close` removes. */
export function captureOperation(): Operation {
  let root = '';
  const capture = async (ports: FaultyProcess): Promise<void> => {
    const { failed } = await captureSessions(
      ports,
      {
        workspaceRoot: path.join(root, 'project'),
        configDirs: [path.join(root, 'claude')],
        extraLogFolders: [],
        mapCwd: [],
        exclude: { paths: [], entrypoints: [] },
        maxBytesOnDisk: Number.MAX_SAFE_INTEGER,
        home: root,
      },
      { aborted: false },
    );
    const [first] = failed;
    // A log that could not be captured is in the report, with the code; the caller shows it.
    if (first !== undefined) throw ports.files.failure ?? new Error(first.message);
  };
  return {
    name: 'capture',
    prepare: async () => {
      root = await mkdtemp(path.join(tmpdir(), 'agent-dreams-capture-'));
      const cwd = path.join(root, 'project');
      const folder = path.join(root, 'claude', 'projects', projectFolderName(cwd));
      await mkdir(cwd, { recursive: true });
      await mkdir(folder, { recursive: true });
      await writeFile(path.join(folder, `${SESSION}.jsonl`), log(cwd, 0, 3));
      const ports = startProcess(EMPTY_DISK, 0);
      await capture(ports);
      await writeFile(path.join(folder, `${SESSION}.jsonl`), log(cwd, 0, 6));
      return flushAll(ports.files.disk());
    },
    run: capture,
    resume: capture,
    close: () => rm(root, { recursive: true, force: true }),
  };
}
