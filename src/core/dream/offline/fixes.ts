import type { CapturedSession } from '../../sessions/session';
import { placeOf } from '../dismissal';
import type { Dismissed } from '../finding';
import type { Candidate, Miner, MinerContext, MinerResult, MinerRun } from '../miner';
import { compareText } from '../text/words';
import { commandForm } from './commandForm';
import { anyError, isHarnessNoise, lastLine } from './errorSignature';
import { resolve } from './fixesResolve';
import type { Occurrence } from './fixesResolve';
import { isQuestion, isSetUp } from './fixesSteps';
import { fixNote } from './fixesText';
import type { Fix } from './fixesText';
import { commandClass, isNoise } from './intent';
import { isInside, outcomeOf, shellHistory, soleCommand } from './shellCalls';

const NAME = 'fixes';
const BAR = { sessions: 2, days: 2, times: 3, rate: 0.75 } as const;
/** A failure that went away by itself so often, beside those that a step put right, is no matter of the step. */
const FLAKY = 0.5;

/** Errors that went away after the same step, with the same other form of the command, or the same setting. */
export const fixesMiner: Miner = { name: NAME, begin: (context) => new FixesRun(context) };

class FixesRun implements MinerRun {
  private readonly occurrences: Occurrence[] = [];

  constructor(private readonly context: MinerContext) {}

  session(session: CapturedSession): void {
    const history = shellHistory(session.entries, session.header.cwd);
    history.calls.forEach((call, index) => {
      const command = soleCommand(call);
      if (command === undefined || !isInside(command.directory) || isNoise(command.words) || isQuestion(command))
        return;
      if (outcomeOf(call, command) !== 'failed' || isHarnessNoise(call.result.text)) return;
      const error = anyError(call.result.text) ?? lastLine(call.result.text);
      const form = commandForm(command.words);
      if (error === undefined || form === undefined) return;
      const found = resolve({ session: session.header.id, call, command, form, error }, history, index);
      if (found !== undefined) this.occurrences.push(lean(found));
    });
  }

  finish(): MinerResult {
    const candidates: Candidate[] = [];
    const dismissed: Dismissed[] = [];
    for (const [, group] of [...groupsOf(this.occurrences)].sort((a, b) => compareText(a[0], b[0]))) {
      for (const fix of fixesOf(group)) {
        const made = judged(fix, group) ?? fixNote(fix, this.context);
        if (typeof made !== 'string') candidates.push(made);
        else
          dismissed.push({
            miner: NAME,
            summary: summaryOf(fix),
            reason: made,
            ...placeOf(fix.group[0]?.failed),
          });
      }
    }
    return { candidates, dismissed };
  }
}

/** Results are large and hundreds of them stay until the end: only what is told of them is kept. */
function lean(found: Occurrence): Occurrence {
  const { call } = found.failure;
  const result = { ...call.result, text: '' };
  return {
    ...found,
    failure: { ...found.failure, call: { ...call, call: { ...call.call, input: {} }, result, commands: [] } },
  };
}

