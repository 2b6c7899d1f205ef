import type { EventEvidence } from '../finding';
import { jaccard } from '../text/similarity';
import { exactForm } from './commandExact';
import { commandForm, dayParts, writesInstead } from './commandForm';
import type { ErrorSignature } from './errorSignature';
import { anyError, normalise } from './errorSignature';
import { isPassing, isSetUp, stepForm } from './fixesSteps';
import { commandClass } from './intent';
import { isInside, outcomeOf } from './shellCalls';
import type { FileChange, PlacedCall, Ran, ShellHistory } from './shellCalls';
import type { ShellCommand } from './shell';

/** How far after the failure, in shell calls, a passing try still belongs to it. */
const REACH = 15;
const MAX_STEPS = 6;
const SETTINGS_FILE =
  /(?:^|\/)(?:\.env(?:\.[\w.-]{1,40})?|\.(?:npmrc|nvmrc|node-version|python-version|ruby-version|tool-versions|yarnrc(?:\.yml)?|envrc)|[\w.-]{1,60}\.(?:env|toml|ya?ml|ini|cfg|conf|properties)|(?:tsconfig|appsettings|settings|config)[\w.-]{0,40}\.json)$/iu;

/** What made the difference between a failure and the next passing try at the same thing. */
export type Remedy =
  /** Commands that ran in between, in order. */
  | {
      readonly kind: 'step';
      readonly steps: readonly string[];
      /** Code was edited as well: only its recurrence shows that the step did it. */
      readonly edited: boolean;
      /** What else was different, should the steps be none that recur. */
      readonly or: Remedy | undefined;
    }
  /** Another form of the command. */
  | {
      readonly kind: 'variant';
      readonly fix: string;
      /** The words it has and the failing form has not, where that is all the difference. */
      readonly added: string | undefined;
      /** What stands in the place of what: it may be the same for several tasks. */
      readonly change: string;
    }
  /** The same command in another directory. */
  | { readonly kind: 'place'; readonly fix: string; readonly directory: string }
  /** One file of settings was edited. */
  | { readonly kind: 'setting'; readonly path: string; readonly names: readonly string[] }
  /** Nothing at all: it fails now and then. */
  | { readonly kind: 'none' };

export interface Failure {
  readonly session: string;
  readonly call: PlacedCall;
  readonly command: ShellCommand;
  readonly form: string;
  readonly error: ErrorSignature;
  /** Nothing but a fault of the code is named. */
  readonly ofCode: boolean;
}

export interface Occurrence {
  readonly failure: Failure;
  readonly remedy: Remedy;
  readonly worked: boolean;
  readonly at: string;
  /** What showed each step. */
  readonly shown: ReadonlyMap<string, EventEvidence>;
  readonly failed: EventEvidence;
  readonly retried: EventEvidence;
}

interface Between {
  readonly steps: string[];
  readonly shown: Map<string, EventEvidence>;
}

/** The next try at the same thing, and what was done for it; undefined where there was none, or where it tells nothing. */
export function resolve(failure: Failure, history: ShellHistory, index: number): Occurrence | undefined {
  const wanted = commandClass(failure.command.words);
  const between: Between = { steps: [], shown: new Map() };
  const tried = chainOf(failure);
  const next = history.calls.slice(index + 1, index + 1 + REACH);
  const passesAgain = next.some((call) => call.commands.some((command) => isSamePassing(failure, call, command)));
  const isTry = (command: ShellCommand): boolean => {
    if (passesAgain && command.raw !== failure.command.raw && isSetUp(stepForm(command) ?? '')) return false;
    return commandClass(command.words) === wanted || isWrapped(failure.command.words, command.words);
  };
  for (const call of next) {
    for (const command of call.commands) {
      const outcome = outcomeOf(call, command);
      const again = outcome !== 'unknown' && isTry(command) && isInside(command.directory);
      if (!again) {
        if (!tried.has(command.raw) && mayHaveHelped(call, command, outcome))
          remember(between, failure.session, call, command);
        continue;
      }
      const found = asOccurrence(failure, { call, command, worked: outcome === 'passed' }, between, history);
      if (found !== 'another question') return found;
    }
  }
  return undefined;
}

/** The very command that failed, which passes: what sets something up before it is a step, however like it is. */
function isSamePassing(failure: Failure, call: PlacedCall, command: ShellCommand): boolean {
  const { raw, directory } = failure.command;
  return command.raw === raw && command.directory === directory && outcomeOf(call, command) === 'passed';
}

/** What stood in the chain that failed was no help there. */
function chainOf({ call }: Failure): ReadonlySet<string> {
  return new Set(call.commands.length > 1 ? call.commands.map(({ raw }) => raw) : []);
}

