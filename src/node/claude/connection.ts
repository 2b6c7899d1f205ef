import { readFile } from 'node:fs/promises';
import path from 'node:path';
import {
  CONNECTION_PATH,
  parseRecord,
  renderRecord,
  type ConnectChoice,
  type ConnectionRecord,
  type Touched,
} from '../../core/recall/connect/record';
import { differsInNumberOnly, isPlainJson } from '../../core/recall/connect/settingsText';
import { AgentDreamsError } from '../../core/errors';
import {
  recordsOf,
  settingsTarget,
  surroundingsOf,
  targetOf,
  type ConnectContext,
  type Surroundings,
} from './connectionPlace';
import { connectionProblems } from './connectionProblems';
import type { Draft, Drafted, Refusal } from './draft';
import { excludeDraft } from './excludeDraft';
import { isTracked, real } from './gitPlace';
import { importDrafts, ruleDrafts } from './ruleDrafts';
import { settingsDraft, wantedSettings } from './settingsDraft';
import { replaceFiles, requireUnchanged, type Replacement } from './replaceFiles';
import { removeFile, removeFolders, writeText } from './settingsFile';

export type { ConnectChoice } from '../../core/recall/connect/record';
export type { ConnectContext } from './connectionPlace';

export interface PlannedFile extends Replacement {
  readonly why: Touched['kind'];
}

/** What connecting or disconnecting would do. Nothing is done while there are refusals. */
export interface ConnectPlan {
  /** Only those that change. */
  readonly files: readonly PlannedFile[];
  readonly refusals: readonly Refusal[];
  readonly warnings: readonly ConnectWarning[];
  /** What is kept of it, and where; undefined for a plan to disconnect. */
  readonly record: ConnectionRecord | undefined;
  readonly recordFile: string;
  /** How many folders above each file go with it when it is removed. */
  readonly folders: Readonly<Record<string, number>>;
}

/** Something to be told: Claude Code will not read the file as it is, or git will show it changed. */
export interface ConnectWarning {
  readonly path: string;
  readonly kind: 'not-plain-json' | 'tracked';
}

export type Connection =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'connected';
      readonly channel: ConnectChoice['channel'];
      /** Absolute paths. */
      readonly files: readonly string[];
      /** `<kind> <path>`, see `ConnectionProblem`. */
      readonly problems: readonly string[];
    };

/** Plans to connect; whatever an earlier connection left is replaced. Writes nothing. */
export async function planConnect(context: ConnectContext, choice: ConnectChoice): Promise<ConnectPlan> {
  const around = await surroundingsOf(context);
  return plan(around, choice);
}

/** Plans to take the connection back. Writes nothing. */
export async function planDisconnect(context: ConnectContext): Promise<ConnectPlan> {
  return plan(await surroundingsOf(context), undefined);
}

async function plan(around: Surroundings, choice: ConnectChoice | undefined): Promise<ConnectPlan> {
  const drafts = await draftsOf(around, choice);
  const refusals = drafts.filter((draft): draft is Refusal => 'reason' in draft);
  const good = drafts.filter((draft): draft is Draft => 'target' in draft);
  const changed = good.filter(({ current, after }) => current !== after);
  return {
    ...planned(around, changed),
    refusals,
    warnings: choice === undefined ? [] : await warningsOf(around, changed),
    record: choice && recordOf(around, choice, good),
  };
}

function planned(
  around: Surroundings,
  changed: readonly Draft[],
): Pick<ConnectPlan, 'files' | 'folders' | 'recordFile'> {
  return {
    files: changed.map(({ target, current, after }) => ({
      path: target.path,
      before: current,
      after,
      why: target.kind,
      within: target.within,
    })),
    recordFile: around.recordFile,
    folders: Object.fromEntries(changed.map(({ target }) => [target.path, recordsOf(around, target)[0]?.folders ?? 0])),
  };
}

/** Every file of the connection as it shall be; without a choice, as it was before any connection. */
async function draftsOf(around: Surroundings, choice: ConnectChoice | undefined): Promise<readonly Drafted[]> {
  const drafts = [
    await settingsDraft(around, choice),
    ...(await ruleDrafts(around, choice)),
    ...(await importDrafts(around, choice)),
  ];
  return around.place === undefined ? drafts : [...drafts, await excludeDraft(around, around.place, choice)];
}

async function warningsOf({ place }: Surroundings, drafts: readonly Draft[]): Promise<readonly ConnectWarning[]> {
  const warnings: ConnectWarning[] = [];
  for (const { target, after } of drafts) {
    if (target.kind === 'settings' && after !== null && !isPlainJson(after))
      warnings.push({ path: target.path, kind: 'not-plain-json' });
    const isAsked = target.kind === 'exclude' || target.kind === 'import';
    if (!isAsked && place !== undefined && (await isTracked(place, target.path)))
      warnings.push({ path: target.path, kind: 'tracked' });
  }
  return warnings;
}

function recordOf({ context }: Surroundings, choice: ConnectChoice, drafts: readonly Draft[]): ConnectionRecord {
  const files = drafts.flatMap(({ touched }) => (touched === undefined ? [] : [touched]));
  return { format: 1, at: new Date().toISOString(), root: context.root, choice, files };
}

