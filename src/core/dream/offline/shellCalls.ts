import type { CallEntry, ResultEntry, SessionEntry } from '../../sessions/session';
import { parseShell } from './shell';
import type { ShellCommand } from './shell';

export type Ran = 'passed' | 'failed' | 'unknown';

/** One shell call of an agent with what it showed. */
export interface ShellCall {
  readonly call: CallEntry;
  readonly result: ResultEntry;
  readonly commands: readonly ShellCommand[];
  readonly directory: string;
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
const BACKGROUND = /running in (?:the )?background|moved to the background/iu;

/** The shell calls of a session with a result, in order; and how many edits came before each. */
export function shellCalls(
  entries: readonly SessionEntry[],
  cwd: string,
): readonly (ShellCall & { readonly edits: number })[] {
  const open = new Map<string, CallEntry>();
  const found: (ShellCall & { readonly edits: number })[] = [];
  let edits = 0;
  for (const entry of entries) {
    if (entry.kind === 'call') {
      if (EDIT_TOOLS.has(entry.tool)) edits += 1;
      if (SHELL_TOOLS.has(entry.tool)) open.set(`${entry.agent ?? ''} ${entry.callId}`, entry);
    } else if (entry.kind === 'result') {
      const key = `${entry.agent ?? ''} ${entry.callId}`;
      const call = open.get(key);
      if (call === undefined) continue;
      open.delete(key);
      const commands = parseShell(call.input['command'] ?? '').map((command) => ({
        ...command,
        directory: within(command.directory, cwd),
      }));
      found.push({ call, result: entry, commands, directory: commands[0]?.directory ?? '', edits });
    }
  }
  return found;
}

/** What became of one command of a call. */
export function outcomeOf(call: ShellCall, command: ShellCommand): Ran {
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
    if (FAIL_LINE.test(text)) return 'failed';
    return result.ok && PASS_LINE.test(text) ? 'passed' : 'unknown';
  }
  if (result.ok) return (result.exitCode ?? 0) === 0 ? 'passed' : 'failed';
  // In a chain, only one command failed, and the log does not say which.
  return call.commands.length === 1 ? 'failed' : 'unknown';
}

/** The directory relative to where the session is; undefined-like paths outside of it keep their absolute form. */
function within(directory: string, cwd: string): string {
  if (directory === cwd) return '';
  return cwd !== '' && directory.startsWith(`${cwd}/`) ? directory.slice(cwd.length + 1) : directory;
}

/** True for a directory inside the project: relative and not above it. */
export function isInside(directory: string): boolean {
  return !/^(?:\/|~|\$|-|\.\.|[A-Za-z]:)/u.test(directory);
}
