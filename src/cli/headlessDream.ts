import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { runDream, type DreamOutcome, type DreamPorts, type DreamRequest } from '../core/dream/runDream';
import { AgentDreamsError, isAgentDreamsError, type ErrorCode } from '../core/errors';
import { estimateDream, type DreamEstimate } from '../core/model/estimate';
import type { CancelSignal, Logger } from '../core/ports';
import { createLineLogger } from '../node/lineLogger';
import { captureSessions, type CaptureReport } from '../node/logs/captureSessions';
import { createNodePorts } from '../node/nodePorts';
import { createWorkspaceProbe } from '../node/workspaceProbe';
import { parseCommandLine, USAGE, type CommandLine } from './commandLine';
import { BUILT_ENGINES, openEngine, type EngineBundles } from './openEngine';
import { printable, printableLine } from './printable';
import { printProposal } from './printProposal';

/** The process around a headless dream, so that tests can be it. */
export interface Terminal {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

const EXIT_CODES: Partial<Record<ErrorCode, number>> = {
  'invalid-input': 2,
  'no-workspace': 2,
  'no-logs': 3,
  'not-enough-sessions': 4,
  'permission-denied': 5,
  'over-budget': 6,
  'model-billing': 7,
  'model-busy': 7,
  'model-failed': 7,
  'model-forbidden': 7,
  'model-key': 7,
  'model-missing': 7,
  'model-unreachable': 7,
  cancelled: 130,
};

const MAX_STORED_BYTES = 500_000_000;
const MAX_PROBLEMS = 20;

function createLogger(terminal: Terminal, verbose: boolean): Logger {
  const line = (level: string, message: string): void => terminal.err(`${level}: ${printableLine(message, 2_000)}\n`);
  return createLineLogger(line, verbose);
}

async function requireWorkspace(workspace: string): Promise<void> {
  const found = await stat(workspace).catch(() => undefined);
  if (found?.isDirectory()) return;
  throw new AgentDreamsError('no-workspace', `there is no folder ${workspace}`, { path: workspace });
}

function configDirs(commandLine: CommandLine, terminal: Terminal): readonly string[] {
  if (commandLine.configDirs.length > 0) return commandLine.configDirs;
  const named = terminal.env['CLAUDE_CONFIG_DIR'];
  return [named ?? path.join(homedir(), '.claude')];
}

/** Throws `no-logs` where there is nothing to dream over, with the way out. */
function requireLogs({ found }: CaptureReport, searched: readonly string[], workspace: string): void {
  if (found > 0) return;
  throw new AgentDreamsError(
    'no-logs',
    `no Claude Code session logs of ${workspace} were found in ${searched.join(', ')}. ` +
      `If the project was moved, name its old folder: --map-cwd <old>=${workspace}`,
    { workspace },
  );
}

/** What the capture did, then one line for each log that could not be read and one for unreadable lines. */
function captureLines(report: CaptureReport): string {
  const { found, captured, updated, unchanged, excluded, empty, prompts, redactions, failed, problems } = report;
  const redacted = Object.values(redactions).reduce((sum, count) => sum + count, 0);
  const lines = [
    `${found} session logs: ${captured} captured, ${updated} updated, ${unchanged} unchanged, ${excluded} excluded, ${empty} empty; prompts: ${prompts}, redactions: ${redacted}`,
    ...failed.map(({ file, message }) => `warning: ${file} could not be read: ${message}`),
    ...problems.slice(0, MAX_PROBLEMS).map(({ file, line, reason }) => `warning: ${file}:${line} is ${reason}`),
  ];
  return lines.map((line) => `${printableLine(line)}\n`).join('');
}

/** Prints the outcome and returns the exit code. */
function printOutcome(outcome: DreamOutcome, report: CaptureReport, json: boolean, terminal: Terminal): number {
  switch (outcome.kind) {
    case 'completed':
      if (json) {
        const { record, proposal } = outcome;
        terminal.out(`${JSON.stringify({ capture: report, dream: record, proposal }, null, 2)}\n`);
      } else {
        terminal.out(`\n${printProposal(outcome.record, outcome.proposal)}`);
        if (outcome.record.engine !== 'offline') terminal.out(`It cost ${dollars(outcome.record.costUsd)}.\n`);
      }
      return 0;
    case 'nothing-new':
      throw new AgentDreamsError(
        'not-enough-sessions',
        `nothing to dream yet, ${outcome.have} of ${outcome.need} sessions`,
        { have: outcome.have, need: outcome.need },
      );
    case 'canceled':
      throw new AgentDreamsError('cancelled', 'canceled');
    case 'failed':
      throw outcome.error;
  }
}

function dollars(usd: number): string {
  return `$${usd.toFixed(usd < 0.01 ? 4 : 2)}`;
}

function estimateLine({ sessions, known, requests, inputTokens, usd }: DreamEstimate, maxCostUsd: number): string {
  const kept = known === 0 ? '' : `, ${known} more known from an earlier dream`;
  return `estimate: ${sessions} sessions${kept}, ${requests} requests, ${inputTokens} tokens in, ${dollars(usd)} of at most ${dollars(maxCostUsd)}\n`;
}

/** The engine of this dream. What it will cost is told before anything of a session is sent. */
async function engineFor(
  commandLine: CommandLine,
  ports: DreamPorts,
  { terminal, signal, bundles }: Running,
): Promise<DreamRequest['engine']> {
  const model = await openEngine(commandLine, { env: terminal.env, signal, bundles });
  if (model === undefined) return 'offline';
  const { instructions, maxCostUsd, json } = commandLine;
  const told = instructions === undefined ? {} : { instructions };
  const estimate = await estimateDream(ports, model, undefined, { count: false, ...told });
  (json ? terminal.err : terminal.out)(estimateLine(estimate, maxCostUsd));
  if (estimate.usd > maxCostUsd) {
    throw new AgentDreamsError('over-budget', `it would cost about ${dollars(estimate.usd)}: raise --max-cost`);
  }
  return { model, capUsd: maxCostUsd, estimatedUsd: estimate.usd };
}

interface Running {
  readonly terminal: Terminal;
  readonly signal: CancelSignal;
  readonly bundles: EngineBundles;
}

async function dream(commandLine: CommandLine, running: Running): Promise<number> {
  const { terminal, signal } = running;
  const { workspace, json } = commandLine;
  await requireWorkspace(workspace);
  const logger = createLogger(terminal, commandLine.verbose);
  const ports = await createNodePorts({ workspaceRoot: workspace, logger });
  const folders = configDirs(commandLine, terminal);
  const report = await captureSessions(
    ports,
    {
      workspaceRoot: workspace,
      configDirs: folders,
      extraLogFolders: commandLine.logFolders,
      mapCwd: commandLine.mapCwd,
      exclude: { paths: [], entrypoints: [] },
      maxBytesOnDisk: MAX_STORED_BYTES,
      home: homedir(),
    },
    signal,
  );
  requireLogs(report, [...folders, ...commandLine.logFolders], workspace);
  // Standard output holds the JSON and nothing else.
  (json ? terminal.err : terminal.out)(captureLines(report));
  if (report.failed.length === report.found) {
    throw new AgentDreamsError('permission-denied', `none of the ${report.found} session logs could be read`);
  }
  const dreamPorts = { ...ports, probe: createWorkspaceProbe(workspace) };
  const outcome = await runDream(
    dreamPorts,
    {
      trigger: 'cli',
      minSessions: commandLine.minSessions,
      engine: await engineFor(commandLine, dreamPorts, running),
      ...(commandLine.instructions === undefined ? {} : { instructions: commandLine.instructions }),
    },
    signal,
  );
  return printOutcome(outcome, report, json, terminal);
}

/** Runs one headless dream; returns the exit code (see `--help`). Never throws. */
export async function headlessDream(
  args: readonly string[],
  terminal: Terminal,
  signal: CancelSignal,
  bundles: EngineBundles = BUILT_ENGINES,
): Promise<number> {
  try {
    const commandLine = parseCommandLine(args, terminal.cwd);
    if (commandLine === 'help') {
      terminal.out(USAGE);
      return 0;
    }
    return await dream(commandLine, { terminal, signal, bundles });
  } catch (error) {
    if (!isAgentDreamsError(error)) {
      terminal.err(
        `unexpected failure: ${printable(error instanceof Error ? (error.stack ?? error.message) : String(error))}\n`,
      );
      return 1;
    }
    terminal.err(`${printable(error.message)}\n`);
    if (error.code === 'invalid-input') terminal.err('\nnpm run dream -- --help tells how it is used.\n');
    return EXIT_CODES[error.code] ?? 1;
  }
}
