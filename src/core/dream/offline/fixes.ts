import type { CapturedSession } from '../../sessions/session';
import { placeOf } from '../dismissal';
import type { Candidate, Miner, MinerContext, MinerResult, MinerRun } from '../miner';
import { jaccard } from '../text/similarity';
import { commandForm } from './commandForm';
import { anyError, anyFault, isHarnessNoise, lastLine } from './errorSignature';
import type { ErrorSignature } from './errorSignature';
import { byRemedy, byTrouble, fixesOf } from './fixesGroups';
import { resolve } from './fixesResolve';
import type { Failure, Occurrence } from './fixesResolve';
import { isQuestion, isSetUp, wordingOf } from './fixesSteps';
import { fixNote } from './fixesText';
import type { Fix } from './fixesText';
import { isNoise } from './intent';
import { isInside, outcomeOf, shellHistory, soleCommand } from './shellCalls';
import type { PlacedCall } from './shellCalls';
import type { ShellCommand } from './shell';

const NAME = 'fixes';
const BAR = { sessions: 2, days: 2, times: 3, rate: 0.75 } as const;
/** A failure that went away by itself so often, beside those that a step put right, is no matter of the step. */
const FLAKY = 0.5;
/** Of two error lines that tell the same, so many words are the same. */
const ALIKE = 0.6;

/** Errors that went away after the same step, with the same other form of the command, or the same setting. */
export const fixesMiner: Miner = { name: NAME, begin: (context) => new FixesRun(context) };

interface Refused {
  readonly fix: Fix;
  readonly reason: string;
}

class FixesRun implements MinerRun {
  private readonly occurrences: Occurrence[] = [];
  /** How often each form passed, by folder: what passes often is not the wrong form. */
  private readonly passed = new Map<string, number>();

  constructor(private readonly context: MinerContext) {}

  session(session: CapturedSession): void {
    const history = shellHistory(session.entries, session.header.cwd);
    history.calls.forEach((call, index) => {
      const failure = failureIn(call, session.header.id, (command) => this.countPass(call, command));
      const found = failure === undefined ? undefined : resolve(failure, history, index);
      const told = found === undefined ? undefined : onlyToldBy(found);
      if (told !== undefined) this.occurrences.push(lean(told));
    });
  }

  finish(): MinerResult {
    const candidates: Candidate[] = [];
    const refused: Refused[] = [];
    const judge = (fix: Fix, group: readonly Occurrence[]): boolean => {
      const made = this.judged(fix, group) ?? fixNote(fix, this.context);
      if (typeof made === 'string') refused.push({ fix, reason: made });
      else candidates.push(made);
      return typeof made !== 'string';
    };
    for (const group of byTrouble(this.occurrences)) for (const fix of fixesOf(group)) judge(fix, group);
    const rare = refused.filter(({ fix }) => tooFew(workedOf(fix)) !== undefined).flatMap(({ fix }) => fix.group);
    const seen = refused.length;
    const told = byRemedy(rare).flatMap((group) => fixesOf(group).filter((fix) => judge(fix, group)));
    const known = new Set(told.flatMap((fix) => fix.group.map(({ failed }) => failed)));
    return {
      candidates,
      dismissed: refused
        .slice(0, seen)
        .filter(({ fix }) => !fix.group.some(({ failed }) => known.has(failed)))
        .map(({ fix, reason }) => ({
          miner: NAME,
          summary: summaryOf(fix),
          reason,
          ...placeOf(fix.group[0]?.failed),
        })),
    };
  }

  private countPass(call: PlacedCall, command: ShellCommand): void {
    const form = outcomeOf(call, command) === 'passed' ? commandForm(command.words) : undefined;
    if (form === undefined) return;
    for (const typed of [form, `= ${command.words.join(' ')}`]) {
      const key = passKey(command.directory, [...command.assigned, typed].join(' '));
      this.passed.set(key, (this.passed.get(key) ?? 0) + 1);
    }
  }

  private judged(fix: Fix, group: readonly Occurrence[]): string | undefined {
    return judged(fix, group) ?? this.passesAnyway(fix);
  }

  /** Of another form or another folder, where no known trouble tells why: the first one may only have failed by chance. */
  private passesAnyway({ group }: Fix): string | undefined {
    const first = group[0];
    if (first === undefined || (first.remedy.kind !== 'variant' && first.remedy.kind !== 'place')) return undefined;
    if (group.some((one) => one.failure.error.trouble !== undefined)) return undefined;
    const keys = group.map(({ failure: { command, form }, remedy }) => {
      const isForm = remedy.kind === 'place' || (remedy.kind === 'variant' && !remedy.fix.startsWith(`${form} `));
      return passKey(command.directory, isForm ? form : `= ${command.words.join(' ')}`);
    });
    const passes = [...new Set(keys)].reduce((sum, key) => sum + (this.passed.get(key) ?? 0), 0);
    return passes >= group.length ? `${first.failure.form} passed ${passes} times as it is` : undefined;
  }
}

function passKey(directory: string, form: string): string {
  return `${directory}\n${form}`;
}

