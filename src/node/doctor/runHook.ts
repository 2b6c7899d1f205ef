import { spawn } from 'node:child_process';
import type { HookRun } from '../../core/doctor/facts';
import { safeEnvironment } from '../safeEnvironment';

/** A hook command of Claude Code's settings. */
export interface HookCommand {
  readonly event: string;
  readonly command: string;
  /** Without them the command is a line for a shell. */
  readonly args?: readonly string[] | undefined;
  /** Seconds. */
  readonly timeout?: number | undefined;
}

const MOST_SECONDS = 10;
/** Of its output; what is longer Claude Code would not take either. */
const MOST_OUTPUT = 256 * 1024;
const MOST_SAID = 300;

/**
 * Runs one hook as Claude Code would: in the folder where a session starts, with that folder in `CLAUDE_PROJECT_DIR` and
 * the event on its input, for no longer than it says, ten seconds at most. Never rejects.
 */
export async function runHook(
  hook: HookCommand,
  place: { readonly folder: string; readonly shown: string; readonly file: string },
): Promise<HookRun> {
  const started = performance.now();
  const end = await endOf(hook, place.folder);
  const words = [hook.command, ...(hook.args ?? [])].join(' ');
  return {
    event: hook.event,
    command: words.length > 200 ? `${words.slice(0, 200)}…` : words,
    file: place.file,
    folder: place.shown,
    ms: performance.now() - started,
    end,
  };
}

function endOf({ event, command, args, timeout = MOST_SECONDS }: HookCommand, folder: string): Promise<HookRun['end']> {
  return new Promise((resolve) => {
    const child = spawn(command, [...(args ?? [])], {
      cwd: folder,
      env: { ...safeEnvironment(process.env), CLAUDE_PROJECT_DIR: folder },
      shell: args === undefined,
      detached: process.platform !== 'win32',
      windowsHide: true,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let text = '';
    let said = '';
    const finish = (end: HookRun['end']): void => {
      clearTimeout(timer);
      resolve(end);
      killAll(child.pid);
    };
    const timer = setTimeout(() => finish({ kind: 'timeout' }), Math.min(timeout, MOST_SECONDS) * 1_000);
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      if (text.length > MOST_OUTPUT) finish({ kind: 'output', text: text.slice(0, MOST_OUTPUT) });
    });
    child.stderr.setEncoding('utf8').on('data', (part: string) => {
      said = (said + part).slice(0, MOST_SAID);
    });
    child.once('error', (error) => finish({ kind: 'not-started', said: error.message.slice(0, MOST_SAID) }));
    child.once('close', (code) => {
      finish(code === 0 ? { kind: 'output', text } : { kind: 'exit', code: code ?? -1, said: said.trim() });
    });
    child.stdin.on('error', () => undefined);
    child.stdin.end(JSON.stringify({ session_id: 'check', cwd: folder, hook_event_name: event, source: 'startup' }));
  });
}

/** What a shell started may outlive it. */
function killAll(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    if (process.platform === 'win32') spawn('taskkill', ['/pid', String(pid), '/t', '/f'], { windowsHide: true });
    else process.kill(-pid, 'SIGKILL');
  } catch {
    // The group is gone already.
  }
}
