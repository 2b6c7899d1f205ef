import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { OurMarks } from '../../core/recall/connect/ours';
import {
  CONNECTION_PATH,
  IMPORT_INTO,
  parseRecord,
  type ConnectionRecord,
  type Touched,
} from '../../core/recall/connect/record';
import { worktreesOf } from '../logs/gitWorktrees';
import { gitPlace, real, type GitPlace } from './gitPlace';

/** The workspace folder that is connected, and what was rendered for it. */
export interface ConnectContext {
  /** Absolute path of the workspace folder. */
  readonly root: string;
  /** Absolute path of the store folder that holds `.local`, as the ports of the folder tell it. */
  readonly localRoot: string;
  readonly home: string;
  /** Claude Code's configuration folder. */
  readonly configDir: string;
  /** The command that outlives updates; without it nothing is captured at the end of a session. */
  readonly stableCommand?: string;
  /** Subagents with a rendered file of their own. */
  readonly agentTypes: readonly string[];
  /** How many rendered files the main agent gets. */
  readonly hookFiles: number;
  readonly pathRules: readonly { readonly name: string; readonly text: string }[];
  /** The text for the rules channel. */
  readonly rulesText: string;
  /** That of this machine by default. */
  readonly platform?: 'posix' | 'windows';
}

export const RULES = '.claude/rules/agent-memory.md';
export const PATH_RULES = '.claude/rules/agent-memory';
/** Not among the rules, which load by themselves. */
export const IMPORTED = '.claude/agent-memory.md';
const SETTINGS = '.claude/settings.local.json';

/** A file that a connection may touch. */
export interface Target {
  readonly kind: Touched['kind'];
  readonly name?: string;
  readonly path: string;
  /** No folder above this one is ours to make. */
  readonly within: string;
}

export interface Surroundings {
  readonly context: ConnectContext;
  readonly place: GitPlace | undefined;
  readonly marks: OurMarks;
  readonly recordFile: string;
  readonly record: ConnectionRecord | undefined;
  /** The worktree in which the recorded rules files are. */
  readonly recordRoot: string;
  /** True if it was made for a folder that is not here. */
  readonly moved: boolean;
}

export async function surroundingsOf(context: ConnectContext): Promise<Surroundings> {
  const recordFile = path.join(context.localRoot, CONNECTION_PATH);
  const place = await gitPlace(context.root);
  const { stableCommand, localRoot } = context;
  const marks = { prefix: place?.prefix ?? '', stableCommand, folder: path.dirname(localRoot) };
  const record = parseRecord(await readFile(recordFile, 'utf8').catch(() => ''));
  return { context, place, marks, recordFile, record, ...(await recordedRoot(record, context.root)) };
}

/** Worktrees share the record. A folder that is none of them is believed to have moved here. */
async function recordedRoot(
  record: ConnectionRecord | undefined,
  root: string,
): Promise<Pick<Surroundings, 'recordRoot' | 'moved'>> {
  if (record === undefined || (await real(record.root)) === (await real(root)))
    return { recordRoot: root, moved: false };
  const known = (await worktreesOf(root)).includes(record.root);
  return known ? { recordRoot: record.root, moved: false } : { recordRoot: root, moved: true };
}

export function settingsTarget({ context, place }: Surroundings): Target {
  const within = place?.mainRoot ?? context.root;
  return { kind: 'settings', path: path.join(within, SETTINGS), within };
}

/** The rules file, or the one of a name in the folder of path rules. */
export function ruleTarget(root: string, name?: string): Target {
  return name === undefined
    ? { kind: 'rules', path: path.join(root, RULES), within: root }
    : { kind: 'path-rule', name, path: path.join(root, PATH_RULES, name), within: root };
}

/** The text that a file of a person imports. */
export function importedTarget(root: string): Target {
  return { kind: 'imported', path: path.join(root, IMPORTED), within: root };
}

/** A file of a person that imports the text. */
export function importTarget(root: string, name: string | undefined): Target | undefined {
  return IMPORT_INTO.some((one) => one === name) && name !== undefined
    ? { kind: 'import', name, path: path.join(root, name), within: root }
    : undefined;
}

export function excludeTarget(place: GitPlace): Target {
  return { kind: 'exclude', path: place.excludeFile, within: path.dirname(path.dirname(place.excludeFile)) };
}

export function recordsOf({ record }: Surroundings, { kind, name }: Pick<Target, 'kind' | 'name'>): readonly Touched[] {
  const all = [...(record?.files ?? []), ...(record?.earlier ?? [])];
  return all.filter((one) => one.kind === kind && one.name === name);
}

/** Where a file of the record is; undefined where it cannot be now. */
export function targetOf(around: Surroundings, { kind, name }: Touched): Target | undefined {
  if (kind === 'settings') return settingsTarget(around);
  if (kind === 'exclude') return around.place && excludeTarget(around.place);
  if (kind === 'import') return importTarget(around.recordRoot, name);
  if (kind === 'imported') return importedTarget(around.recordRoot);
  return isRuleName(name) ? ruleTarget(around.recordRoot, name) : undefined;
}

/** A name of a file right in the folder of path rules; undefined is the rules file itself. */
export function isRuleName(name: string | undefined): boolean {
  return name === undefined || /^[a-z0-9][a-z0-9-]{0,200}\.md$/u.test(name);
}
