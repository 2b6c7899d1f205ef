import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { denyRules } from '../../core/recall/connect/denyRules';
import { addLines, withoutLines } from '../../core/recall/connect/excludeText';
import { hookGroups } from '../../core/recall/connect/hookCommands';
import type { OurMarks } from '../../core/recall/connect/ours';
import {
  CONNECTION_PATH,
  parseRecord,
  type ConnectChoice,
  type ConnectionRecord,
  type Touched,
} from '../../core/recall/connect/record';
import { isGenerated, withNotice } from '../../core/recall/connect/rulesText';
import {
  connectSettings,
  disconnectSettings,
  type SettingsRecord,
  type SettingsRefusal,
  type WantedSettings,
} from '../../core/recall/connect/settingsText';
import { createHasher } from '../hasher';
import { gitPlace, wouldShow, type GitPlace } from './gitPlace';
import { missingFolders, readEditable, type FileRefusal } from './settingsFile';

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

/** A file that is left alone, and why. */
export interface Refusal {
  readonly path: string;
  readonly reason: FileRefusal | SettingsRefusal;
}

const RULES = '.claude/rules/agent-memory.md';
const PATH_RULES = '.claude/rules/agent-memory';
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
}

const hasher = createHasher();

export async function surroundingsOf(context: ConnectContext): Promise<Surroundings> {
  const recordFile = path.join(context.localRoot, CONNECTION_PATH);
  const place = await gitPlace(context.root);
  const marks = { prefix: place?.prefix ?? '', stableCommand: context.stableCommand };
  const record = parseRecord(await readFile(recordFile, 'utf8').catch(() => ''));
  return { context, place, marks, recordFile, record };
}

function settingsTarget({ context, place }: Surroundings): Target {
  const within = place?.mainRoot ?? context.root;
  return { kind: 'settings', path: path.join(within, SETTINGS), within };
}

function ruleTarget({ context }: Surroundings, name?: string): Target {
  return name === undefined
    ? { kind: 'rules', path: path.join(context.root, RULES), within: context.root }
    : { kind: 'path-rule', name, path: path.join(context.root, PATH_RULES, name), within: context.root };
}

function excludeTarget(place: GitPlace): Target {
  return { kind: 'exclude', path: place.excludeFile, within: path.dirname(path.dirname(place.excludeFile)) };
}

/** A file on its way: as it is, without anything of ours, and as it shall be. */
export interface Draft {
  readonly target: Target;
  readonly current: string | null;
  readonly base: string | null;
  readonly after: string | null;
  readonly touched?: Touched;
}

export type Drafted = Draft | Refusal;

export function recordsOf({ record }: Surroundings, { kind, name }: Target): readonly Touched[] {
  const all = [...(record?.files ?? []), ...(record?.earlier ?? [])];
  return all.filter((one) => one.kind === kind && one.name === name);
}

export function targetOf(around: Surroundings, { kind, name }: Touched): Target | undefined {
  if (kind === 'settings') return settingsTarget(around);
  if (kind === 'exclude') return around.place && excludeTarget(around.place);
  if (kind === 'path-rule') return isRuleName(name) ? ruleTarget(around, name) : undefined;
  return kind === 'rules' ? ruleTarget(around) : undefined;
}

/** Reads the file, takes ours out, puts what is wanted in. */
async function draftOf(
  around: Surroundings,
  target: Target,
  without: (text: string) => string | null | SettingsLeftAlone,
  wanted: (base: string | null) => Wanted,
): Promise<Drafted> {
  const read = await readEditable(target.path, target.within);
  if (read.kind === 'refused') return { path: target.path, reason: read.reason };
  const base = read.text === null ? null : without(read.text);
  if (base !== null && typeof base === 'object') return { path: target.path, reason: base.reason };
  const next = wanted(base);
  if ('reason' in next) return { path: target.path, reason: next.reason };
  const draft = { target, current: read.text, base, after: next.text };
  if (next.text === null || next.text === base) return draft;
  const [known] = recordsOf(around, target);
  const folders = base === null ? (read.text === null ? await missingFolders(target.path) : known?.folders) : undefined;
  const touched: Touched = {
    kind: target.kind,
    ...(target.name === undefined ? {} : { name: target.name }),
    before: base === null ? null : hasher.sha256(base),
    after: hasher.sha256(next.text),
    inverse: [...(next.record?.inverse ?? [])],
    ...(next.record === undefined ? {} : { deny: [...next.record.deny], values: { ...next.record.values } }),
    ...(folders === undefined ? {} : { folders }),
  };
  return { ...draft, touched };
}

interface SettingsLeftAlone {
  readonly reason: SettingsRefusal;
}

type Wanted = { readonly text: string | null; readonly record?: SettingsRecord } | SettingsLeftAlone;

