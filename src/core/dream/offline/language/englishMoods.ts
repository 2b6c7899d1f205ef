import {
  AGENT_VERB,
  ARTEFACT,
  ASKED_BY_ME,
  DURABLE,
  FORBIDS,
  I_NEVER_WANT,
  I_WANT,
  I_WANT_THING,
  NEVER_EVER,
  OBLIGES,
  ONE_OFF,
  STATE_WORD,
  WE_ACT,
  WE_DO,
  WORK_NOUN,
  YOU_SHOULD,
} from './englishCues';
import { isStandingWish, scopedWish } from './englishWishes';
import { NOTHING, REASONS, refused } from './reading';
import type { Reading } from './reading';
import { habitVerb, isImperativeVerb } from './verbs';

/** What makes it outlast the task besides "always" and "never": a time from which, or the place where it holds. */
export type Scope = 'time' | 'place' | undefined;
type MoodReader = (text: string, scope: Scope) => Reading | undefined;

/** Who is told what: an instruction to the agent, a convention of the team, or how a program behaves. First one decides. */
const MOODS: readonly MoodReader[] = [
  (text) => (I_NEVER_WANT.test(text) ? accept(text.replace(I_NEVER_WANT, 'Never ')) : undefined),
  readWanted,
  readWish,
  (text, scope) => (/^(?:always|never)\s/iu.test(text) ? readFrequency(text, scope) : undefined),
  (text, scope) => (NEVER_EVER.test(text) ? readFrequency(text.replace(NEVER_EVER, 'Never'), scope) : undefined),
  (text) =>
    /^(?:under no circumstances\b|no more \w+(?: \w+)? (?:in|without|unless|before|when|for)\b|no more (?!questions|changes|errors|bugs|issues|warnings|failures|updates|excuses)\w+(?: \w+)?s$)/iu.test(
      text,
    )
      ? accept(text)
      : undefined,
  (text) => (/^stop\s/iu.test(text) ? readStop(text) : undefined),
  (text) => (/^i never want\s/iu.test(text) ? accept(text) : undefined),
  (text) => (/^i always want\s/iu.test(text) && WORK_NOUN.test(text) ? accept(text) : undefined),
  (text, scope) => (scope !== undefined && I_WANT_THING.test(text) ? accept(text) : undefined),
  (text, scope) => (WE_DO.test(text) ? readWe(text, scope) : undefined),
  (text, scope) => {
    const verb = /^we (?:all )?(\w{2,20})\s/iu.exec(text)?.[1] ?? '';
    return scope !== undefined && isImperativeVerb(verb) ? accept(text) : undefined;
  },
  readArtefact,
  readImperative,
];

/** "I want you to …", "you should …". */
function readWanted(text: string, scope: Scope): Reading | undefined {
  const wanted = I_WANT.exec(text) ?? YOU_SHOULD.exec(text);
  return wanted === null ? undefined : readModal(text, wanted[0], scope);
}

/** "We always want …"; "in this repo we want to commit …". */
function readWish(text: string, scope: Scope): Reading | undefined {
  if (isStandingWish(text)) return accept(text);
  const verb = scopedWish(text);
  if (verb === undefined || scope === undefined) return undefined;
  return scope === 'place' && ONE_OFF.test(verb) ? refused(REASONS.ambiguous) : accept(text);
}

/** "Commit messages must …", "tests live …": what the people here work with, not what the program is made of. */
function readArtefact(text: string, scope: Scope): Reading | undefined {
  if (!ARTEFACT.test(text) || !(scope !== undefined || OBLIGES.test(text))) return undefined;
  return /^the\s/iu.test(text) && scope === undefined ? refused(REASONS.behaviour) : accept(text);
}

