import { execFile } from 'node:child_process';
import { homedir } from 'node:os';

/** What would send a child process, or a client of a model, somewhere else than the user means. */
const REDIRECTIONS =
  /^(?:ANTHROPIC_|CLAUDE_CODE_|CLAUDE_CONFIG_DIR$|GIT_|NODE_OPTIONS$|NODE_PATH$|NODE_EXTRA_CA_CERTS$|ELECTRON_RUN_AS_NODE$|LD_PRELOAD$|LD_LIBRARY_PATH$|DYLD_|SSH_ASKPASS$|PAGER$|EDITOR$|VISUAL$|BASH_ENV$|ENV$|PROMPT_COMMAND$)/iu;

/**
 * The environment for a child process: that of this one without anything that redirects git, Node, a linker or a model
 * client. Terminals and tasks of a workspace can set all of these.
 */
export function safeEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const kept = Object.entries(environment).filter(([name, value]) => value !== undefined && !REDIRECTIONS.test(name));
  return Object.fromEntries(kept) as Readonly<Record<string, string>>;
}

/** Nothing that a repository configures may run: no hook, monitor, pager, filter of diffs, credential helper, network. */
const SAFE_FLAGS = [
  '--no-pager',
  '--no-optional-locks',
  ...[
    'core.fsmonitor=false',
    'core.hooksPath=/dev/null',
    'core.untrackedCache=false',
    'core.pager=cat',
    'core.sshCommand=false',
    'core.askPass=',
    'credential.helper=',
    'diff.external=',
    'protocol.allow=never',
    'submodule.recurse=false',
  ].flatMap((setting) => ['-c', setting]),
];

const LIMITS = { timeout: 10_000, maxBuffer: 64 * 1024 * 1024, windowsHide: true } as const;

/**
 * Output of a read-only git command in the folder, or undefined without git, outside of a repository or past 10 seconds.
 * Runs nothing that the repository or the environment configures.
 */
export function safeGit(folder: string, args: readonly string[]): Promise<string | undefined> {
  const env = { ...safeEnvironment(process.env), GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0' };
  return new Promise((resolve) => {
    // Windows looks for programs in the current folder first: it must not be the repository.
    execFile('git', ['-C', folder, ...SAFE_FLAGS, ...args], { cwd: homedir(), ...LIMITS, env }, (error, stdout) => {
      resolve(error === null ? stdout : undefined);
    });
  });
}
