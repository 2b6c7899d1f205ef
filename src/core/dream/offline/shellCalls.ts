import type { CallEntry, ResultEntry, SessionEntry } from '../../sessions/session';
import { environmentError } from './errorSignature';
import { isNoise } from './intent';
import { joinDirectory, onlyChangesTo, parseShell } from './shell';
import type { ShellCommand } from './shell';

export type Ran = 'passed' | 'failed' | 'unknown';

/** One shell call of an agent with what it showed. */
export interface ShellCall {
  readonly call: CallEntry;
  readonly result: ResultEntry;
  readonly commands: readonly ShellCommand[];
}

const SHELL_TOOLS: ReadonlySet<string> = new Set(['Bash', 'PowerShell', 'Shell', 'shell', 'bash', 'run_terminal_cmd']);
const EDIT_TOOLS: ReadonlySet<string> = new Set([
  'Edit',
  'Write',
  'MultiEdit',
  'NotebookEdit',
  'str_replace_based_edit_tool',
]);
const READ_CHARS = 20_000;
const FAIL_LINE =
  /^\s{0,8}(?:FAIL(?:ED|URE)?\b|not ok\b|error(?:\[|:| TS\d)|Error:|ERROR\b|npm ERR!|npm error|fatal:|panic:|✗|✘|×|BUILD FAILED|Traceback)|\b[1-9]\d{0,5} (?:failed|failing|errors?|problems?|issues?)\b|\btask failed\b|command not found/mu;
const PASS_LINE =
  /\b\d{1,6} (?:passed|passing)\b|^(?:ok|PASS)\b|\b0 (?:errors|failures|failed|issues|problems|warnings)\b|\b(?:BUILD SUCCESS(?:FUL)?|All checks passed|compiled successfully|no issues found|Finished \S+ in|built in \d|test result: ok)/mu;
const BACKGROUND = /\bcommand .{0,60}(?:running in|moved to) (?:the )?background/iu;

/** An edit that went through. */
export interface FileChange {
  readonly result: ResultEntry;
  /** Relative to the session's directory where it lies inside. */
  readonly path: string;
  /** As the call named it. */
  readonly typedPath: string;
  readonly written: string;
}

/** A shell call in its place among all calls and edits of the session. */
export interface PlacedCall extends ShellCall {
  /** How many edits came before. */
  readonly edits: number;
}

export interface ShellHistory {
  readonly calls: readonly PlacedCall[];
  readonly edits: readonly FileChange[];
}

/** Several miners ask for the history of one session. */
const histories = new WeakMap<readonly SessionEntry[], { readonly cwd: string; readonly history: ShellHistory }>();

/** The shell calls of a session with a result, in order; and the edits between them. */
export function shellHistory(entries: readonly SessionEntry[], cwd: string): ShellHistory {
  const known = histories.get(entries);
  if (known?.cwd === cwd) return known.history;
  const history = readHistory(entries, cwd);
  histories.set(entries, { cwd, history });
  return history;
}

function readHistory(entries: readonly SessionEntry[], cwd: string): ShellHistory {
  const open = new Map<string, CallEntry>();
  const calls: PlacedCall[] = [];
  const edits: FileChange[] = [];
  let stays = '';
  for (const entry of entries) {
    if (entry.kind === 'call' && (EDIT_TOOLS.has(entry.tool) || SHELL_TOOLS.has(entry.tool)))
      open.set(keyOf(entry), entry);
    if (entry.kind !== 'result') continue;
    const call = open.get(keyOf(entry));
    if (call === undefined) continue;
    open.delete(keyOf(entry));
    if (SHELL_TOOLS.has(call.tool)) {
      calls.push({ call, result: entry, commands: commandsOf(call, stays, cwd), edits: edits.length });
      stays = directoryAfter(stays, call, entry, cwd);
    } else if (entry.ok && entry.denied === undefined) edits.push(changeOf(call, entry, cwd));
  }
  return { calls, edits };
}

function commandsOf(call: CallEntry, stays: string, cwd: string): readonly ShellCommand[] {
  const from = call.agent === undefined ? stays : '';
  return parseShell(call.input['command'] ?? '').map((command) => ({
    ...command,
    directory: settled(from, within(command.directory, cwd)),
  }));
}

function keyOf(entry: CallEntry | ResultEntry): string {
  return `${entry.agent ?? ''} ${entry.callId}`;
}

function changeOf(call: CallEntry, result: ResultEntry, cwd: string): FileChange {
  const { input } = call;
  const written = input['new_string'] ?? input['content'] ?? input['edits'] ?? '';
  const typedPath = input['file_path'] ?? input['notebook_path'] ?? input['path'] ?? '';
  return { result, path: within(typedPath, cwd), typedPath, written };
}

/** A shell stays where a call that did nothing else has put it. */
function directoryAfter(stays: string, call: CallEntry, result: ResultEntry, cwd: string): string {
  // Each call of a subagent starts where the session is.
  if (call.agent !== undefined) return stays;
  if (result.text.includes('Shell cwd was reset')) return '';
  const to = onlyChangesTo(call.input['command'] ?? '');
  if (to === undefined || !result.ok || result.denied !== undefined) return stays;
  const next = settled(stays, within(joinDirectory('', to), cwd));
  return isInside(next) ? next : '';
}

/** Where a relative directory leads from where the shell stays; the same again means that it did not stay there. */
function settled(stays: string, directory: string): string {
  if (directory === '') return stays;
  if (stays === '' || /^(?:\/|~|\$|-|[A-Za-z]:)/u.test(directory) || directory.startsWith(`${stays}/`))
    return directory;
  return directory === stays || stays.endsWith(`/${directory}`) ? stays : joinDirectory(stays, directory);
}

const outcomes = new WeakMap<ShellCommand, { readonly call: ShellCall; readonly ran: Ran }>();

/** What became of one command of a call. */
export function outcomeOf(call: ShellCall, command: ShellCommand): Ran {
  const known = outcomes.get(command);
  if (known?.call === call) return known.ran;
  const ran = readOutcome(call, command);
  outcomes.set(command, { call, ran });
  return ran;
}

function readOutcome(call: ShellCall, command: ShellCommand): Ran {
  const { result } = call;
  const { length } = result.text;
  const text =
    length <= 2 * READ_CHARS ? result.text : `${result.text.slice(0, READ_CHARS)}\n${result.text.slice(-READ_CHARS)}`;
  if (
    result.denied !== undefined ||
    BACKGROUND.test(result.text.slice(0, 400)) ||
    call.call.input['run_in_background'] === 'true'
  )
    return 'unknown';
  if (command.statusHidden) {
    if (FAIL_LINE.test(text) || (text.length < 2_000 && environmentError(text) !== undefined)) return 'failed';
    return result.ok && PASS_LINE.test(text) ? 'passed' : 'unknown';
  }
  if (result.ok) return (result.exitCode ?? 0) === 0 ? 'passed' : 'failed';
  // In a chain, only one command failed, and the log does not say which.
  return soleCommand(call) === command ? 'failed' : 'unknown';
}

/** The one command of a call that does something; what prints, looks or enters a shell beside it cannot fail for it. */
export function soleCommand(call: ShellCall): ShellCommand | undefined {
  const doing = call.commands.filter((command) => !isNoise(command.words));
  return doing.length === 1 ? doing[0] : call.commands.length === 1 ? call.commands[0] : undefined;
}

/** Relative to where the session is; what lies outside keeps its absolute form. Other checkouts of it are the same place. */
function within(directory: string, cwd: string): string {
  if (directory === cwd || cwd === '') return directory === cwd ? '' : directory;
  if (directory.startsWith(`${cwd}/`)) return withoutWorktree(directory.slice(cwd.length + 1));
  const slash = cwd.lastIndexOf('/');
  const parent = `${cwd.slice(0, slash)}/`;
  if (slash <= 0 || !directory.startsWith(parent)) return withoutWorktree(directory);
  const [sibling = '', ...rest] = directory.slice(parent.length).split('/');
  const own = cwd.slice(slash + 1);
  return isCheckout(sibling, own) ? rest.join('/') : directory;
}

/** `repo` and `repo-feature` beside each other are checkouts of one repository. */
function isCheckout(a: string, b: string): boolean {
  return a.startsWith(`${b}-`) || a.startsWith(`${b}.`) || b.startsWith(`${a}-`);
}

function withoutWorktree(directory: string): string {
  return directory.replace(/^(?:\.claude\/worktrees|\.worktrees|worktrees)\/[^/]{1,80}(?:\/|$)/u, '');
}

/** True for a directory inside the project: relative and not above it. */
export function isInside(directory: string): boolean {
  return !/^(?:\/|~|\$|-|\.\.|[A-Za-z]:)/u.test(directory);
}
