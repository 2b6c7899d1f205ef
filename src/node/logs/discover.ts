import path from 'node:path';
import { foldersIn, logsBelow, lookAt, type SeenFile } from './findFiles';
import { worktreesOf } from './gitWorktrees';
import { createOwner, formerRoot, type Owner, type PathMap } from './ownership';
import { createProbeCache, type ProbeCache } from './probeCache';
import { probeLog, type LogProbe } from './probeLog';
import { mayHoldLogsOf } from './projectFolder';
import { resolved } from './ownership';

export interface DiscoverOptions {
  /** Absolute path of the workspace folder. */
  readonly workspaceRoot: string;
  /** Claude Code's configuration folders; logs are looked for in their `projects`. */
  readonly configDirs: readonly string[];
  /** Folders that are searched whatever their names, twelve levels deep. `~` is the home folder. */
  readonly extraLogFolders: readonly string[];
  readonly mapCwd: readonly PathMap[];
  /** The user's home folder. */
  readonly home: string;
  /** What earlier looks found; keeping it makes the next look cheap. */
  readonly cache?: ProbeCache;
}

/** A log of this workspace. */
export interface FoundLog extends SeenFile {
  /** `session`: a conversation with a person; `agent`: the transcript of one of its subagents. */
  readonly kind: 'session' | 'agent';
  /** The session it belongs to, as the log names it: a file name's worth of letters. */
  readonly session: string;
  readonly cwd: string;
  /** ISO 8601 UTC, '' if the log has no times. */
  readonly firstAt: string;
  readonly entrypoint: string | undefined;
}