/**
 * Does what was planned: all of it or nothing. Throws `conflict` where a file has changed since, `invalid-input` where
 * something was refused, and what writing throws.
 */
export async function carryOut(plan: ConnectPlan): Promise<void> {
  const [refusal] = plan.refusals;
  if (refusal !== undefined)
    throw new AgentDreamsError('invalid-input', `${refusal.path} is left alone: ${refusal.reason}`, { ...refusal });
  await requireUnchanged(plan.files);
  const earlier = parseRecord(await readFile(plan.recordFile, 'utf8').catch(() => ''));
  // First, so that what was done can be taken back wherever this stops.
  if (plan.record !== undefined) {
    const kept = earlier === undefined ? plan.record : { ...plan.record, earlier: earlier.files };
    await writeText(plan.recordFile, renderRecord(kept));
  }
  try {
    await replaceFiles(plan.files);
  } catch (error) {
    if (earlier !== undefined) await writeText(plan.recordFile, renderRecord(earlier)).catch(() => undefined);
    throw error;
  }
  // The deepest first: a folder is ours to remove once those in it are gone.
  const gone = plan.files.filter(({ after }) => after === null).sort((a, b) => b.path.length - a.path.length);
  for (const { path: file } of gone) await removeFolders(file, plan.folders[file] ?? 0);
  if (plan.record === undefined) await removeFile(plan.recordFile);
  else if (earlier !== undefined) await writeText(plan.recordFile, renderRecord(plan.record));
}

/** What was chosen when the store was connected; undefined if it is not. `localRoot` as in `ConnectContext`. */
export async function connectedChoice(localRoot: string): Promise<ConnectChoice | undefined> {
  return parseRecord(await readFile(path.join(localRoot, CONNECTION_PATH), 'utf8').catch(() => ''))?.choice;
}

/** What stands now, and what is wrong with it. */
export async function readConnection(context: ConnectContext): Promise<Connection> {
  const around = await surroundingsOf(context);
  const { record } = around;
  const problems = await connectionProblems(around);
  if (record === undefined && problems.length === 0) return { kind: 'none' };
  const files = (record?.files ?? []).flatMap((touched) => targetOf(around, touched)?.path ?? []);
  return {
    kind: 'connected',
    channel: record?.choice.channel ?? 'hooks',
    files: record === undefined ? [settingsTarget(around).path] : files,
    problems: problems.map(({ kind, path: at }) => `${kind} ${at}`),
  };
}

/**
 * Writes the rules files of a connection anew where the memory has changed: they are ours as a whole, so that nobody is
 * asked again. True if something was written. What cannot be written now stays as it is.
 */
export async function refreshRules(context: ConnectContext): Promise<boolean> {
  const around = await surroundingsOf(context);
  const { record } = around;
  if (record === undefined || !(await isOfRecord(around, record))) return false;
  const drafts = (await ruleDrafts(around, record.choice)).filter((draft): draft is Draft => 'target' in draft);
  const changed = drafts.filter(({ current, after }) => current !== after);
  if (changed.length === 0) return false;
  const others = record.files.filter(({ kind }) => kind !== 'rules' && kind !== 'path-rule' && kind !== 'imported');
  const rules = drafts.flatMap(({ touched }) => (touched === undefined ? [] : [touched]));
  await carryOut({
    ...planned(around, changed),
    refusals: [],
    warnings: [],
    record: { ...record, files: [...others, ...rules] },
  });
  return true;
}

/** Only in the worktree that the connection was made for. */
async function isOfRecord({ moved, context }: Surroundings, { root }: ConnectionRecord): Promise<boolean> {
  return !moved && (await real(root)) === (await real(context.root));
}

/**
 * Gives new kinds of subagents their hooks, takes those that are gone out, and follows the number of files: what was agreed
 * to is a hook for each of them. Only where ours stands as it was written, in the same form, and git does not track the
 * file; whatever else is out of date is for Connect, which shows it. True if something was written.
 */
export async function refreshHooks(context: ConnectContext): Promise<boolean> {
  const around = await surroundingsOf(context);
  const { record, place } = around;
  if (record?.choice.channel !== 'hooks' || !(await isOfRecord(around, record))) return false;
  const target = settingsTarget(around);
  const problems = (await connectionProblems(around)).filter(({ path: file }) => file === target.path);
  if (problems.length !== 1 || problems[0]?.kind !== 'outdated') return false;
  const draft = await settingsDraft(around, record.choice);
  if (!('target' in draft) || draft.touched === undefined || draft.current === null) return false;
  const { current, touched } = draft;
  if (!differsInNumberOnly(current, around.marks, wantedSettings(around, record.choice))) return false;
  if (place !== undefined && (await isTracked(place, target.path))) return false;
  await carryOut({
    ...planned(around, [draft]),
    refusals: [],
    warnings: [],
    record: { ...record, files: record.files.map((one) => (one.kind === 'settings' ? touched : one)) },
  });
  return true;
}
