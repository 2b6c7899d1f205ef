import path from 'node:path';
import { parseArgs } from 'node:util';
import { AgentDreamsError } from '../core/errors';

const DEFAULT_MIN_SESSIONS = 3;
const MAX_INSTRUCTIONS = 4_096;

/** Engines that need no editor. */
export type CliEngine = (typeof CLI_ENGINES)[number];
const CLI_ENGINES = ['offline', 'claude', 'claude-batch', 'claude-code'] as const;

const MAX_COST_USD = 1_000;

/** What `npm run dream` was asked to do; paths are absolute. */
export interface CommandLine {
  readonly workspace: string;
  /** Claude Code configuration folders; empty = the usual places. */
  readonly configDirs: readonly string[];
  /** Further folders with session logs. */
  readonly logFolders: readonly string[];
  readonly mapCwd: readonly { readonly from: string; readonly to: string }[];
  readonly instructions: string | undefined;
  readonly minSessions: number;
  readonly engine: CliEngine;
  /** US dollars that this dream may cost; named wherever dollars are spent. */
  readonly maxCostUsd: number;
  /** Of the Claude API; the default one where it is not named. */
  readonly baseUrl: string | undefined;
  readonly json: boolean;
  readonly verbose: boolean;
}

/** What `--help` prints. */
export const USAGE = `Usage: npm run dream -- <workspace> [options]

Captures the workspace's Claude Code sessions, dreams over them and prints the proposal.
Nothing in the store is changed: proposals are accepted in the editor.

  --config-dir <folder>   Claude Code's configuration folder (default: CLAUDE_CONFIG_DIR, or ~/.claude); may repeat
  --logs <folder>         a further folder with session logs; may repeat
  --map-cwd <old>=<new>   take sessions recorded in <old> as sessions of <new>; may repeat
  --instructions <text>   what this dream should look at, at most ${MAX_INSTRUCTIONS} characters
  --min-sessions <n>      how many new sessions a dream needs (default: ${DEFAULT_MIN_SESSIONS})
  --engine <name>         what dreams: offline (the default), claude, claude-batch (with the key in ANTHROPIC_API_KEY), or
                          claude-code (your own claude program, signed in by you)
  --max-cost <usd>        US dollars that this dream may cost at most; claude and claude-batch want one
  --base-url <url>        address of the Claude API or of a gateway to it: https, or http on this machine
  --json                  print the capture report, the dream's record and the proposal as one JSON object
  --verbose               print the log to standard error
  --help                  print this

Exit codes: 0 a proposal was made, 1 something unexpected failed, 2 the command line is wrong or there is no such
workspace, 3 no session logs were found, 4 not enough new sessions, 5 no session log could be read, 6 it would cost more
than --max-cost, 7 the engine did not work, 130 canceled.
`;

function parseMapping(mapping: string, cwd: string): { readonly from: string; readonly to: string } {
  const [from, to, ...more] = mapping.split('=');
  if (!from || !to || more.length > 0) {
    throw new AgentDreamsError('invalid-input', `--map-cwd wants <old>=<new>, not "${mapping}"`);
  }
  // The old folder is text in the logs: it need not exist here, nor have this system's form.
  return { from, to: path.resolve(cwd, to) };
}

function parseMinSessions(value: string | undefined): number {
  if (value === undefined) return DEFAULT_MIN_SESSIONS;
  if (!/^[1-9]\d{0,3}$/.test(value)) {
    throw new AgentDreamsError('invalid-input', `--min-sessions wants a whole number from 1 to 9999, not "${value}"`);
  }
  return Number(value);
}

function parseEngine(value: string | undefined): CliEngine {
  const found = CLI_ENGINES.find((engine) => engine === (value ?? 'offline'));
  if (found !== undefined) return found;
  throw new AgentDreamsError('invalid-input', `--engine wants one of ${CLI_ENGINES.join(', ')}, not "${value ?? ''}"`);
}

function parseMaxCost(value: string | undefined, engine: CliEngine): number {
  if (value === undefined && (engine === 'claude' || engine === 'claude-batch')) {
    throw new AgentDreamsError('invalid-input', `--engine ${engine} spends money: name a limit with --max-cost <usd>`);
  }
  if (value !== undefined && (!/^\d{1,6}(?:\.\d{1,4})?$/.test(value) || Number(value) > MAX_COST_USD)) {
    throw new AgentDreamsError('invalid-input', `--max-cost wants dollars from 0 to ${MAX_COST_USD}, not "${value}"`);
  }
  return Number(value ?? 0);
}

function parseInstructions(value: string | undefined): string | undefined {
  if (value !== undefined && value.length > MAX_INSTRUCTIONS) {
    throw new AgentDreamsError(
      'invalid-input',
      `--instructions may have ${MAX_INSTRUCTIONS} characters, not ${value.length}`,
    );
  }
  return value?.trim() ? value.trim() : undefined;
}

const OPTIONS = {
  'config-dir': { type: 'string', multiple: true },
  logs: { type: 'string', multiple: true },
  'map-cwd': { type: 'string', multiple: true },
  instructions: { type: 'string' },
  'min-sessions': { type: 'string' },
  engine: { type: 'string' },
  'max-cost': { type: 'string' },
  'base-url': { type: 'string' },
  json: { type: 'boolean', default: false },
  verbose: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** Parses the arguments; `help` where they ask for it. Throws `invalid-input` with what is wrong. */
export function parseCommandLine(args: readonly string[], cwd: string): CommandLine | 'help' {
  const { values, positionals } = tryParse(args);
  if (values.help) return 'help';
  const [workspace, ...more] = positionals;
  if (workspace === undefined) throw new AgentDreamsError('invalid-input', 'name the workspace folder to dream for');
  if (more.length > 0)
    throw new AgentDreamsError('invalid-input', `one workspace only, not also "${more.join('", "')}"`);
  const engine = parseEngine(values.engine);
  const resolve = (folder: string): string => path.resolve(cwd, folder);
  return {
    workspace: resolve(workspace),
    configDirs: (values['config-dir'] ?? []).map(resolve),
    logFolders: (values.logs ?? []).map(resolve),
    mapCwd: (values['map-cwd'] ?? []).map((mapping) => parseMapping(mapping, cwd)),
    instructions: parseInstructions(values.instructions),
    minSessions: parseMinSessions(values['min-sessions']),
    engine,
    maxCostUsd: parseMaxCost(values['max-cost'], engine),
    baseUrl: values['base-url'],
    json: values.json,
    verbose: values.verbose,
  };
}

function tryParse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new AgentDreamsError('invalid-input', error instanceof Error ? error.message : String(error));
  }
}
