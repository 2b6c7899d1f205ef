import type { Evidence, EventEvidence } from '../../src/core/dream/finding';
import type { Change } from '../../src/core/review/proposal';
import { canonicalCommand } from './canonicalCommand';
import { labelKey, type LabelRow } from './realLabels';

/** `unlabelled`: nobody judged what it rests on; wrong in the strict count. */
export type RealVerdict = 'right' | 'wrong' | 'unlabelled';

/** The labels of one repository by key. */
export interface RealLabels {
  readonly repo: string;
  readonly prompts: ReadonlyMap<string, LabelRow>;
  /** Keys of commands; true = worth a memory. */
  readonly commands: ReadonlyMap<string, boolean>;
  /** Keys of pairs; true = worth a memory. */
  readonly fixes: ReadonlyMap<string, boolean>;
}

type CommandOf = (session: string, entry: string) => string | undefined;

/** All labels of one repository, whatever their split: what is judged decides which sessions were dreamt over. */
export function labelsOf(
  repo: string,
  rows: {
    readonly prompts: readonly LabelRow[];
    readonly commands: readonly LabelRow[];
    readonly fixes: readonly LabelRow[];
  },
): RealLabels {
  const own = (list: readonly LabelRow[]): readonly LabelRow[] => list.filter((row) => row.repo === repo);
  return {
    repo,
    prompts: new Map(own(rows.prompts).map((row) => [row.key, row])),
    commands: worth(own(rows.commands)),
    fixes: worth(own(rows.fixes)),
  };
}

/** Checkouts of one repository share a command's key: it is worth a memory if it is so in one of them. */
function worth(rows: readonly LabelRow[]): ReadonlyMap<string, boolean> {
  const kept = new Map<string, boolean>();
  for (const { key, final } of rows) kept.set(key, kept.get(key) === true || final === 'accept');
  return kept;
}

/** Whether a developer who agrees with the labels accepts a change, by what it rests on and never by its words. */
export function judgeReal(change: Change, labels: RealLabels, commandOf: CommandOf): RealVerdict {
  const said = change.evidence.filter(isSaid);
  if (said.length > 0) return judgeSaid(said, labels);
  const events = change.evidence.filter((one) => one.kind === 'event');
  const category = change.files[0].path.replace(/^(?:personal|agents\/[^/]+)\//u, '').split('/')[0];
  if (events.some((one) => one.event === 'failed') && category !== 'commands')
    return judgeFix(events, labels, commandOf);
  return category === 'commands' ? judgeCommands(events, labels) : 'unlabelled';
}

/** Items that the change rests on and that were labelled worth a memory, for the recall. */
export function acceptedBehind(change: Change, labels: RealLabels): readonly string[] {
  return change.evidence
    .filter(isSaid)
    .map((one) => labelKey(labels.repo, one.session, one.entry))
    .filter((key) => labels.prompts.get(key)?.final === 'accept');
}

function isSaid(one: Evidence): one is Extract<Evidence, { readonly session: string }> {
  return (one.kind === 'quote' && one.by === 'user') || (one.kind === 'event' && one.event === 'denied');
}

function judgeSaid(
  said: readonly { readonly session: string; readonly entry: string }[],
  labels: RealLabels,
): RealVerdict {
  const rows = new Map<string, LabelRow | undefined>();
  const sessions = new Map<string, Set<string>>();
  for (const { session, entry } of said) {
    const key = labelKey(labels.repo, session, entry);
    const row = labels.prompts.get(key);
    rows.set(key, row);
    if (row === undefined || row.final === 'refuse') continue;
    for (const topic of row.topics ?? []) sessions.set(topic, (sessions.get(topic) ?? new Set()).add(session));
  }
  const all = [...rows.values()];
  if (all.every((row) => row === undefined)) return 'unlabelled';
  const refused = all.filter((row) => row === undefined || row.final === 'refuse').length;
  const stands =
    all.some((row) => row?.final === 'accept') || [...sessions.values()].some((inSessions) => inSessions.size >= 2);
  return stands && refused * 2 <= all.length ? 'right' : 'wrong';
}

function judgeCommands(events: readonly EventEvidence[], labels: RealLabels): RealVerdict {
  const passed = new Set(events.filter((one) => one.event === 'succeeded').map((one) => canonicalCommand(one.quote)));
  const verdicts = [...passed].map((command) => labels.commands.get(labelKey(labels.repo, command)));
  const labelled = verdicts.filter((verdict) => verdict !== undefined);
  if (labelled.length === 0) return 'unlabelled';
  return labelled.filter(Boolean).length * 2 >= labelled.length ? 'right' : 'wrong';
}

/** A lesson from failures is right if a kept pair of the same session is behind it. */
function judgeFix(events: readonly EventEvidence[], labels: RealLabels, commandOf: CommandOf): RealVerdict {
  const commands = events.flatMap((one) => {
    const command = commandOf(one.session, one.entry);
    return command === undefined ? [] : [{ ...one, command: canonicalCommand(command) }];
  });
  const verdicts = commands
    .filter((one) => one.event === 'failed')
    .flatMap((failed) =>
      commands
        .filter((one) => one.session === failed.session && one.event === 'succeeded')
        .map((passed) => labels.fixes.get(labelKey(labels.repo, failed.session, failed.command, passed.command))),
    );
  if (verdicts.includes(true)) return 'right';
  return verdicts.includes(false) ? 'wrong' : 'unlabelled';
}
