import { readDecision } from '../../../src/core/dream/offline/language/decisions';
import { isTaskLocal, pointsOutside, withoutLeadIn } from '../../../src/core/dream/offline/language/english';
import { DURABLE, QUESTION_START, REPORTED } from '../../../src/core/dream/offline/language/englishCues';
import { HYPOTHETICAL, PLANNED, SARCASM } from '../../../src/core/dream/offline/language/englishStanding';
import { isImagined } from '../../../src/core/dream/offline/language/imagined';
import { NOTHING } from '../../../src/core/dream/offline/language/reading';
import type { Reading } from '../../../src/core/dream/offline/language/reading';
import { judge, reasonsFor, unpackModel } from './gate';
import type { Model } from './gate';
import { WEIGHTS } from './weights';

/** How sure it has to be: thresholds from held-out families, see docs/scoring.md. */
const SURE = { alone: 0.995, again: 0.9, ofTheMoment: 0.02 } as const;
/** Of the words of a sentence, those the model has to know. */
const KNOWN = 0.5;
const LENGTH = { min: 14, max: 240 } as const;
/** Marks of code, logs and tables; a heading; a sentence cut off; scripts that were never looked at. */
const NOT_SAID =
  /[{}<>|=;\\]|\s{3}|[:,(]$|->|=>|^(?:[A-Z]\)|\W)|\.{2,}|\p{Extended_Pictographic}|[\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hangul}]/u;

/** Only of English has enough been held out to trust one saying. */
const ENGLISH =
  /(?<![\w-])(?:the|is|are|to|of|and|not|with|for|from|we|you|must|should|every|each|all|without|into|belongs?|gets?|goes|never|only)(?![\w-])/iu;
const OTHER_LETTERS = /[^\p{ASCII}–—‘’“”…•]/u;

const MOMENTARY = 'it reads like a task of the moment';

/** `tentative`: only its form speaks for it, one saying is not enough. */
export type LearnedReading = Reading & { readonly tentative?: true };

let model: Model | undefined;

function weights(): Model {
  model ??= unpackModel(WEIGHTS);
  return model;
}

/**
 * A sentence that no frame reads, but whose form says that it is meant to last. Silent where anything speaks against it:
 * questions, tasks, hearsay, plans, irony.
 */
export function readLasting(sentence: string): LearnedReading {
  const text = sentence.trim();
  if (text.length < LENGTH.min || text.length > LENGTH.max || NOT_SAID.test(text)) return NOTHING;
  const { kind, durable, known } = judge(text, weights());
  if (durable < SURE.again || known < KNOWN || kind === 'correction') return NOTHING;
  const bare = withoutLeadIn(text).replace(/[.!\s]{1,20}$/u, '');
  if (hasDoubt(text, bare)) return NOTHING;
  if (kind === 'decision' && readDecision(text).kind !== 'none') return NOTHING;
  return {
    kind: 'instruction',
    strength: kind === 'fact' ? 'explicit' : 'durable',
    rule: bare,
    ...(durable < SURE.alone || !ENGLISH.test(text) || OTHER_LETTERS.test(text) ? { tentative: true } : {}),
  };
}

function hasDoubt(text: string, bare: string): boolean {
  return (
    /[?？]["')\]]?$/u.test(text) ||
    QUESTION_START.test(bare) ||
    isTaskLocal(bare) ||
    pointsOutside(bare) ||
    REPORTED.test(bare) ||
    HYPOTHETICAL.test(bare) ||
    PLANNED.test(bare) ||
    SARCASM.test(text) ||
    isImagined(bare)
  );
}

/**
 * Why a sentence without a word of time is taken for a task of the moment, whatever frame it happens to fit: in words for
 * people; undefined where it is not.
 */
export function momentaryReason(sentence: string): string | undefined {
  if (sentence.length > LENGTH.max || DURABLE.test(sentence)) return undefined;
  if (judge(sentence, weights()).durable >= SURE.ofTheMoment) return undefined;
  const words = reasonsFor(sentence, weights(), false).map((one) => `“${one}”`);
  return words.length === 0 ? MOMENTARY : `${MOMENTARY} (${words.join(', ')})`;
}
