import type { EventEvidence } from '../finding';
import { compareText } from '../text/words';
import { exactForm } from './commandExact';
import { dayParts } from './commandForm';
import type { DayParts } from './commandForm';
import type { Intent } from './intentWords';
import type { ShellCommand } from './shell';

const BAR = { passes: 2, sessions: 2, rate: 0.6, sameDay: 3 } as const;
/** A file or filter of the day stands in what is told only where it stood in nearly all runs of so many sessions. */
const DAY = { share: 0.8, files: 3, folders: 2 } as const;
const MAX = { forms: 40, failures: 2 } as const;

/** One way in which the command was typed. */
interface Typed {
  readonly form: string;
  readonly day: DayParts;
  passed: number;
  readonly sessions: Set<string>;
}

/** All runs of one command in one folder, whatever the file and the filter of the day. */
export interface Tally {
  /** What the runs share; it need not have run. */
  readonly stem: string;
  readonly intent: Intent;
  readonly directory: string;
  /** Of a chain of commands, what each of them is by itself. */
  readonly parts?: readonly string[];
  passed: number;
  failed: number;
  /** Failures that come from the environment: this form does not work here. */
  unusable: number;
  readonly sessions: Set<string>;
  readonly days: Set<string>;
  readonly typed: Map<string, Typed>;
  /** The first pass of each session, and how it was typed there. */
  readonly first: Map<string, EventEvidence>;
  readonly failures: EventEvidence[];
}

/** A command as it can be told: verbatim what ran and passed. */
export interface Told extends Tally {
  readonly form: string;
}

export function newTally(stem: string, intent: Intent, directory: string): Tally {
  return {
    stem,
    intent,
    directory,
    passed: 0,
    failed: 0,
    unusable: 0,
    sessions: new Set(),
    days: new Set(),
    typed: new Map(),
    first: new Map(),
    failures: [],
  };
}

export function countPass(tally: Tally, command: ShellCommand, event: EventEvidence): void {
  tally.passed += 1;
  tally.sessions.add(event.session);
  tally.days.add(event.at.slice(0, 10));
  if (!tally.first.has(event.session)) tally.first.set(event.session, event);
  const form = exactForm(command);
  if (form === undefined) return;
  const known = tally.typed.get(form);
  if (known === undefined && tally.typed.size >= MAX.forms) return;
  const typed = known ?? { form, day: dayParts(command.words), passed: 0, sessions: new Set() };
  tally.typed.set(form, typed);
  typed.passed += 1;
  typed.sessions.add(event.session);
}

export function countFailure(tally: Tally, event: EventEvidence, unusable: boolean): void {
  tally.failed += 1;
  if (!unusable) return;
  tally.unusable += 1;
  if (tally.failures.length < MAX.failures) tally.failures.push(event);
}

/** With the form that passed most often; undefined where it never ran without the file or the filter of the day. */
export function asTold(tally: Tally): Told | undefined {
  const typed = [...tally.typed.values()].sort(
    (a, b) => b.sessions.size - a.sessions.size || b.passed - a.passed || compareText(a.form, b.form),
  );
  const always = typed.find(
    ({ day, passed, sessions }) =>
      day !== 'none' &&
      passed >= tally.passed * DAY.share &&
      sessions.size >= (day === 'folder' ? DAY.folders : DAY.files),
  );
  const plain = typed.find(({ day }) => day === 'none');
  const form = (always?.day === 'folder' ? always : (plain ?? always))?.form;
  return form === undefined ? undefined : { ...tally, form };
}

/** It ran often enough, not on one day only where that is all there is, and mostly went well. */
export function isProven(tally: Tally): boolean {
  const enough = tally.passed >= BAR.passes && tally.sessions.size >= BAR.sessions;
  const spread = tally.days.size > 1 || tally.sessions.size >= BAR.sameDay;
  return enough && spread && tally.passed >= (tally.passed + failuresOf(tally)) * BAR.rate;
}

/** A check that finds something has worked: only where the environment is in the way, it has failed. */
function failuresOf(tally: Tally): number {
  return /^(?:test|lint|typecheck|check|format|build)$/u.test(tally.intent) ? tally.unusable : tally.failed;
}

export function byWeight(a: Tally, b: Tally): number {
  return b.sessions.size - a.sessions.size || b.passed - a.passed || compareText(a.stem, b.stem);
}