/** The same words behind something else: `sail artisan test` for `php artisan test`. */
function isWrapped(failed: readonly string[], words: readonly string[]): boolean {
  let shared = 0;
  while (shared < failed.length && failed.at(-1 - shared) === words.at(-1 - shared)) shared += 1;
  return shared === failed.length ? words.length > shared : shared >= 2 && shared === failed.length - 1;
}

/** Of what started in the background, or stands behind a pipe, only the try after it shows whether it helped. */
function mayHaveHelped(call: PlacedCall, command: ShellCommand, outcome: Ran): boolean {
  return outcome === 'passed' || (outcome === 'unknown' && call.result.ok && isSetUp(stepForm(command) ?? ''));
}

function remember(between: Between, session: string, call: PlacedCall, command: ShellCommand): void {
  const step = stepForm(command);
  if (step === undefined || between.shown.has(step) || between.steps.length >= MAX_STEPS) return;
  between.steps.push(step);
  between.shown.set(step, event(session, call, 'succeeded', command.raw));
}

interface Retry {
  readonly call: PlacedCall;
  readonly command: ShellCommand;
  readonly worked: boolean;
}

function asOccurrence(
  failure: Failure,
  retry: Retry,
  between: Between,
  history: ShellHistory,
): Occurrence | 'another question' | undefined {
  const { call, command, worked } = retry;
  const remedy = remedyOf(failure, retry, between, history);
  if (remedy === undefined) return worked ? undefined : 'another question';
  // Another failure says nothing about the step: only the same error does.
  if (!worked && !isSameError(failure.error, anyError(call.result.text))) return undefined;
  if (!worked && remedy.kind === 'none') return undefined;
  const shown = new Map(between.shown);
  if (remedy.kind === 'setting') {
    const change = lastChange(history.edits.slice(failure.call.edits, call.edits), remedy.path);
    if (change !== undefined) shown.set(remedy.path, { ...changed(failure.session, change) });
  }
  return {
    failure,
    remedy,
    worked,
    at: call.result.at,
    shown,
    failed: event(failure.session, failure.call, 'failed', quotable(failure)),
    retried: event(failure.session, call, worked ? 'succeeded' : 'failed', command.raw),
  };
}

function isSameError(a: ErrorSignature, b: ErrorSignature | undefined): boolean {
  return b !== undefined && (a.signature === b.signature || (a.trouble !== undefined && a.trouble === b.trouble));
}

/** An error line that held a secret cannot be quoted; the command can. */
function quotable(failure: Failure): string {
  return failure.error.line === '' || failure.error.line.includes('[redacted:')
    ? failure.command.raw
    : failure.error.line;
}

function event(session: string, call: PlacedCall, kind: EventEvidence['event'], quote: string): EventEvidence {
  return { kind: 'event', session, entry: call.result.id, event: kind, quote: quote.slice(0, 300), at: call.result.at };
}

function changed(session: string, change: FileChange): EventEvidence {
  const { result, typedPath } = change;
  return { kind: 'event', session, entry: result.id, event: 'edited', quote: typedPath, at: result.at };
}

function lastChange(changes: readonly FileChange[], path: string): FileChange | undefined {
  return [...changes].reverse().find((change) => change.path === path);
}

function remedyOf(failure: Failure, retry: Retry, between: Between, history: ShellHistory): Remedy | undefined {
  const { command, call } = retry;
  const form = commandForm(command.words);
  if (form === undefined) return undefined;
  const changes = history.edits.slice(failure.call.edits, call.edits);
  const steps = between.steps.filter((step) => step !== form && step !== failure.form);
  // Where nothing was edited, any step may have helped: whether it did, its recurrence shows.
  const edited = changes.length > 0;
  const helpful = edited ? steps.filter(isSetUp) : steps;
  const other = edited
    ? settingOf(changes, failure, command)
    : variantOf(failure, command, form, shellEntered(call, failure.call));
  if (helpful.length === 0) return other;
  return { kind: 'step', steps: helpful, edited, or: other?.kind === 'none' ? undefined : other };
}

/** One and the same file of settings, and nothing else: an edit of code is nothing that anybody could repeat. */
function settingOf(changes: readonly FileChange[], failure: Failure, command: ShellCommand): Remedy | undefined {
  const paths = new Set(changes.map((change) => change.path));
  const [path] = paths;
  if (path === undefined || paths.size !== 1 || !SETTINGS_FILE.test(path) || !isInside(path)) return undefined;
  if (command.directory !== failure.command.directory || failure.error.trouble === undefined) return undefined;
  return { kind: 'setting', path, names: [...new Set(changes.flatMap(({ written }) => settingNames(written)))] };
}

