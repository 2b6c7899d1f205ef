import type { EventEvidence } from '../finding';
import { compareText } from '../text/words';
import { exactForm } from './commandExact';
import { commandForm, writesInstead } from './commandForm';
import { anyError, isHarnessNoise } from './errorSignature';
import { isQuestion } from './fixesSteps';
import { intentOf, isNoise } from './intent';
import { wordIntent } from './intentWords';
import type { Intent } from './intentWords';
import { isInside, outcomeOf, soleCommand } from './shellCalls';
import type { PlacedCall } from './shellCalls';
import type { ShellCommand } from './shell';

const BAR = { sessions: 2, sameDay: 3, share: 0.5 } as const;
/** Calls from the failure to what was run in its place. */
const REACH = 4;
const MAX_EVENTS = 4;

/** A command that never works here, and what showed it. */
export interface Replaced {
  readonly form: string;
  readonly failures: readonly EventEvidence[];
}

interface Wrong {
  passed: number;
  readonly failedIn: Set<string>;
  /** By what ran in its place. */
  readonly by: Map<string, EventEvidence[]>;
  readonly forms: Map<string, number>;
}

interface Run {
  readonly call: PlacedCall;
  readonly index: number;
  readonly command: ShellCommand;
}

/** A failure that nothing has replaced yet. */
interface Open extends Run {
  readonly key: string;
  readonly form: string;
}

/** Commands that failed or were refused, and the other command that then did the same and passed, over the sessions. */
export class CommandSwitches {
  private readonly wrongs = new Map<string, Wrong>();

  /** Reads the calls of one session. */
  session(session: string, calls: readonly PlacedCall[]): void {
    let open: Open | undefined;
    calls.forEach((call, index) => {
      for (const command of call.commands) open = this.next(open, { call, index, command }, session);
    });
  }

  /** The failure that is open after one more command. */
  private next(open: Open | undefined, run: Run, session: string): Open | undefined {
    const { call, command } = run;
    const stem = commandForm(command.words);
    if (stem === undefined || !isInside(command.directory) || isNoise(command.words)) return open;
    const key = keyOf(command.directory, stem);
    if (hasFailed(call, command)) {
      this.wrongOf(key).failedIn.add(session);
      const form = isQuestion(command) ? undefined : exactForm(command);
      return form === undefined || open?.key === key ? open : { ...run, key, form };
    }
    if (outcomeOf(call, command) !== 'passed') return open;
    this.wrongOf(key).passed += 1;
    if (open === undefined || intentOf(command.words) === undefined) return open;
    if (open.key !== key && replaces(open, run)) this.remember(open, key, session);
    return undefined;
  }

  /** What never worked and was replaced by this command in more than one session. */
  replacedBy(directory: string, stem: string): readonly Replaced[] {
    const key = keyOf(directory, stem);
    return [...this.wrongs]
      .filter(([, wrong]) => wrong.passed === 0 && isRecurrent(wrong, wrong.by.get(key) ?? []))
      .sort((a, b) => b[1].failedIn.size - a[1].failedIn.size || compareText(a[0], b[0]))
      .flatMap(([, wrong]) => {
        const [most] = [...wrong.forms].sort((a, b) => b[1] - a[1] || compareText(a[0], b[0]));
        return most === undefined ? [] : [{ form: most[0], failures: (wrong.by.get(key) ?? []).slice(0, 2) }];
      });
  }

  private wrongOf(key: string): Wrong {
    const wrong = this.wrongs.get(key) ?? { passed: 0, failedIn: new Set(), by: new Map(), forms: new Map() };
    this.wrongs.set(key, wrong);
    return wrong;
  }

  private remember(open: Open, key: string, session: string): void {
    const wrong = this.wrongOf(open.key);
    wrong.forms.set(open.form, (wrong.forms.get(open.form) ?? 0) + 1);
    const events = wrong.by.get(key) ?? [];
    wrong.by.set(key, events);
    if (events.length >= MAX_EVENTS || events.some((event) => event.session === session)) return;
    const { result } = open.call;
    const event = result.denied === undefined ? 'failed' : 'denied';
    const quote = open.command.raw.slice(0, 300);
    events.push({ kind: 'event', session, entry: result.id, event, quote, at: result.at });
  }
}

function keyOf(directory: string, stem: string): string {
  return JSON.stringify([directory, stem]);
}

function isRecurrent(wrong: Wrong, events: readonly EventEvidence[]): boolean {
  if (events.length < BAR.sessions || events.length < Math.min(MAX_EVENTS, wrong.failedIn.size) * BAR.share)
    return false;
  return events.length >= BAR.sameDay || new Set(events.map(({ at }) => at.slice(0, 10))).size > 1;
}

/** It failed, or the user refused it. */
function hasFailed(call: PlacedCall, command: ShellCommand): boolean {
  if (call.result.denied !== undefined) return soleCommand(call) === command;
  return outcomeOf(call, command) === 'failed' && !isHarnessNoise(call.result.text);
}

/** Nothing was edited in between, and both want the same. */
function replaces(open: Open, right: Run): boolean {
  if (right.index - open.index > REACH || right.call.edits !== open.call.edits) return false;
  if (writesInstead(open.command.words, right.command.words)) return false;
  const wanted = intentOf(right.command.words);
  const tried = intentOf(open.command.words);
  if (wanted === tried || (tried === undefined && sharesWish(open.command, right.command, wanted))) return true;
  const trouble = anyError(open.call.result.text)?.trouble;
  return (tried !== undefined && isKin(tried, wanted)) || trouble === 'tool' || trouble === 'script';
}

/** What builds may check types as well, and what formats may lint. */
function isKin(a: Intent, b: Intent | undefined): boolean {
  return KIN.some((kin) => kin.includes(a) && b !== undefined && kin.includes(b));
}

const KIN: readonly (readonly Intent[])[] = [
  ['build', 'typecheck', 'release'],
  ['lint', 'format', 'check', 'typecheck'],
  ['test', 'check'],
];

/** The same tool, or a word in the one that names the intent of the other. */
function sharesWish(wrong: ShellCommand, right: ShellCommand, wanted: Intent | undefined): boolean {
  if (wrong.words[0] === right.words[0]) return true;
  return wrong.words.some((word) => word.split(/[^A-Za-z]+/u).some((part) => wordIntent(part) === wanted));
}
