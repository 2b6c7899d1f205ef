import { spawn, type ChildProcess } from 'node:child_process';

const KILL_AFTER_MS = 2_000;
const MAX_LINE = 32 * 1024 * 1024;
const MAX_SAID = 2_000;

/** How a run ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: string | null;
  /** The beginning of what it wrote to its error output. */
  readonly complaint: string;
}

/** How to end a program: at once, after it was asked to, or only if it is still there after two seconds. */
export type Urgency = 'now' | 'gently' | 'by itself';

export interface Running {
  /** Rejects where the program cannot be started. Its output has been read to the end. */
  readonly ended: Promise<Exit>;
  /** Ends the program and all it started. */
  stop(urgency: Urgency): void;
}

export interface Run {
  readonly program: string;
  readonly args: readonly string[];
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Goes to its standard input. */
  readonly input: string;
  readonly onLine: (line: string) => void;
}

/** Starts a program as a process group of its own and hands over its output line by line. Uses no shell. */
export function start({ program, args, folder, environment, input, onLine }: Run): Running {
  const child = spawn(program, [...args], {
    cwd: folder,
    env: environment,
    detached: process.platform !== 'win32',
    windowsHide: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(0, MAX_SAID);
  });
  readLines(child, onLine);
  // A program that does not read its input ends all the same, and its end says more.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const onExit = (): void => killGroup(child, 'SIGKILL');
  process.once('exit', onExit);
  let stopTimer: NodeJS.Timeout | undefined;
  const ended = new Promise<Exit>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, complaint }));
  }).finally(() => {
    clearTimeout(stopTimer);
    process.removeListener('exit', onExit);
    // What it started may outlive it.
    killGroup(child, 'SIGKILL');
  });
  return {
    ended,
    stop: (urgency) => {
      if (urgency !== 'by itself') killGroup(child, urgency === 'now' ? 'SIGKILL' : 'SIGTERM');
      if (urgency !== 'now') stopTimer ??= setTimeout(() => killGroup(child, 'SIGKILL'), KILL_AFTER_MS).unref();
    },
  };
}

function readLines(child: ChildProcess, onLine: (line: string) => void): void {
  let rest: string[] = [];
  let length = 0;
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    const [first = '', ...lines] = text.split('\n');
    // A line without an end is cut, and then it is no JSON any more.
    if (length < MAX_LINE) rest.push(first);
    length += first.length;
    for (const line of lines) {
      onLine(rest.join(''));
      rest = [line];
      length = line.length;
    }
  });
  child.stdout?.once('end', () => {
    if (length > 0) onLine(rest.join(''));
  });
}

function killGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    if (process.platform === 'win32') spawn('taskkill', ['/pid', String(pid), '/t', '/f'], { windowsHide: true });
    else process.kill(-pid, signal);
  } catch {
    // The group is gone already.
  }
}
