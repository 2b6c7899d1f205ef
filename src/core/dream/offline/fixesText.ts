import { isErrorLine } from '../../trust/plainText';
import { placeIn } from '../categories';
import type { EventEvidence } from '../finding';
import type { Candidate, MinerContext } from '../miner';
import { compareText, oneSpace } from '../text/words';
import { exactForm } from './commandExact';
import { bareForm, dayParts, isObvious } from './commandForm';
import type { Trouble } from './errorSignature';
import type { Occurrence } from './fixesResolve';
import { wordingOf } from './fixesSteps';
import { intentOf } from './intent';
import { foundNote } from './foundNote';
import { topicWords } from './rule';
import { parseShell } from './shell';

/** What put the same trouble right each time. */
export interface Fix {
  /** In their order; empty where no step but another form or a setting did it. */
  readonly steps: readonly string[];
  readonly group: readonly Occurrence[];
}

const NAME = 'fixes';
const MAX_SHOWN = 4;
const MAX_ERROR = 140;
/** Trouble that comes and goes: its step is taken when it shows, not each time before. */
const NOW_AND_THEN: ReadonlySet<Trouble> = new Set(['port', 'lock', 'cache', 'login']);

/** The memory that tells of a fix, or why there is no place for it. */
export function fixNote(fix: Fix, context: MinerContext): Candidate | string {
  const worked = fix.group.filter((one) => one.worked);
  const [most] = frequentForms(worked);
  const first = worked.find(({ failure }) => failure.form === most);
  const told = first === undefined ? undefined : toldOf(fix, worked, first);
  if (first === undefined || told === undefined) return 'it was another thing each time';
  const place = placeIn(
    context.schema,
    ['pitfalls', 'commands', 'facts'],
    `${told.rule} ${first.failure.error.signature}`,
  );
  if (place.kind === 'none') return place.reason;
  const error = quotedError(worked);
  const record = recordOf(fix, worked);
  const evidence = worked.slice(0, MAX_SHOWN).flatMap((one) => evidenceOf(one, fix));
  const { directory } = first.failure.command;
  return foundNote(
    {
      miner: NAME,
      category: place.category.name,
      rule: told.rule,
      topic: topicWords(told.topic),
      lines: [...(error === undefined ? [] : [`**Error:** \`${error}\``]), `**Why:** ${record}`],
      ...(directory === '' ? {} : { paths: [`${directory}/**`] }),
      evidence,
      trust: 'observed',
      successRate: worked.length / fix.group.length,
      rationale: `The same error went away the same way: it ${record.replace(/^It /u, '')}`,
      claim: claimText(first, told.topic),
    },
    context.hasher,
  );
}

/** The form to use for a purpose is the claim that the miner of commands makes of it, too: one memory tells both. */
function claimText({ remedy, failure }: Occurrence, topic: string): string {
  const trouble = failure.error.trouble ?? '';
  if (remedy.kind !== 'variant' && remedy.kind !== 'place') return `fix ${topic} ${trouble}`;
  const command = parseShell(remedy.fix).at(-1);
  const intent = command === undefined ? undefined : intentOf(command.words);
  if (command === undefined || intent === undefined) return `fix ${topic} ${trouble}`;
  const place = remedy.kind === 'place' ? remedy.directory : command.directory || failure.command.directory;
  return `${intent} ${place} \`${command.raw}\``;
}

interface Told {
  readonly rule: string;
  /** The commands in it: what names and fingerprints go by. */
  readonly topic: string;
}

function toldOf(fix: Fix, worked: readonly Occurrence[], first: Occurrence): Told | undefined {
  const { remedy, failure } = first;
  const where = failure.command.directory === '' ? '' : ` in \`${failure.command.directory}\``;
  switch (remedy.kind) {
    case 'step': {
      const forms = typedAlike(worked) ?? frequentForms(worked);
      const failing = forms.map((form) => `\`${form}\``).join(' or ');
      const trouble = failure.error.trouble;
      const opening =
        trouble === undefined ||
        NOW_AND_THEN.has(trouble) ||
        fix.steps.some((step) => /^(?:free|clean|remove|log)/u.test(wordingOf(step) ?? ''))
          ? `When ${failing} fails${where} with this error`
          : `Before ${failing}${where}`;
      return {
        rule: `${opening}: ${stepsTold(fix.steps, worked)}.`,
        topic: `${forms[0] ?? ''} needs ${fix.steps.join(' ')}`,
      };
    }
    case 'variant':
      return {
        rule: `Use \`${remedy.fix}\` instead of \`${failure.form}\`${where}.`,
        topic: `${failure.form} use ${remedy.fix}`,
      };
    case 'place': {
      const form = sharedStart(worked.map((one) => (one.remedy.kind === 'place' ? one.remedy.fix : remedy.fix)));
      return {
        rule:
          remedy.directory === ''
            ? `Run \`${form}\` where the project starts instead of${where}.`
            : `Run \`${form}\` in \`${remedy.directory}\`.`,
        topic: `${form} in ${remedy.directory}`,
      };
    }
    case 'setting': {
      const names = sharedNames(worked);
      return names.length === 0
        ? undefined
        : {
            rule: `Before \`${failure.form}\`${where}: set ${names.map((name) => `\`${name}\``).join(' and ')} in \`${remedy.path}\`.`,
            topic: `${failure.form} needs ${names.join(' ')} in ${remedy.path}`,
          };
    }
    case 'none':
      return undefined;
  }
}

