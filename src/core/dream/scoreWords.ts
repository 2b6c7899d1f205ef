import type { ScoreTerms } from './finding';
import { authorDays, SCORE_FULL, SCORE_GATE, SCORE_WEIGHTS } from './score';

/** One term of a score, as a person reads it. */
export interface TermWords {
  readonly name: keyof typeof SCORE_WEIGHTS;
  /** 0..1 */
  readonly value: number;
  /** What the term adds to the total is its value times this. */
  readonly weight: number;
  readonly meaning: string;
}

/** Every term with its value, its weight and what it says about this finding, in the order of the formula. */
export function termsOf(score: ScoreTerms): readonly TermWords[] {
  const term = (name: TermWords['name'], meaning: string): TermWords => ({
    name,
    value: score[name],
    weight: SCORE_WEIGHTS[name],
    meaning,
  });
  return [
    term('recurrence', sessionWords(score.recurrence)),
    term('spread', spreadWords(score)),
    term('outcome', outcomeWords(score.outcome)),
    term('speaker', speakerWords(score.speaker)),
    term('specificity', specificityWords(score.specificity)),
  ];
}

/** `0.62 of 1; a finding is proposed from 0.40 on`. */
export function totalWords(score: ScoreTerms): string {
  return `${fixed(score.total)} of 1; a finding is proposed from ${fixed(SCORE_GATE)} on`;
}

/** `recurrence 0.50 × 0.25: it came up in 2 sessions`. */
export function termLine({ name, value, weight, meaning }: TermWords): string {
  return `${name} ${fixed(value)} × ${fixed(weight)}: ${meaning}`;
}

/** A share with two digits, whatever the language of the editor. */
export function fixed(value: number): string {
  return value.toFixed(2);
}

/** The shares are logarithms of whole sessions and of days, so that the count can be read back from them. */
function sessionWords(share: number): string {
  const count = Math.round(Math.pow(1 + SCORE_FULL.sessions, share) - 1);
  if (share >= 1) return `it came up in ${SCORE_FULL.sessions} sessions or more`;
  return count === 1 ? 'it came up in 1 session' : `it came up in ${count} sessions`;
}

/** The days, and the authors who count with this one. */
function spreadWords({ spread, authors = 0 }: ScoreTerms): string {
  const days = dayWords(spread, authorDays(authors));
  return authors === 0 ? days : `${days}, by ${authors + 1} authors`;
}

function dayWords(share: number, besides: number): string {
  const days = Math.max(0, Math.pow(1 + SCORE_FULL.days, share) - 1 - besides);
  if (share >= 1 && besides > 0) return `over ${Math.round(days)} days or more`;
  if (share >= 1) return `over ${SCORE_FULL.days} days or more`;
  if (days < 1) return share === 0 || (besides > 0 && days < 0.1) ? 'all at one time' : 'within one day';
  const whole = Math.round(days);
  return whole === 1 ? 'over 1 day' : `over ${whole} days`;
}

function outcomeWords(share: number): string {
  if (share === 0.5) return 'nothing was tried, or as much went well as badly';
  return `${Math.round(share * 100)} % of what was tried went well`;
}

function speakerWords(share: number): string {
  if (share >= 1) return 'you said it';
  if (share >= 0.7) return 'it was seen to happen';
  if (share >= 0.3) return 'the agent said it';
  return share > 0 ? 'a tool or a file said it' : 'memory alone says it';
}

function specificityWords(share: number): string {
  if (share >= 0.67) return 'it names much: values, paths, commands, topics';
  return share >= 0.34 ? 'it names something' : 'it names little';
}
