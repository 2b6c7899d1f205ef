import { isAgentName } from '../agentName';
import { sessionStartFile, subagentFile } from '../recallFiles';
import { ownTag } from './ours';
import type { HookGroup, HookHandler } from './settingsText';

/** Where the files are that the hooks print, and how they are reached. */
export interface HookPlace {
  readonly platform: 'posix' | 'windows';
  /** Absolute path of the folder with the rendered files, in the form of the platform. */
  readonly recallFolder: string;
  /** The workspace folder in its repository, POSIX, with a slash at the end or ''; undefined without git. */
  readonly prefix: string | undefined;
  /** Absolute path of the command that outlives updates; needed for the capture at the end of a session only. */
  readonly stableCommand?: string | undefined;
  /** Absolute path of the workspace folder. */
  readonly root: string;
}

export interface HookWishes {
  /** How many files the main agent gets. */
  readonly hookFiles: number;
  /** Subagents with a file of their own. */
  readonly agentTypes: readonly string[];
  readonly sessionEnd: boolean;
}

const SECONDS = 5;
/** A kind of subagent that has the conversation of its parent. */
const FORK = 'fork';
/** What a hook prints at most: far above what Claude Code takes, for printing is not cut by a time limit. */
const MAX_BYTES = 65_536;
const STARTS = 'startup|clear|compact';

/**
 * What Claude Code runs: it prints files that were rendered before. One handler a file for the main agent, one for each
 * kind of subagent, and one for every other kind.
 */
export function hookGroups(place: HookPlace, { hookFiles, agentTypes, sessionEnd }: HookWishes): readonly HookGroup[] {
  const print = (file: string): HookHandler => printing(place, file);
  const main = Array.from({ length: Math.max(1, hookFiles) }, (_, index) => print(sessionStartFile(index + 1)));
  const types = [...new Set(agentTypes)].filter((type) => isAgentName(type) && type !== FORK).sort(byCodeUnit);
  const subagents = types.map((type): HookGroup => ({
    event: 'SubagentStart',
    matcher: `^${escaped(type)}$`,
    hooks: [print(subagentFile(type))],
  }));
  // A fork has the conversation of its parent, and with it the memory.
  const others = `^(?!(?:${[FORK, ...types].map(escaped).join('|')})$).*$`;
  return [
    { event: 'SessionStart', matcher: STARTS, hooks: main },
    ...subagents,
    { event: 'SubagentStart', matcher: others, hooks: [print(subagentFile())] },
    ...(sessionEnd && place.stableCommand !== undefined && canCapture(place)
      ? [{ event: 'SessionEnd' as const, hooks: [capturing(place, place.stableCommand)] }]
      : []),
  ];
}

/** On Windows the folder is an argument of a batch file. */
function canCapture({ platform, root }: HookPlace): boolean {
  return platform === 'posix' || !BATCH.test(root);
}

function escaped(type: string): string {
  return type.replace(/[-.*+?^${}()|[\]\\]/gu, (character) => (character === '-' ? '-' : `\\${character}`));
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** Text as one word of a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function printing({ platform, recallFolder, prefix }: HookPlace, file: string): HookHandler {
  if (platform === 'windows') {
    return {
      type: 'command',
      command: 'powershell',
      args: windowsPrinting(`${recallFolder}\\${file}`),
      timeout: SECONDS,
    };
  }
  const absolute = `${recallFolder}/${file}`;
  const size = ['-c', String(MAX_BYTES)];
  if (prefix === undefined) return { type: 'command', command: 'head', args: [...size, absolute], timeout: SECONDS };
  // The folder may have moved, or be another one in a container: git knows where it is now.
  const folder = 'git -C "${CLAUDE_PROJECT_DIR:-.}" rev-parse --path-format=absolute --git-common-dir';
  const below = quoted(`/${prefix}.agent-memory/.local/recall/${file}`);
  const found = `d="$(${folder} 2>/dev/null)" && f="\${d%/.git}"${below} && [ -f "$f" ] || f=${quoted(absolute)}`;
  // What git tracks came with a commit, over what we rendered: nobody reviewed it.
  const isTracked = 'git -C "${f%/*}" ls-files --error-unmatch -- "$f" >/dev/null 2>&1';
  const print = `${found}; ${isTracked} || head ${size.join(' ')} "$f"`;
  return { type: 'command', command: tagged(onlyBelow(prefix, print), prefix), timeout: SECONDS };
}

/** What ends a text in single quotes there; doubled, it is in it. */
const POWERSHELL_QUOTE = /['\u2018-\u201B]/gu;
/** What a batch file takes for more than text in its arguments, whoever quotes them. */
const BATCH = /[&|<>^%!"\r\n]/u;

/** Prints the bytes as they are, whatever the code page of the machine. */
function windowsPrinting(file: string): readonly string[] {
  const script = [
    `$f=[IO.File]::OpenRead('${file.replace(POWERSHELL_QUOTE, '$&$&')}')`,
    `$b=New-Object byte[] ${MAX_BYTES}`,
    `$n=$f.Read($b,0,${MAX_BYTES})`,
    '[Console]::OpenStandardOutput().Write($b,0,$n)',
  ];
  return ['-NoProfile', '-NonInteractive', '-Command', script.join(';')];
}

/** The settings of a repository serve all of it; a workspace below its top has its memory to itself. */
function onlyBelow(prefix: string, command: string): string {
  if (prefix === '') return command;
  return `case "\${CLAUDE_PROJECT_DIR:-$PWD}/" in */${quoted(prefix)}*) ${command};; esac`;
}

function tagged(command: string, prefix: string): string {
  return `${command} ${ownTag(prefix)}`;
}

function capturing({ platform, root, prefix = '' }: HookPlace, stableCommand: string): HookHandler {
  if (platform === 'windows') {
    return { type: 'command', command: `${stableCommand}.cmd`, args: ['capture', '--detach', root], timeout: SECONDS };
  }
  const command = `(${quoted(stableCommand)} capture ${quoted(root)} </dev/null >/dev/null 2>&1 &)`;
  return { type: 'command', command: tagged(onlyBelow(prefix, command), prefix), timeout: SECONDS };
}