function stepsTold(steps: readonly string[], worked: readonly Occurrence[]): string {
  return steps.map((step) => `${wordingOf(step) ?? 'run'} \`${asTyped(step, worked)}\``).join(', then ');
}

/** The step as it was typed each time, with flags that only answer or silence it; else what its runs share. */
function asTyped(step: string, worked: readonly Occurrence[]): string {
  const place = /^cd \S{1,100} && /u.exec(step)?.[0] ?? '';
  const typed = new Set(worked.map(({ shown }) => exactForm({ raw: shown.get(step)?.quote ?? '' })));
  const [only] = typed;
  return typed.size === 1 && only !== undefined && !step.includes(' | ') ? `${place}${only}` : step;
}

/** The failing command with its folder, where it was typed alike each time: of another folder nobody knows. */
function typedAlike(worked: readonly Occurrence[]): readonly string[] | undefined {
  const typed = new Set(worked.map(({ failure }) => exactForm(failure.command)));
  const [only] = typed;
  return typed.size === 1 && only !== undefined && worked.every(saysMore) ? [only] : undefined;
}

/** A file is left out of what everybody runs with one file or another; of another tool it may be what is asked for. */
function saysMore({ failure }: Occurrence): boolean {
  if (dayParts(failure.command.words) !== 'other') return true;
  return !bareForm(failure.form).includes(' ') && !isObvious(bareForm(failure.form));
}

function frequentForms(worked: readonly Occurrence[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { failure } of worked) counts.set(failure.form, (counts.get(failure.form) ?? 0) + 1);
  const ordered = [...counts].sort((a, b) => b[1] - a[1] || compareText(a[0], b[0]));
  return ordered.slice(0, 2).map(([form]) => form);
}

/** The words that all of them begin with. */
function sharedStart(forms: readonly string[]): string {
  const [first = [], ...others] = forms.map((form) => form.split(' '));
  const differs = first.findIndex((word, at) => others.some((other) => other[at] !== word));
  return (differs < 1 ? first : first.slice(0, differs)).join(' ');
}

/** Names that were set each time. */
function sharedNames(worked: readonly Occurrence[]): readonly string[] {
  const sets = worked.map(({ remedy }) => (remedy.kind === 'setting' ? remedy.names : []));
  return (sets[0] ?? []).filter((name) => sets.every((names) => names.includes(name))).slice(0, 3);
}

/** "It worked 3 of 3 times in 2 sessions, last 2026-11-02." */
function recordOf(fix: Fix, worked: readonly Occurrence[]): string {
  const sessions = new Set(worked.map(({ failure }) => failure.session)).size;
  const last =
    worked
      .map(({ at }) => at)
      .sort(compareText)
      .at(-1)
      ?.slice(0, 10) ?? '';
  const times = `worked ${worked.length} of ${fix.group.length} times`;
  return `It ${times} in ${sessions} ${sessions === 1 ? 'session' : 'sessions'}${last === '' ? '' : `, last ${last}`}.`;
}

/** An error line is quoted only if nothing but a program could have said it: never what tells somebody to do something. */
function quotedError(worked: readonly Occurrence[]): string | undefined {
  for (const { failed, failure } of worked.slice(0, MAX_SHOWN)) {
    if (failed.quote !== failure.error.line) continue;
    const line = oneSpace(failed.quote);
    for (const part of [line, ...line.split(/(?<=[.;:!,]) /u).slice(0, 8)]) {
      const shown = part.slice(0, MAX_ERROR).replace(/`/gu, "'").trim();
      if (shown.length >= 8 && isErrorLine(shown)) return shown;
    }
  }
  return undefined;
}

function evidenceOf(one: Occurrence, fix: Fix): readonly EventEvidence[] {
  const { remedy } = one;
  const keys = remedy.kind === 'setting' ? [remedy.path] : fix.steps;
  const between = keys.flatMap((key) => one.shown.get(key) ?? []);
  return [one.failed, ...between, one.retried];
}
