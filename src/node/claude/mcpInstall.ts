import { execFile } from 'node:child_process';
import { safeEnvironment } from '../safeEnvironment';

/** By this name Claude Code knows the server; its tools are `mcp__agent-dreams__search_memory` and so on. */
export const SERVER_NAME = 'agent-dreams';
const LIMITS = { timeout: 60_000, maxBuffer: 1024 * 1024, windowsHide: true } as const;

/** What Claude Code is asked to do, as arguments of its program. */
export type McpStep = readonly string[];

/** Adds the server for this folder and this user only: `command` is started with `mcp`, in the folder of the session. */
export function installSteps(command: string): readonly McpStep[] {
  return [...removalSteps(), ['mcp', 'add', SERVER_NAME, '--scope', 'local', '--', command, 'mcp']];
}

/** Takes it out again. */
export function removalSteps(): readonly McpStep[] {
  return [['mcp', 'remove', SERVER_NAME, '--scope', 'local']];
}

/** What came of it. */
export interface McpDone {
  readonly ok: boolean;
  /** What the program said, for the log. */
  readonly said: string;
}

/**
 * Runs the steps in the folder with the user's program. Removing first what is not there is no failure: only the last step
 * decides. Never throws.
 */
export async function runMcpSteps(program: string, steps: readonly McpStep[], folder: string): Promise<McpDone> {
  let done: McpDone = { ok: false, said: '' };
  for (const step of steps) done = await run(program, step, folder);
  return done;
}

function run(program: string, args: readonly string[], cwd: string): Promise<McpDone> {
  const { CLAUDE_CONFIG_DIR: configDir } = process.env;
  const env = { ...safeEnvironment(process.env), ...(configDir === undefined ? {} : { CLAUDE_CONFIG_DIR: configDir }) };
  return new Promise((done) => {
    execFile(program, args, { ...LIMITS, cwd, env }, (error, stdout, stderr) => {
      const said = `${stdout}${stderr}`.trim() || (error?.message ?? '');
      done({ ok: error === null, said: said.slice(0, 4_000) });
    });
  });
}

/** The line that a person types to do the same, in the folder. */
export function shellLine(step: McpStep, platform: NodeJS.Platform = process.platform): string {
  const quote = (word: string): string => (/^[\w@%+=:,./\\-]+$/u.test(word) ? word : quoted(word, platform));
  return ['claude', ...step].map(quote).join(' ');
}

function quoted(word: string, platform: NodeJS.Platform): string {
  return platform === 'win32' ? `"${word.replaceAll('"', '\\"')}"` : `'${word.replaceAll("'", `'\\''`)}'`;
}
