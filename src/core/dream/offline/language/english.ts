import {
  CONDITION_ALWAYS,
  DECLARED,
  DURABLE,
  FORBIDS,
  I_WANT,
  LEAD_IN,
  NAMES_TEXT,
  OPENING,
  POINTER_OBJECT,
  POLITE_REQUEST,
  PROGRAM_DEFAULT,
  QUESTION_START,
  REMEMBER,
  REPORTED,
  REPO_END,
  REPO_START,
  SCOPE_BEFORE_COMMA,
  SCOPE_END,
  SCOPE_INSIDE,
  SCOPE_START,
  TASK_LOCAL,
  TICKET,
  WHENEVER,
  WORK_CONDITION,
  YOU_SHOULD,
} from './englishCues';
import { remembering } from '../../text/remembering';
import { contentStems } from '../../text/words';
import { HYPOTHETICAL, PLANNED, SARCASM, standingForm } from './englishStanding';
import type { Standing } from './englishStanding';
import { preferenceIn } from './englishPreferences';
import { usualRule } from './englishScopes';
import { accept, plainWord, readMood, readStop } from './englishMoods';
import { factIn } from './factsTold';
import { framedRule } from './framed';
import { isImagined } from './imagined';
import { NOTHING, REASONS, refused } from './reading';
import type { Reading } from './reading';
import { withoutTypos } from './typos';
import { isImperativeVerb } from './verbs';
import { weighedPreference } from './weighedPreferences';

const MAX_SENTENCE = 1_000;

/** Readings of sentences, which several miners ask for, and which people repeat. */
const REMEMBERED = 2_000;

/** Reads one English sentence. Pure; linear in its length. */
export const readEnglish: (sentence: string) => Reading = remembering(readSentence, REMEMBERED, MAX_SENTENCE);

function readSentence(sentence: string): Reading {
  if (sentence.length > MAX_SENTENCE) return NOTHING;
  const bare = withoutLeadIn(sentence);
  if (isImagined(bare)) return refused(REASONS.hypothetical);
  const weighed = weighedPreference(bare);
  if (weighed !== undefined && !SARCASM.test(plainEnd(sentence))) return accept(weighed);
  const reading = readForms(sentence);
  if (reading.kind === 'instruction') return reading;
  const framed = readFramed(sentence);
  if (framed !== undefined) return framed;
  const preferred = preferenceIn(sentence, { taskLocal: isTaskLocal, pointsOutside });
  if (preferred === undefined) return readUsual(sentence, reading);
  return SARCASM.test(plainEnd(sentence.trim())) ? reading : accept(`Prefer ${preferred}`);
}

