import type { CallEntry, ResultEntry, SessionEntry } from '../../sessions/session';
import { intentOf } from './intent';
import { INTENTS } from './intentWords';
import type { Intent } from './intentWords';
import { parseShell } from './shell';

/** What a command is for that says so neither by its tool nor by its words. */

const MAX_SAID = 160;
const TAIL = 1_500;

/** Words of people about what they do, by what they want. */
const SAID: readonly (readonly [Intent, RegExp])[] = [
  ['test', /\b(?:tests?|specs?|test suite|testing)\b/iu],
  ['lint', /\b(?:lint(?:er|ing|s)?|static analysis|style check|code style)\b/iu],
  ['typecheck', /\b(?:type[- ]?check(?:s|er|ing)?|types check)\b/iu],
  ['format', /\b(?:format(?:ter|ting)|reformat)\b/iu],
  ['build', /\b(?:build(?:s|ing)?|compil(?:e|es|ing|ation)|bundl(?:e|es|ing))\b/iu],
  [
    'generate',
    /\b(?:generat(?:e|es|ing) (?:the )?(?:code|client|types|docs?|documentation)|code generation|codegen)\b/iu,
  ],
  ['migrate', /\bmigrat(?:e|es|ing|ions?)\b/iu],
  ['release', /\b(?:releas(?:e|ing)|deploy(?:s|ing|ment)?)\b/iu],
];

/** What programs print when they are done, by what they have done. */
const PRINTED: readonly (readonly [Intent, RegExp])[] = [
  [
    'test',
    /\b\d{1,6} (?:\w{1,20} ){0,3}(?:passed|passing)\b|\b\d{1,6} (?:tests?|examples?|specs?|assertions?|checks?),? .{0,30}\b0 (?:failures?|failed|errors?)\b|\ball (?:\d{1,6} )?tests? (?:passed|successful|ok)\b|\btests? (?:passed|succeeded)\b|^ok\s{1,4}\d/imu,
  ],
  [
    'lint',
    /\bno (?:\w{1,20} )?(?:issues?|lints?|problems?|violations?|offenses?|hints?|warnings?|errors?|fixes)\b|\b0 (?:issues|problems|violations|offenses|warnings|errors?)\b|\ball checks passed\b|\blinted\b/iu,
  ],
  ['format', /\b(?:already formatted|reformatted|left unchanged|formatted \d)/iu],
  [
    'build',
    /\bbuil[dt] (?:succeeded|successful(?:ly)?|complete[d]?|finished|in \d)|\bcompiled (?:successfully|in \d)|\bbuilt\b|^(?:linking|packaging|bundling)\b/imu,
  ],
];

/** What is said of each call after it, by the entry of its result: the next sentence of the same agent. */
export function saidAfter(entries: readonly SessionEntry[]): ReadonlyMap<string, string> {
  const said = new Map<string, string>();
  const last = new Map<string, string>();
  for (const entry of entries) {
    const who = entry.agent ?? '';
    if (entry.kind === 'result') last.set(who, entry.id);
    const result = entry.kind === 'assistant' ? last.get(who) : undefined;
    if (result === undefined || entry.kind !== 'assistant') continue;
    said.set(result, entry.text.slice(0, 2 * MAX_SAID));
    last.delete(who);
  }
  return said;
}

/** By the description that came with the call, by what it printed, or by what was said of it. */
export function purposeOf(call: CallEntry, result: ResultEntry, said: string | undefined): Intent | undefined {
  const described = call.input['description'] ?? '';
  return only(SAID, described.slice(0, MAX_SAID)) ?? only(PRINTED, result.text.slice(-TAIL)) ?? only(SAID, short(said));
}

/** A long sentence is about more than one thing. */
function short(said: string | undefined): string {
  const sentence = (said ?? '').split(/(?<=[.!?])\s|\n/u, 1)[0] ?? '';
  return sentence.length <= MAX_SAID ? sentence : '';
}

/** Of words of several kinds, none tells. */
function only(rows: readonly (readonly [Intent, RegExp])[], text: string): Intent | undefined {
  if (text === '') return undefined;
  const found = rows.filter(([, pattern]) => pattern.test(text));
  return found.length === 1 ? found[0]?.[0] : undefined;
}

/** What a script is for by the commands it stands for: the last of them that wants something. */
export function scriptIntent(body: string): Intent | undefined {
  const intents = parseShell(body).flatMap((command) => intentOf(command.words) ?? []);
  return intents.at(-1);
}

/** What most of the votes are for, where they agree. */
export function agreed(votes: ReadonlyMap<Intent, number>): Intent | undefined {
  const all = [...votes.values()].reduce((sum, count) => sum + count, 0);
  return INTENTS.find((intent) => (votes.get(intent) ?? 0) > all * 0.6);
}