function readImperative(text: string, scope: Scope): Reading | undefined {
  const plain = scope === undefined ? text : text.replace(/^(?:let['’]?s|you)\s+/iu, '');
  if (!isImperativeStart(plain)) return undefined;
  if (scope === 'place' && ONE_OFF.test(plainWord(plain, 0))) return refused(REASONS.ambiguous);
  return scope !== undefined || hasFrequency(plain) ? accept(plain) : NOTHING;
}

/** Reads a clause by who is told what in it; `scope` is what was said around it. */
export function readMood(text: string, scope: Scope): Reading {
  for (const mood of MOODS) {
    const reading = mood(text, scope);
    if (reading !== undefined) return reading;
  }
  return refused(/^you\b/iu.test(text) ? REASONS.complaint : REASONS.behaviour);
}

/** One word of a text, lower case, without marks. */
export function plainWord(text: string, index: number): string {
  return (text.split(/\s+/u)[index] ?? '').toLowerCase().replace(/[^\w'’-]/gu, '');
}

/** "Always show the banner" is about a program, "always show me the diff" is not. */
function readFrequency(text: string, scope: Scope): Reading {
  const verb = plainWord(text, 1);
  if (!isAction(verb) || /^never (?:run into|come across|had|heard)\b/iu.test(text)) return refused(REASONS.behaviour);
  const clear = scope !== undefined || ASKED_BY_ME.test(text) || AGENT_VERB.test(verb) || WORK_NOUN.test(text);
  return clear ? accept(text) : refused(REASONS.ambiguous);
}

function readModal(text: string, lead: string, scope: Scope): Reading {
  const rest = text.slice(lead.length);
  const always = /\balways\b/iu.test(lead);
  if (scope === undefined && !DURABLE.test(lead + rest)) return NOTHING;
  const opened = rest
    .replace(/^(?:always|never) (?=(?:must|should|have to|need to)\b)/iu, '')
    .replace(/^(?:be sure to|make sure to|remember to)\s+/iu, '');
  if (/^(?:always|never)\s/iu.test(opened)) return accept(opened);
  if (FORBIDS.test(lead)) return accept(`Never ${opened.replace(/^ever\s+/iu, '')}`);
  return accept(always ? `Always ${opened}` : opened);
}

/** "Stop adding …", of a habit. */
export function readStop(text: string): Reading {
  const verb = habitVerb(plainWord(text, 1));
  if (verb === undefined) return NOTHING;
  const rest = text.split(/\s+/u).slice(2).join(' ');
  return accept(`Do not ${verb} ${rest}`.trim());
}

function readWe(text: string, scope: Scope): Reading {
  const [, verb = ''] = WE_DO.exec(text) ?? [];
  const after = text.replace(/^we(?: all)?\s+/iu, '');
  const next = plainWord(after, 1);
  if (/^(?:always|never|only)$/iu.test(verb)) {
    return WE_ACT.test(next) && after.split(/\s+/u).length <= 22 ? accept(after) : refused(REASONS.behaviour);
  }
  if (scope === undefined) return NOTHING;
  if (!/^do/iu.test(verb)) return accept(after);
  const acts = WE_ACT.test(next) || next === 'not';
  return acts ? accept(after.replace(/^do(?:n['’]?t| not)/iu, 'Do not')) : refused(REASONS.behaviour);
}

function isImperativeStart(text: string): boolean {
  if (/^(?:do not|don['’]?t|make sure|be sure|only|prefer|no)\s/iu.test(text)) return true;
  return isImperativeVerb(plainWord(text, 0));
}

/** "Make sure to always …" and "use always …" tell the agent; "make sure the button is always …" tells the program. */
function hasFrequency(text: string): boolean {
  return (
    /^(?:make|be) sure (?:to |that you |you )(?:always|never)\b/iu.test(text) || /^\w+ (?:always|never)\s/iu.test(text)
  );
}

function isAction(word: string): boolean {
  if (word === '' || STATE_WORD.test(word)) return false;
  return isImperativeVerb(word) || !/(?:[^s]s|ed|ing|ly)$/iu.test(word);
}

/** The text as a rule that outlasts the task. */
export function accept(text: string): Reading & { kind: 'instruction' } {
  return { kind: 'instruction', strength: 'durable', rule: text.trim() };
}