/** What the words around it make last, or what is told to be known. */
function readFramed(sentence: string): Reading | undefined {
  const text = withoutLeadIn(withoutTypos(sentence.trim()));
  const whole = withoutTypos(sentence.trim()).replace(ENDING, '');
  if (/\?["')\]]?$/u.test(text) || REPORTED.test(text) || SARCASM.test(plainEnd(text))) return undefined;
  const fact = factIn(whole.replace(/^(?:p\.?s\.?|oh|and|also|ok(?:ay)?|so|one more thing)[:,.]?\s{1,3}/iu, ''));
  if (fact !== undefined && !isTaskLocal(fact)) return { kind: 'instruction', strength: 'explicit', rule: fact };
  const framed = framedRule(text);
  if (framed === undefined || isTaskLocal(framed.core) || pointsOutside(framed.core)) return undefined;
  if (doubtAbout(framed.core) !== undefined || QUESTION_START.test(framed.core)) return undefined;
  return { kind: 'instruction', strength: framed.explicit ? 'explicit' : 'durable', rule: framed.rule };
}

function withoutFavour(sentence: string): string {
  return sentence.replace(/^(?:please )?do me a favou?r(?: and|[,:])\s+/iu, '');
}

const CLEAR: ReadonlySet<string> = new Set([REASONS.behaviour, REASONS.ambiguous, REASONS.complaint, REASONS.unclear]);
/** Where a sentence turns to something else: "fix the login, and btw …". */
const TURN = /[;…]\s|\s[–—-]{1,2}\s|,?\s(?:btw|by the way|fyi|oh and|also)[,:]?\s|,\s(?:and|but|so|because)\s/iu;

const ENDING = /(?:[,\s]{1,20}(?:please|pls|plz|thanks|thx|ok(?:ay)?|fyi|btw))?[.!\s]{0,20}$/iu;

/** What is usual, obliged or unwanted here by the form of the sentence, or of a part of it. */
function readUsual(sentence: string, reading: Reading): Reading {
  const text = withoutLeadIn(withoutTypos(sentence.trim())).replace(ENDING, '');
  // "If you ever need …" speaks of every time; "what we do here is …" asks nothing.
  const ever = /^if you ever\s/iu.test(text);
  if (reading.kind === 'refused' && !CLEAR.has(reading.reason) && !ever) return reading;
  const asks = !/^(?:what|how) we do\s/iu.test(text) && isQuestion(sentence, text);
  // "Agreed that feature branches …" points at no feature.
  if (asks || isTaskLocal(text.replace(/\b(agreed|is) that\b/giu, '$1')) || REPORTED.test(text)) return reading;
  if (!ever && doubtAbout(sentence) !== undefined) return reading;
  const parts = partsOf(text);
  for (const part of [text, withoutTypos(sentence.trim()), ...parts]) {
    const rule = usualRule(part.replace(ENDING, ''));
    if (rule !== undefined && !pointsOutside(namedIn(rule))) return accept(rule);
  }
  // "We use X, so keep to that from now on": what holds is named before.
  const [first = ''] = parts;
  const named = /^we (?:use|write|follow|run|keep)\s/iu.test(first) && DURABLE.test(text) && !pointsOutside(first);
  return named ? accept(first) : reading;
}

/** The part of a rule whose pronouns nothing in it explains. "Here" is the project, unless something is put there. */
function namedIn(rule: string): string {
  const first = rule.replace(/^the way we do \S+/iu, '').split(/[,;:] | [–—-] /u, 1)[0] ?? '';
  return first.replace(PLACED.test(first) ? /\baround here\b/giu : /\b(?:around )?here\b/giu, '');
}

function partsOf(text: string): readonly string[] {
  const parts = text.split(TURN).map((part) => withoutLeadIn(part));
  return parts.length < 2 ? [] : parts.filter((part) => part.split(/\s+/u).length >= 3);
}

function readForms(sentence: string): Reading {
  const text = rememberedEvery(withoutLeadIn(withoutTypos(withoutFavour(sentence.trim()))));
  const remembered = REMEMBER.exec(text);
  if (remembered !== null) return readRemembered(text.slice(remembered[0].length));
  const standing = standingForm(plainEnd(text)) ?? standingForm(plainEnd(sentence.trim()));
  if (standing !== undefined) return readStanding(sentence, text, standing);
  if (!DURABLE.test(text)) return NOTHING;
  const opened = afterOpening(text);
  if (opened !== undefined) return readEnglish(opened);
  if (isQuestion(sentence, text)) return refused(REASONS.question);
  const clause = durableClause(
    text.replace(POLITE_REQUEST, '').replace(/(?:[,\s]{1,20}(?:please|pls|thanks|ok(?:ay)?))?[?.!\s]{0,20}$/iu, ''),
  );
  if (isTaskLocal(clause)) return refused(REASONS.taskLocal);
  if (PROGRAM_DEFAULT.test(clause)) return refused(REASONS.behaviour);
  if (REPORTED.test(clause)) return refused(REASONS.reported);
  const doubt = doubtAbout(sentence);
  if (doubt !== undefined) return refused(doubt);
  const reading = readClause(
    clause
      .replace(/^(always|never)[,:]?(?: (?:always|ever|never)\b,?){1,3}/iu, '$1')
      .replace(/^(always|never)[:,] /iu, '$1 '),
  );
  if (reading.kind !== 'instruction') return reading;
  const named =
    SCOPE_START.test(clause) && !PLACED.test(clause) ? reading.rule.replace(/\bhere\b/giu, '') : reading.rule;
  return pointsOutside(named) ? refused(REASONS.unclear) : reading;
}

function plainEnd(text: string): string {
  return text.replace(/[.!\s]{1,40}$/u, '');
}

/** "Remember to … every time": the reminder is for good. */
function rememberedEvery(text: string): string {
  const task = /^(?:please )?(?:remember|don['’]?t forget|be sure) to (?!always|never)/iu.exec(text);
  if (task === null || !SCOPE_END.test(text.replace(/[.!\s]{1,20}$/u, ''))) return text;
  return text.slice(task[0].length);
}

function readStanding(sentence: string, text: string, standing: Standing): Reading {
  if (isQuestion(sentence, text)) return refused(REASONS.question);
  if (isTaskLocal(text)) return refused(REASONS.taskLocal);
  if (REPORTED.test(text)) return refused(REASONS.reported);
  const doubt = doubtAbout(sentence);
  if (doubt !== undefined) return refused(doubt);
  const reading: Reading =
    'rule' in standing ? accept(standing.rule) : readMood(withoutLeadIn(standing.rest), standing.how);
  if (standing.how === 'fact' && reading.kind === 'instruction') return { ...reading, strength: 'explicit' };
  return reading.kind === 'instruction' && pointsOutside(reading.rule) ? refused(REASONS.unclear) : reading;
}

/** Why a sentence is not meant as it stands, or undefined. */
function doubtAbout(sentence: string): string | undefined {
  const text = sentence.trim().replace(/[.!\s]{1,40}$/u, '');
  if (SARCASM.test(text)) return REASONS.sarcasm;
  if (HYPOTHETICAL.test(withoutLeadIn(text))) return REASONS.hypothetical;
  return PLANNED.test(withoutLeadIn(text)) ? REASONS.planned : undefined;
}

/**
 * Where something is put, "here" is a place that was pointed at. After "from now on" it otherwise is this project: a
 * single line that was pointed at needs no rule for all time.
 */
const PLACED = /\b(?:put|place|add|store|keep|write|save|move|create|insert|paste|define|declare|document)s?\b/iu;

/** What comes after "one thing though:", if the durable word does. */
function afterOpening(text: string): string | undefined {
  const opening = OPENING.exec(text);
  if (opening === null) return undefined;
  const head = (opening[1] ?? '').trim();
  const rest = text.slice(opening[0].length);
  // "We go for X instead of Y: releases always go together": what follows is the reason.
  if (/ (?:instead of|rather than|in place of|over|not) /iu.test(head)) return undefined;
  if (DURABLE.test(`${head}:`) || DECLARED.test(text) || NAMES_TEXT.test(head)) return undefined;
  return isImperativeVerb(plainWord(head, 0)) ? undefined : rest;
}

/** Without "ok, ", "no, ", "please ": words that carry no rule. */
export function withoutLeadIn(sentence: string): string {
  let text = sentence.trim();
  for (let round = 0; round < 5; round += 1) {
    const shorter = /^stop \w{2,20}ing\b/iu.test(text)
      ? text
      : text
          .replace(/^stop[,.!]\s*/iu, '')
          .replace(LEAD_IN, '')
          .trim();
    if (shorter === '' || shorter === text) break;
    text = shorter;
  }
  return text;
}

/** True if the sentence confines itself to the task at hand. */
export function isTaskLocal(text: string): boolean {
  return TASK_LOCAL.test(text) || TICKET.test(text);
}

/** True if its object is a pronoun for something outside the sentence. */
export function pointsOutside(text: string): boolean {
  const conditional = /\b(?:when|if|unless|whenever|every time|each time|before|after)\b/iu.test(text);
  if (conditional) return /\b(?:that|this|those|these)(?=$|\s{0,2}[.,;!)]|\s+again)/iu.test(text);
  const pointer = POINTER_OBJECT.exec(text);
  if (pointer === null) return false;
  // "Handle errors explicitly, never swallow them": what it stands for was named before.
  const before = text.slice(0, pointer.index);
  const named = /^(?:it|them)$/iu.test(pointer[0]) && /[,;]|\b(?:and|or|but|without|by|until|unless)\b/iu.test(before);
  return !(named && contentStems(before).size >= 3);
}

/**
 * An instruction without any durable word ("use the wrapper script, not the binary"), as a rule; undefined for anything
 * else. On its own it is about the task at hand: it takes recurrence to make a rule of it.
 */
export function readPlainInstruction(sentence: string): string | undefined {
  if (sentence.length > MAX_SENTENCE) return undefined;
  const text = withoutLeadIn(sentence)
    .replace(POLITE_REQUEST, '')
    .replace(/[.!\s]{1,40}$/u, '');
  if (/\?$/u.test(text) || QUESTION_START.test(text) || isTaskLocal(text) || REPORTED.test(text)) return undefined;
  if (pointsOutside(text)) return undefined;
  const wanted = I_WANT.exec(text) ?? YOU_SHOULD.exec(text);
  if (wanted !== null) {
    const rest = text.slice(wanted[0].length);
    return FORBIDS.test(wanted[0]) ? `Do not ${rest}` : rest;
  }
  if (/^(?:do not|don['’]?t)\s/iu.test(text)) return text.replace(/^(?:do not|don['’]?t)/iu, 'Do not');
  if (/^stop\s/iu.test(text)) {
    const reading = readStop(text);
    return reading.kind === 'instruction' ? reading.rule : undefined;
  }
  if (/^we (?:use|do(?:n['’]?t| not) use|never|always)\s/iu.test(text)) return text;
  return isImperativeVerb(plainWord(text, 0)) || /^(?:never|always)\s/iu.test(text) ? text : undefined;
}

function isQuestion(sentence: string, text: string): boolean {
  if (QUESTION_START.test(text)) return true;
  return /\?["')\]]?$/u.test(sentence.trim()) && !POLITE_REQUEST.test(text);
}

function readRemembered(rest: string): Reading {
  const rule = rest.trim();
  if (/\?$/u.test(rule)) return refused(REASONS.question);
  if (
    /^(?:\w+ ){0,3}(?:we|you|i|he|they)\s+(?:did|had|discussed|talked|changed|fixed|made|saw|used to|mentioned|said)\b/iu.test(
      rule,
    )
  ) {
    return refused(REASONS.unclear);
  }
  if (isTaskLocal(rule)) return refused(REASONS.taskLocal);
  if (pointsOutside(rule)) return refused(REASONS.unclear);
  return { kind: 'instruction', strength: 'explicit', rule: rule.replace(/^to (?=always|never)/iu, '') };
}

const CLAUSE_START =
  /(?:[,;–—]| -|\band\b|\bbut\b)\s{1,4}(?:and |but |also |please |then |so ){0,3}(?=(?:from now on|from here on|going forward|moving forward|in (?:the )?future|always|never|whenever|every time|each time|don['’]?t ever|do not ever|as a rule|stop \w{2,20}ing|we (?:always|never) want)\b)/iu;

/** The sentence opens with a condition, which belongs to what follows. */
const SUBORDINATE = /^(?:when|if|whenever|before|after|once|unless|every time|each time|while)\b/iu;

/** The part that the durable word governs: "commit this, and from now on always run gofmt" → from "from now on". */
function durableClause(text: string): string {
  const split = CLAUSE_START.exec(text);
  if (split === null) return text;
  const tail = text.slice(split.index + split[0].length);
  if (SUBORDINATE.test(text)) return text;
  const frequency = /^(?:always|never)\s+(\S+)/iu.exec(tail);
  const opens = frequency === null ? /\S\s+\S/u.test(tail) : isImperativeVerb(frequency[1] ?? '');
  return opens && !DURABLE.test(text.slice(0, split.index)) ? tail : text;
}

function readClause(text: string): Reading {
  const declared = DECLARED.exec(text);
  if (declared !== null) return accept(text.slice(declared[0].length));
  if (SUBORDINATE.test(text) && !WHENEVER.test(text)) return readCondition(text);
  const started = SCOPE_START.exec(text);
  if (started !== null) {
    const reading = readMood(withoutLeadIn(text.slice(started[0].length)), 'time');
    // "By default" is a part of the rule: it leaves room for exceptions.
    return reading.kind === 'instruction' && /^by default/iu.test(text) ? { ...reading, rule: text } : reading;
  }
  const when = WHENEVER.exec(text);
  if (when !== null) return readWhenever(text, text.slice(when[0].length));
  const ended = SCOPE_END.exec(text);
  if (ended !== null && ended.index > 0) {
    return readMood(withoutLeadIn(text.slice(0, ended.index).replace(REPO_START, '')), 'time');
  }
  if (SCOPE_BEFORE_COMMA.test(text)) return readMood(text.replace(SCOPE_BEFORE_COMMA, ''), 'time');
  return readPlace(text);
}

/** "In this repo …" at the start, at the end, or inside. */
function readPlace(text: string): Reading {
  const started = REPO_START.exec(text);
  if (started !== null) return readMood(withoutLeadIn(text.slice(started[0].length)), 'place');
  const ended = REPO_END.exec(text);
  if (ended !== null && ended.index > 0) return readMood(text.slice(0, ended.index), 'place');
  return SCOPE_INSIDE.test(text) ? readMood(text.replace(SCOPE_INSIDE, ''), 'place') : readMood(text, undefined);
}

function readWhenever(whole: string, rest: string): Reading {
  if (!WORK_CONDITION.test(rest)) return refused(REASONS.behaviour);
  const comma = rest.indexOf(',');
  if (comma < 0) {
    if (!/^you\s/iu.test(rest)) return refused(REASONS.behaviour);
    return rest.split(/\s+/u).slice(2).some(isImperativeVerb) ? accept(whole) : refused(REASONS.behaviour);
  }
  const main = withoutLeadIn(rest.slice(comma + 1)).replace(/^(?:then|first)\s+/iu, '');
  return conditional(whole, rest.slice(0, comma).trim(), readMood(main, 'time'));
}

/** "When you write SQL always use …", "if you change the schema, always create …". */
function readCondition(text: string): Reading {
  const always = CONDITION_ALWAYS.exec(text);
  if (always === null) return readMood(text, undefined);
  const [, opening = '', when = '', rule = ''] = always;
  const work = WORK_CONDITION.test(when);
  if (!work && !isImperativeVerb(plainWord(rule, 1))) return refused(REASONS.behaviour);
  const condition = /^when$/iu.test(opening) ? when : `${opening} ${when}`;
  return conditional(text, condition, readMood(rule, work ? 'time' : undefined));
}

function conditional(whole: string, condition: string, main: Reading): Reading {
  return main.kind === 'instruction' ? { ...accept(whole), applyWhen: condition } : main;
}