/** The failure that a call shows; of a chain, the command that its error names, else the last one. */
function failureIn(call: PlacedCall, session: string, passed: (command: ShellCommand) => void): Failure | undefined {
  const sole = soleCommand(call);
  const command = sole ?? (hasFailedAsChain(call) ? likelyFailed(call) : undefined);
  if (command === undefined || !isInside(command.directory) || isNoise(command.words) || isQuestion(command))
    return undefined;
  if (sole !== undefined && outcomeOf(call, sole) !== 'failed') {
    passed(sole);
    return undefined;
  }
  if (isHarnessNoise(call.result.text)) return undefined;
  const { text } = call.result;
  const clear = anyError(text) ?? lastLine(text);
  const error = clear ?? anyFault(text);
  const form = commandForm(command.words);
  if (error === undefined || form === undefined) return undefined;
  return { session, call, command, form, error, ofCode: clear === undefined };
}

/** What is generated, migrated or started is there for the code afterwards; what is installed or cleaned is seldom at fault. */
function changesWhatIsThere(step: string): boolean {
  return /^(?:generate|migrate|start|set)/u.test(wordingOf(step) ?? '');
}

function hasFailedAsChain({ result, commands }: PlacedCall): boolean {
  return !result.ok && result.denied === undefined && commands.every((command) => !command.statusHidden);
}

function likelyFailed(call: PlacedCall): ShellCommand | undefined {
  const doing = call.commands.filter((command) => !isNoise(command.words));
  const line = anyError(call.result.text)?.line ?? '';
  return doing.find(({ words }) => line.startsWith(words[0] ?? ' ')) ?? doing.at(-1);
}

/** A fault of the code went away without an edit: by what was set up, or by a flag, a variable or another folder. */
function onlyToldBy(found: Occurrence): Occurrence | undefined {
  const { remedy, failure } = found;
  if (!failure.ofCode || remedy.kind === 'none' || remedy.kind === 'place') return found;
  if (remedy.kind === 'variant') return remedy.added === undefined ? undefined : found;
  if (remedy.kind !== 'step' || remedy.edited) return undefined;
  const steps = remedy.steps.filter(changesWhatIsThere);
  return steps.length === 0 ? undefined : { ...found, remedy: { ...remedy, steps, or: undefined } };
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

/** Why the fix is not told, or undefined if it may be. */
function judged(fix: Fix, group: readonly Occurrence[]): string | undefined {
  const worked = workedOf(fix);
  if (worked.length === 0) return 'the step never helped';
  const few = tooFew(worked);
  if (few !== undefined) return few;
  if (worked.length < BAR.times && new Set(worked.map((one) => one.at.slice(0, 10))).size < BAR.days)
    return 'seen twice on one day only';
  const sure = isKnownTrouble(worked, fix) && !worked.every(isUncertain);
  if (!sure && !recursAlike(worked)) return 'it was another error each time';
  if (worked.length / fix.group.length < BAR.rate)
    return `it helped ${worked.length} of ${fix.group.length} times only`;
  const signatures = new Set(worked.map((one) => one.failure.error.signature));
  const alone = group.filter((one) => one.remedy.kind === 'none' && signatures.has(one.failure.error.signature)).length;
  if (alone >= worked.length * FLAKY) return `it passed ${alone} times again without any change`;
  return undefined;
}

function workedOf(fix: Fix): readonly Occurrence[] {
  return fix.group.filter((one) => one.worked);
}

function tooFew(worked: readonly Occurrence[]): string | undefined {
  const sessions = new Set(worked.map((one) => one.failure.session)).size;
  return sessions < BAR.sessions && worked.length < BAR.times
    ? `seen ${worked.length} times in ${sessions} session; it takes ${BAR.sessions} sessions or ${BAR.times} times`
    : undefined;
}

/** Words of the error or of the step say that the step sets something up. */
function isKnownTrouble(worked: readonly Occurrence[], fix: Fix): boolean {
  return worked.some((one) => one.failure.error.trouble !== undefined) || fix.steps.some(isSetUp);
}

/** Code was edited beside the step, or only the code was at fault: the same again shows more than one case does. */
function isUncertain({ remedy, failure }: Occurrence): boolean {
  return failure.ofCode || (remedy.kind === 'step' && remedy.edited && failure.error.trouble === undefined);
}

/** One and the same error in two sessions. */
function recursAlike(worked: readonly Occurrence[]): boolean {
  return worked
    .slice(0, 40)
    .some(({ failure }, index) =>
      worked
        .slice(index + 1, 40)
        .some((other) => other.failure.session !== failure.session && isAlike(failure.error, other.failure.error)),
    );
}

function isAlike(a: ErrorSignature, b: ErrorSignature): boolean {
  return a.signature === b.signature || jaccard(wordsOf(a), wordsOf(b)) >= ALIKE;
}

function wordsOf({ signature }: ErrorSignature): ReadonlySet<string> {
  return new Set(signature.split(/[^\w<>-]+/u).filter((word) => word !== ''));
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