/** Names that a text sets: `NAME=value`, `name: value`, `"name": value`. */
function settingNames(written: string): readonly string[] {
  return written
    .slice(0, 4_000)
    .split(/\r?\n/u)
    .flatMap((line) => /^\s{0,12}(?:export )?["']?([A-Za-z_][\w.-]{1,60})["']?\s{0,3}[=:]/u.exec(line)?.[1] ?? []);
}

function variantOf(
  failure: Failure,
  command: ShellCommand,
  form: string,
  entered: string | undefined,
): Remedy | undefined {
  const moved = command.directory !== failure.command.directory;
  const assigned = command.assigned
    .map((one) => one.replace(/^(\w{1,60}=)(["'])([^\s"']{1,60})\2$/u, '$1$3'))
    .filter((one) => !failure.command.assigned.includes(one))
    .filter((one) => /^[A-Z][A-Z\d_]{1,40}=[\w./:,=+-]{1,60}$/u.test(one) && !/KEY|TOKEN|SECRET|PASS/u.test(one));
  const told = [...(entered === undefined ? [] : [`${entered} &&`]), ...assigned, form].join(' ');
  if (isPassing(told) || isPassing(failure.form)) return undefined;
  if (moved && told === failure.form) return { kind: 'place', fix: told, directory: command.directory };
  if (same(failure, moved, told)) return narrowed(failure, command, form);
  const alike = jaccard(wordSet(failure.command), wordSet(command));
  const added = moved ? undefined : addedWords(failure.form, told);
  if (failure.error.trouble === undefined && added === undefined && (moved || alike < 0.5)) return undefined;
  if (alike < 0.3 && !commandClass(command.words).startsWith('intent ')) return undefined;
  if (writesInstead(failure.command.words, command.words)) return undefined;
  const more = entered === undefined ? typedIn(failure, command, added) : undefined;
  const fix = more ?? (moved && command.directory !== '' ? `cd ${command.directory} && ${told}` : told);
  return { kind: 'variant', fix, added, change: added ?? changeOf(failure.form, fix) };
}

/** As it was typed, where the words that it has more than the failing form name a folder or a target as well. */
function typedIn(failure: Failure, command: ShellCommand, added: string | undefined): string | undefined {
  if (added === undefined || dayParts(failure.command.words) !== 'none') return undefined;
  return dayParts(command.words) === 'folder' ? exactForm(command) : undefined;
}

/** What is left of two forms without the words that both begin and end with. */
function changeOf(failing: string, passing: string): string {
  const [a, b] = [failing.split(' '), passing.split(' ')];
  while (a.length > 1 && b.length > 1 && a.at(-1) === b.at(-1)) {
    a.pop();
    b.pop();
  }
  while (a.length > 1 && b.length > 1 && a[0] === b[0]) {
    a.shift();
    b.shift();
  }
  return `${a.join(' ')} → ${b.join(' ')}`;
}

/** The same with a project, a folder or a target named: nothing else was different, if it was not a fault of the code. */
function narrowed(failure: Failure, command: ShellCommand, form: string): Remedy {
  const added = addedWords(failure.command.words.join(' '), command.words.join(' '));
  if (added === undefined || failure.ofCode || !/^[\w@./:*-]{2,60}$/u.test(added)) return { kind: 'none' };
  return { kind: 'variant', fix: `${form} ${added}`, added, change: added };
}

/** What stands in the one form beside all words of the other in their order; undefined where words are missing. */
function addedWords(failing: string, passing: string): string | undefined {
  const left = failing.split(' ');
  const added: string[] = [];
  for (const word of passing.split(' ')) {
    if (word === left[0]) left.shift();
    else added.push(word);
  }
  return left.length === 0 && added.length > 0 ? added.join(' ') : undefined;
}

function same(failure: Failure, moved: boolean, told: string): boolean {
  return !moved && told === failure.form;
}

/** A shell of its own is set up and left with each call: what enters it belongs to the command. */
function shellEntered(call: PlacedCall, failed: PlacedCall): string | undefined {
  const before = new Set(failed.commands.map(({ raw }) => raw));
  return call.commands.find(
    ({ raw }) => /^(?:source|\.) \S{1,100}$|^(?:conda|micromamba) activate \S{1,60}$/u.test(raw) && !before.has(raw),
  )?.raw;
}

function wordSet(command: ShellCommand): ReadonlySet<string> {
  return new Set(command.words.map(normalise));
}
