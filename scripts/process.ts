import { spawn, type SpawnOptions } from 'node:child_process';

/** How a child process ended, with what it printed where that was captured. */
export interface Ended {
  readonly code: number;
  readonly output: string;
}

/** Runs a program to its end; `quiet` captures its output, otherwise it goes to the terminal. Never throws on an exit code. */
export async function runProgram(
  command: string,
  args: readonly string[],
  options: SpawnOptions & { readonly quiet?: boolean } = {},
): Promise<Ended> {
  const { quiet = false, ...spawnOptions } = options;
  return await new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
      ...spawnOptions,
    });
    const chunks: Buffer[] = [];
    child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString('utf8') }));
  });
}

/** As `runProgram`, but throws with the captured output where the program fails. Returns the output. */
export async function mustRun(command: string, args: readonly string[], options: SpawnOptions = {}): Promise<string> {
  const { code, output } = await runProgram(command, args, { ...options, quiet: true });
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}:\n${output}`);
  return output;
}

/** Prints one line for the person at the terminal. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
