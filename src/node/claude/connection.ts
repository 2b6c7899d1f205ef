import { readFile } from 'node:fs/promises';
import {
  parseRecord,
  renderRecord,
  type ConnectChoice,
  type ConnectionRecord,
  type Touched,
} from '../../core/recall/connect/record';
import { AgentDreamsError } from '../../core/errors';
import { createHasher } from '../hasher';
import {
  draftsOf,
  recordsOf,
  surroundingsOf,
  targetOf,
  type ConnectContext,
  type Draft,
  type Refusal,
  type Surroundings,
} from './connectionDrafts';
import { real } from './gitPlace';
import { removeFile, writeText } from './settingsFile';

export type { ConnectChoice } from '../../core/recall/connect/record';
export type { ConnectContext } from './connectionDrafts';

/** One file before and after; null = no such file. */
export interface PlannedFile {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly why: Touched['kind'];
}

/** What connecting or disconnecting would do. Nothing is done while there are refusals. */
export interface ConnectPlan {
  /** Only those that change. */
  readonly files: readonly PlannedFile[];
  readonly refusals: readonly Refusal[];
  /** What is kept of it, and where; undefined for a plan to disconnect. */
  readonly record: ConnectionRecord | undefined;
  readonly recordFile: string;
  /** How many folders above each file go with it when it is removed. */
  readonly folders: Readonly<Record<string, number>>;
}

export type Connection =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'connected';
      readonly channel: ConnectChoice['channel'];
      readonly files: readonly string[];
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
    files: changed.map(({ target, current, after }) => ({
      path: target.path,
      before: current,
      after,
      why: target.kind,
    })),
    refusals,
    record: choice && recordOf(around, choice, good),
    recordFile: around.recordFile,
    folders: Object.fromEntries(changed.map(({ target }) => [target.path, recordsOf(around, target)[0]?.folders ?? 0])),
  };
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
  for (const { path: file, before } of plan.files) await requireUnchanged(file, before);
  const earlier = parseRecord(await readFile(plan.recordFile, 'utf8').catch(() => ''));
  // First, so that what was done can be taken back wherever this stops.
  if (plan.record !== undefined) {
    const kept = earlier === undefined ? plan.record : { ...plan.record, earlier: earlier.files };
    await writeText(plan.recordFile, renderRecord(kept));
  }
  const done: PlannedFile[] = [];
  try {
    for (const file of plan.files) {
      await put(file.path, file.after, plan.folders[file.path] ?? 0);
      done.push(file);
    }
  } catch (error) {
    for (const file of done.toReversed()) await put(file.path, file.before, 0).catch(() => undefined);
    if (earlier !== undefined) await writeText(plan.recordFile, renderRecord(earlier)).catch(() => undefined);
    throw error;
  }
  if (plan.record === undefined) await removeFile(plan.recordFile, 0);
  else if (earlier !== undefined) await writeText(plan.recordFile, renderRecord(plan.record));
}

async function requireUnchanged(file: string, before: string | null): Promise<void> {
  const now = await readFile(file, 'utf8').catch(() => null);
  if (now !== before) throw new AgentDreamsError('conflict', `${file} has changed meanwhile.`, { path: file });
}

async function put(file: string, text: string | null, folders: number): Promise<void> {
  if (text === null) await removeFile(file, folders);
  else await writeText(file, text);
}

/** What stands now. Never throws. */
export async function readConnection(context: ConnectContext): Promise<Connection> {
  const around = await surroundingsOf(context);
  const { record } = around;
  if (record === undefined) return { kind: 'none' };
  const files: string[] = [];
  const problems: string[] = [];
  for (const touched of record.files) {
    const target = targetOf(around, touched);
    if (target === undefined) continue;
    files.push(target.path);
    const text = await readFile(target.path, 'utf8').catch(() => undefined);
    if (text === undefined) problems.push(`missing: ${target.path}`);
    else if (createHasher().sha256(text) !== touched.after) problems.push(`altered: ${target.path}`);
  }
  if ((await real(record.root)) !== (await real(context.root))) problems.push(`moved: ${record.root}`);
  return { kind: 'connected', channel: record.choice.channel, files, problems };
}