export interface DiscoveredLogs {
  readonly logs: readonly FoundLog[];
  /** Transcripts of subagents. */
  readonly agents: readonly FoundLog[];
  /** Logs that could not be read. */
  readonly failed: readonly { readonly file: string; readonly error: unknown }[];
  /** Folders of this workspace's name that are gone but have sessions: where it may have been before it moved. */
  readonly otherPaths: readonly { readonly path: string; readonly sessions: number }[];
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/iu;
const EXTRA_DEPTH = 12;
const AGENT_FILE = /^agent-[\w.-]+\.jsonl$/u;
const SUBAGENTS = /^(.{1,4096})[\\/]([^\\/]{1,255})[\\/]subagents[\\/]/u;

interface Search {
  readonly owner: Owner;
  readonly cache: ProbeCache;
  readonly name: string;
  readonly logs: FoundLog[];
  readonly agents: FoundLog[];
  readonly strays: FoundLog[];
  readonly failed: { file: string; error: unknown }[];
  readonly former: Map<string, number>;
}

function asId(name: string): string {
  return name.replace(/[^\w-]/gu, '-').slice(0, 120) || 'session';
}

/** The session of a log: the name of the file or folder if it is an id, else what its lines say. */
function sessionOf(file: string, kind: FoundLog['kind'], probe: LogProbe): string {
  const folder = SUBAGENTS.exec(file)?.[2];
  const name = kind === 'agent' ? folder : path.basename(file, '.jsonl');
  if (name !== undefined && UUID.test(name)) return name.toLowerCase();
  return asId(probe.sessionId ?? name ?? path.basename(file, '.jsonl'));
}

async function probeOf(search: Search, seen: SeenFile, likely: boolean): Promise<LogProbe | undefined> {
  const known = search.cache.get(seen.file, seen.size, seen.mtimeMs);
  if (known) return known;
  try {
    const probe = await probeLog(seen.file);
    search.cache.set(seen.file, seen.size, seen.mtimeMs, probe);
    return probe;
  } catch (error) {
    if (likely) search.failed.push({ file: seen.file, error });
    return undefined;
  }
}

/** Sorts the log in; true if it belongs here. `likely`: its folder is the workspace's, so failing to read it matters. */
async function consider(search: Search, file: string, likely: boolean): Promise<boolean> {
  const seen = await lookAt(file);
  const probe = seen && (await probeOf(search, seen, likely));
  if (seen === undefined || probe?.cwd === undefined) return false;
  const kind = AGENT_FILE.test(path.basename(file)) ? 'agent' : 'session';
  const { cwd, firstAt, entrypoint } = probe;
  const found: FoundLog = { ...seen, kind, session: sessionOf(file, kind, probe), cwd, firstAt, entrypoint };
  const owned = await search.owner.owns(cwd);
  if (kind === 'agent') (owned ? search.agents : search.strays).push(found);
  else if (owned) search.logs.push(found);
  const former = owned || kind === 'agent' ? undefined : await formerRoot(cwd, search.name);
  if (former !== undefined) search.former.set(former, (search.former.get(former) ?? 0) + 1);
  return owned;
}

/** A subagent may have worked elsewhere; its transcript still belongs to the session it lies beside. */
function agentsOf(search: Search): readonly FoundLog[] {
  const folders = new Set(search.logs.map((log) => `${path.dirname(log.file)} ${log.session}`));
  const beside = search.strays.filter((stray) => {
    const folder = SUBAGENTS.exec(stray.file)?.[1] ?? path.dirname(stray.file);
    return folders.has(`${folder} ${stray.session}`);
  });
  return [...search.agents, ...beside];
}

/**
 * One project folder. Its name only tells how likely it is: an unlikely folder is judged by its first log, and searched
 * if that one belongs here or if the workspace may once have been there.
 */
async function searchProjectFolder(search: Search, folder: string, roots: readonly string[]): Promise<void> {
  const files = await logsBelow(folder, 4);
  const likely = roots.some((root) => mayHoldLogsOf(path.basename(folder), root));
  const direct = files.find((file) => path.dirname(file) === folder && !AGENT_FILE.test(path.basename(file)));
  const first = direct ?? files[0];
  if (first === undefined) return;
  const formerBefore = search.former.size;
  const owned = await consider(search, first, likely);
  if (!likely && !owned && search.former.size === formerBefore) return;
  for (const file of files) if (file !== first) await consider(search, file, true);
}

function withHome(folder: string, home: string): string {
  return folder === '~' || folder.startsWith('~/') ? path.join(home, folder.slice(1)) : folder;
}

function unique(found: readonly FoundLog[]): readonly FoundLog[] {
  return [...new Map(found.map((log) => [log.file, log])).values()];
}

/**
 * Finds the logs of this workspace. A log belongs to it if the first working directory in the file does: the folder
 * itself, one below it, or one of its git worktrees. Reads only, and of each file only the beginning. What cannot be read
 * is in `failed`; never throws for it.
 */
export async function discoverLogs(options: DiscoverOptions): Promise<DiscoveredLogs> {
  const root = await resolved(options.workspaceRoot);
  const roots = [...new Set([options.workspaceRoot, ...(await worktreesOf(root))])];
  const search: Search = {
    owner: await createOwner(roots, options.mapCwd),
    cache: options.cache ?? createProbeCache(),
    name: path.basename(root),
    logs: [],
    agents: [],
    strays: [],
    failed: [],
    former: new Map(),
  };
  const likelyRoots = [...roots, ...options.mapCwd.map((map) => map.from)];
  for (const configDir of new Set(options.configDirs.map((folder) => withHome(folder, options.home)))) {
    for (const folder of await foldersIn(path.join(configDir, 'projects'))) {
      await searchProjectFolder(search, folder, likelyRoots);
    }
  }
  for (const folder of new Set(options.extraLogFolders.map((extra) => withHome(extra, options.home)))) {
    for (const file of await logsBelow(folder, EXTRA_DEPTH)) await consider(search, file, true);
  }
  return {
    logs: unique(search.logs),
    agents: unique(agentsOf(search)),
    failed: search.failed,
    otherPaths: [...search.former]
      .map(([former, sessions]) => ({ path: former, sessions }))
      .sort((a, b) => b.sessions - a.sessions || (a.path < b.path ? -1 : 1)),
  };
}
