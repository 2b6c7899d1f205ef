import type { Beat } from '../../sessions/beats';
import type { CapturedSession } from '../../sessions/session';
import { contentStems } from '../text/words';
import { commandForm } from './commandForm';
import { intentOf, isNoise } from './intent';
import { isInside, outcomeOf, shellHistory } from './shellCalls';
import type { FileChange, PlacedCall, Ran } from './shellCalls';

/** One thing done in a session, without the file, the filter and the verbosity of the day. */
export interface Step {
  readonly kind: 'edit' | 'command';
  /** The file edited, or the command in its tellable form. */
  readonly text: string;
  /** Where the command ran; '' = at the root. */
  readonly directory: string;
  /** True for what every task does: tests, linters, commits. Alone it makes no workflow. */
  readonly common: boolean;
  readonly outcome: Ran;
  /** Entry of the result, what evidence points at. */
  readonly entry: string;
  readonly at: string;
  /** As typed; the file's path for an edit. */
  readonly raw: string;
  readonly beat: number;
}

/** What one session did, in order, and what was asked for. */
export interface Trail {
  readonly session: string;
  readonly steps: readonly Step[];
  /** Stems of each prompt that something was done for, by beat. */
  readonly asked: ReadonlyMap<number, ReadonlySet<string>>;
  /** Beats after which the person put something right. */
  readonly corrected: ReadonlySet<number>;
}

const MAX_STEPS = 240;
const MAX_PROMPT = 400;
/** Of git and its like only what changes something others see is a step of a workflow; commits are of every task. */
const LOOKING =
  /^(?:git (?!tag\b|cherry-pick\b|subtree\b|submodule\b|lfs\b)|gh (?!release create\b|workflow run\b)|curl\b|wget\b|jq\b|yq\b|ssh\b|node -|python3? -|deno eval\b|psql\b|sqlite3\b)/u;
const INSTALLS =
  /^(?:npm|pnpm|yarn|bun|pip3?|uv|poetry|brew|apt|apt-get)(?: \S{1,60})? (?:install|add|ci|i|sync|remove)\b/u;
const COMMON: ReadonlySet<string> = new Set(['test', 'lint', 'typecheck', 'format', 'build', 'check', 'run']);

/** The steps of a session's main thread, repeats at one place as one with the last outcome. Bounded. */
export function trailOf(session: CapturedSession, beats: readonly Beat[]): Trail {
  const beatOf = new Map<string, number>();
  for (const beat of beats)
    for (const { result } of beat.calls) if (result !== undefined) beatOf.set(result.id, beat.index);
  const isOwn = session.entries.every((entry) => entry.agent === undefined);
  const own = isOwn ? session.entries : session.entries.filter((entry) => entry.agent === undefined);
  const { calls, edits } = shellHistory(own, session.header.cwd);
  const steps: Step[] = [];
  let edited = 0;
  for (const call of calls) {
    for (const edit of edits.slice(edited, call.edits)) add(steps, editStep(edit, beatOf));
    edited = Math.max(edited, call.edits);
    for (const step of commandSteps(call, beatOf)) add(steps, step);
  }
  for (const edit of edits.slice(edited)) add(steps, editStep(edit, beatOf));
  const used = new Set(steps.map((step) => step.beat));
  return {
    session: session.header.id,
    steps,
    asked: new Map(beats.filter((beat) => used.has(beat.index)).map((beat) => [beat.index, askedIn(beat)])),
    corrected: new Set(beats.filter(({ grade }) => grade === 'corrected').map(({ index }) => index)),
  };
}

function askedIn(beat: Beat): ReadonlySet<string> {
  const { prompt } = beat;
  if (prompt === undefined || prompt.agent !== undefined || (prompt.pasted?.length ?? 0) > 0) return new Set();
  return contentStems(prompt.text.slice(0, MAX_PROMPT));
}

function add(steps: Step[], step: Step | undefined): void {
  if (step === undefined) return;
  const last = steps.at(-1);
  if (last !== undefined && last.text === step.text && last.directory === step.directory) steps.pop();
  if (steps.length < MAX_STEPS) steps.push(step);
}

function editStep(edit: FileChange, beatOf: ReadonlyMap<string, number>): Step | undefined {
  if (!isInside(edit.path) || edit.path === '') return undefined;
  return {
    kind: 'edit',
    text: edit.path,
    directory: '',
    common: false,
    outcome: 'unknown',
    entry: edit.result.id,
    at: edit.result.at,
    raw: edit.typedPath,
    beat: beatOf.get(edit.result.id) ?? -1,
  };
}

function commandSteps(call: PlacedCall, beatOf: ReadonlyMap<string, number>): readonly Step[] {
  return call.commands.flatMap((command) => {
    if (isNoise(command.words) || !isInside(command.directory)) return [];
    const form = commandForm(command.words);
    if (form === undefined || LOOKING.test(form) || INSTALLS.test(form)) return [];
    return [
      {
        kind: 'command' as const,
        text: form,
        directory: command.directory,
        common: COMMON.has(intentOf(command.words) ?? ''),
        outcome: outcomeOf(call, command),
        entry: call.result.id,
        at: call.result.at,
        raw: command.raw,
        beat: beatOf.get(call.result.id) ?? -1,
      },
    ];
  });
}