async function settingsDraft(around: Surroundings, choice: ConnectChoice | undefined): Promise<Drafted> {
  const target = settingsTarget(around);
  const records = recordsOf(around, target);
  const wanted = choice && wantedSettings(around, choice);
  const wantsNothing = wanted === undefined || isNothing(wanted);
  return draftOf(
    around,
    target,
    (text) => {
      const result = disconnectSettings(text, around.marks, records.map(settingsRecord));
      if (result.kind === 'refused') return { reason: result.reason };
      const madeByUs = records.some(({ before }) => before === null);
      return madeByUs && /^\uFEFF?\s{0,1000}(?:\{\s{0,1000}\}\s{0,1000})?$/u.test(result.text) ? null : result.text;
    },
    (base) => {
      if (wantsNothing) return { text: base };
      const result = connectSettings(base ?? '', wanted);
      return result.kind === 'refused' ? { reason: result.reason } : result;
    },
  );
}

function settingsRecord({ inverse, deny = [], values = {} }: Touched): SettingsRecord {
  return { inverse, deny, values };
}

function isNothing({ groups, deny, values }: WantedSettings): boolean {
  return groups.length === 0 && deny.length === 0 && Object.keys(values).length === 0;
}

function wantedSettings({ context, place }: Surroundings, choice: ConnectChoice): WantedSettings {
  const { root, localRoot, stableCommand, agentTypes, hookFiles } = context;
  const platform = context.platform ?? (process.platform === 'win32' ? 'windows' : 'posix');
  const recallFolder = path.join(localRoot, '.local', 'recall');
  const prefix = place?.isPlain === true ? place.prefix : undefined;
  const hooks = { platform, recallFolder, prefix, stableCommand, root } as const;
  const all = hookGroups(hooks, { hookFiles, agentTypes, sessionEnd: choice.sessionEnd });
  return {
    groups: choice.channel === 'hooks' ? all : all.filter(({ event }) => event === 'SessionEnd'),
    deny: choice.denyLocal ? denyRules(path.join(localRoot, '.local'), choice.inbox) : [],
    values: choice.inbox ? { autoMemoryDirectory: path.join(localRoot, '.local', 'inbox') } : {},
  };
}

async function ruleDrafts(around: Surroundings, choice: ConnectChoice | undefined): Promise<readonly Drafted[]> {
  const { context, record } = around;
  const rules = new Map<string | undefined, string>();
  if (choice?.channel === 'rules' && context.rulesText !== '') rules.set(undefined, context.rulesText);
  if (choice?.pathRules === true) for (const { name, text } of context.pathRules) rules.set(name, text);
  const known = [...(record?.files ?? []), ...(record?.earlier ?? [])].filter(({ kind }) => kind === 'path-rule');
  const names = new Set([undefined, ...rules.keys(), ...known.map(({ name }) => name)]);
  return Promise.all(
    [...names].filter(isRuleName).map((name) => {
      const text = rules.get(name);
      return draftOf(
        around,
        ruleTarget(around, name),
        (current) => (isGenerated(current) ? null : current),
        (base) => ({ text: text === undefined ? base : withNotice(text) }),
      );
    }),
  );
}

/** A name of a file right in the folder of path rules. */
function isRuleName(name: string | undefined): boolean {
  return name === undefined || /^[a-z0-9][a-z0-9-]{0,200}\.md$/u.test(name);
}

async function excludeDraft(
  around: Surroundings,
  place: GitPlace,
  choice: ConnectChoice | undefined,
  written: readonly Draft[],
): Promise<Drafted> {
  const target = excludeTarget(place);
  const records = recordsOf(around, target);
  const ours = records.flatMap(({ inverse }) => inverse.flatMap(({ inserted }) => inserted.split('\n')));
  const lines: string[] = [];
  for (const { target: file } of choice?.gitExclude === true ? written : []) {
    const relative = path.relative(place.mainRoot, file.path).split(path.sep).join('/');
    if (relative.startsWith('../')) continue;
    if (ours.includes(`/${relative}`) || (await wouldShow(place, file.path))) lines.push(`/${relative}`);
  }
  return draftOf(
    around,
    target,
    (text) => {
      const without = records.reduce((now, { inverse }) => withoutLines(now, inverse), text);
      return without === '' && records.some(({ before }) => before === null) ? null : without;
    },
    (base) => {
      if (lines.length === 0) return { text: base };
      const { text, inverse } = addLines(base ?? '', lines);
      return { text, record: { inverse, deny: [], values: {} } };
    },
  );
}

/** Every file of the connection as it shall be; without a choice, as it was before any connection. */
export async function draftsOf(around: Surroundings, choice: ConnectChoice | undefined): Promise<readonly Drafted[]> {
  const drafts = [await settingsDraft(around, choice), ...(await ruleDrafts(around, choice))];
  const written = drafts.filter((draft): draft is Draft => 'target' in draft && draft.after !== null);
  return around.place === undefined ? drafts : [...drafts, await excludeDraft(around, around.place, choice, written)];
}