/** Occurrences of one trouble with one kind of command. */
function groupsOf(occurrences: readonly Occurrence[]): ReadonlyMap<string, readonly Occurrence[]> {
  const groups = new Map<string, Occurrence[]>();
  for (const one of occurrences) {
    const { error, command } = one.failure;
    // Of trouble without a name, the step that recurs tells what it has in common.
    const kind = error.trouble ?? (one.remedy.kind === 'step' || one.remedy.kind === 'none' ? '' : error.signature);
    const key = JSON.stringify([commandClass(command.words), command.directory, kind]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return groups;
}

/** What put a trouble right, remedy by remedy; each occurrence speaks for one of them. */
function fixesOf(group: readonly Occurrence[]): readonly Fix[] {
  const fixes = [...stepFixes(group.filter((one) => one.remedy.kind === 'step'))];
  const others = new Map<string, Occurrence[]>();
  for (const one of group) {
    const { remedy } = one;
    if (remedy.kind === 'step' || remedy.kind === 'none') continue;
    const told =
      remedy.kind === 'setting'
        ? [remedy.path]
        : remedy.kind === 'place'
          ? [one.failure.form, remedy.directory]
          : [one.failure.form, remedy.fix];
    const key = JSON.stringify([remedy.kind, ...told]);
    others.set(key, [...(others.get(key) ?? []), one]);
  }
  for (const key of [...others.keys()].sort(compareText)) fixes.push({ steps: [], group: others.get(key) ?? [] });
  return fixes;
}

/** The step that most of them share, then the step that most of the rest share, and so on. */
function stepFixes(group: readonly Occurrence[]): readonly Fix[] {
  const fixes: Fix[] = [];
  let left = group;
  while (left.length > 0) {
    const best = sharedStep(left);
    if (best === undefined) break;
    const members = left.filter((one) => stepsOf(one).includes(best));
    const worked = members.filter((one) => one.worked);
    const all = (worked.length === 0 ? members : worked).map(stepsOf);
    const steps = (all[0] ?? []).filter((step) => all.every((steps) => steps.includes(step)));
    fixes.push({ steps: worked.length < 2 ? [best] : tellable(steps, best), group: members });
    left = left.filter((one) => !members.includes(one));
  }
  return fixes;
}

/** Two steps in a row at most, and of steps that set up and others only the former. */
function tellable(steps: readonly string[], best: string): readonly string[] {
  const settingUp = steps.filter(isSetUp);
  const kept = settingUp.length > 0 ? settingUp : steps;
  return kept.length <= 2 ? kept : [best];
}

function sharedStep(group: readonly Occurrence[]): string | undefined {
  const sessions = new Map<string, Set<string>>();
  for (const one of group)
    for (const step of stepsOf(one)) sessions.set(step, (sessions.get(step) ?? new Set()).add(one.failure.session));
  return [...sessions]
    .sort((a, b) => b[1].size - a[1].size || Number(isSetUp(b[0])) - Number(isSetUp(a[0])) || compareText(a[0], b[0]))
    .map(([step]) => step)[0];
}

function stepsOf(one: Occurrence): readonly string[] {
  return one.remedy.kind === 'step' ? one.remedy.steps : [];
}

/** Why the fix is not told, or undefined if it may be. */
function judged(fix: Fix, group: readonly Occurrence[]): string | undefined {
  const worked = fix.group.filter((one) => one.worked);
  if (worked.length === 0) return 'the step never helped';
  const sessions = new Set(worked.map((one) => one.failure.session)).size;
  if (sessions < BAR.sessions && worked.length < BAR.times)
    return `seen ${worked.length} times in ${sessions} session; it takes ${BAR.sessions} sessions or ${BAR.times} times`;
  if (worked.length < BAR.times && new Set(worked.map((one) => one.at.slice(0, 10))).size < BAR.days)
    return 'seen twice on one day only';
  if (!isKnownTrouble(worked, fix) && !recursAlike(worked)) return 'it was another error each time';
  if (worked.length / fix.group.length < BAR.rate)
    return `it helped ${worked.length} of ${fix.group.length} times only`;
  const signatures = new Set(worked.map((one) => one.failure.error.signature));
  const alone = group.filter((one) => one.remedy.kind === 'none' && signatures.has(one.failure.error.signature)).length;
  if (alone >= worked.length * FLAKY) return `it passed ${alone} times again without any change`;
  return undefined;
}

/** Words of the error or of the step say that the step sets something up. */
function isKnownTrouble(worked: readonly Occurrence[], fix: Fix): boolean {
  return worked.some((one) => one.failure.error.trouble !== undefined) || fix.steps.some(isSetUp);
}

/** One and the same error in two sessions. */
function recursAlike(worked: readonly Occurrence[]): boolean {
  const sessions = new Map<string, Set<string>>();
  for (const { failure } of worked) {
    const { signature } = failure.error;
    sessions.set(signature, (sessions.get(signature) ?? new Set()).add(failure.session));
  }
  return [...sessions.values()].some(({ size }) => size >= BAR.sessions);
}

function summaryOf(fix: Fix): string {
  const first = fix.group[0];
  const { remedy } = first ?? {};
  const told =
    remedy === undefined || remedy.kind === 'none'
      ? ''
      : remedy.kind === 'step'
        ? fix.steps.join(', ')
        : remedy.kind === 'setting'
          ? remedy.path
          : `${remedy.fix}${remedy.kind === 'place' ? ` in ${remedy.directory}` : ''}`;
  return `${first?.failure.form ?? ''}: ${first?.failure.error.signature ?? ''} → ${told}`.slice(0, 160);
}
