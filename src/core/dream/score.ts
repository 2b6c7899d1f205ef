import type { Evidence, ScoreTerms, Trust } from './finding';
import { valueSlots } from './text/slots';
import { contentStems } from './text/words';

/** What each term adds to the total; together 1. */
export const SCORE_WEIGHTS = {
  recurrence: 0.25,
  spread: 0.15,
  outcome: 0.2,
  speaker: 0.25,
  specificity: 0.15,
} as const;
const SPEAKER: Readonly<Record<Trust, number>> = {
  user: 1,
  observed: 0.7,
  agent: 0.3,
  tool: 0.1,
  file: 0.1,
  recalled: 0,
};
/** Sessions and days at which recurrence and spread are full. */
export const SCORE_FULL = { sessions: 8, days: 30 } as const;
/** What another author adds to the spread, as if it were days, and how many of them count. */
export const SCORE_AUTHORS = { days: 7, most: 3 } as const;
const DAY_MS = 86_400_000;

/** Below this a finding is not proposed. */
export const SCORE_GATE = 0.4;

export interface ScoreInput {
  readonly evidence: readonly Evidence[];
  readonly trust: Trust;
  /** The claim itself, for specificity. */
  readonly text: string;
  /** Share of observed trials that went well, 0..1; undefined if nothing was tried. */
  readonly successRate?: number;
  /** Other authors who accepted the same claim. */
  readonly authors?: number;
}

/**
 * Why one finding stands above another; each term 0..1:
 *
 * - recurrence = ln(1+s) / ln(1+8), s = distinct sessions with evidence
 * - spread = ln(1+d+7a) / ln(1+30), d = days between first and last evidence, a = other authors who accepted it, at most 3
 * - outcome = success rate, .5 where nothing was tried
 * - speaker = user 1, observed .7, agent .3, tool or file .1, recalled 0
 * - specificity = (values named + half the topic words) / 6: code, numbers, paths, and how much is said at all
 *
 * total = .25 recurrence + .15 spread + .20 outcome + .25 speaker + .15 specificity
 */
export function score(input: ScoreInput): ScoreTerms {
  const recurrence = logShare(sessionsOf(input.evidence).size, SCORE_FULL.sessions);
  const authors = input.authors ?? 0;
  const spread = logShare(daysBetween(input.evidence) + authorDays(authors), SCORE_FULL.days);
  const outcome = clamp(input.successRate ?? 0.5);
  const speaker = SPEAKER[input.trust];
  const specificity = clamp((valueSlots(input.text).size + contentStems(input.text).size / 2) / 6);
  const terms = { recurrence, spread, outcome, speaker, specificity };
  return {
    recurrence: round(recurrence),
    spread: round(spread),
    outcome: round(outcome),
    speaker: round(speaker),
    specificity: round(specificity),
    total: round(totalOf(terms)),
    ...(authors > 0 ? { authors } : {}),
  };
}

/** The score with so many other authors, who widen its spread and nothing else. */
export function withAuthors(score: ScoreTerms, evidence: readonly Evidence[], authors: number): ScoreTerms {
  if (authors === 0) return score;
  const spread = round(logShare(daysBetween(evidence) + authorDays(authors), SCORE_FULL.days));
  return { ...score, spread, total: round(totalOf({ ...score, spread })), authors };
}

/** What so many authors count as. */
export function authorDays(authors: number): number {
  return SCORE_AUTHORS.days * Math.min(SCORE_AUTHORS.most, Math.max(0, authors));
}

function totalOf(terms: Readonly<Record<keyof typeof SCORE_WEIGHTS, number>>): number {
  return (
    SCORE_WEIGHTS.recurrence * terms.recurrence +
    SCORE_WEIGHTS.spread * terms.spread +
    SCORE_WEIGHTS.outcome * terms.outcome +
    SCORE_WEIGHTS.speaker * terms.speaker +
    SCORE_WEIGHTS.specificity * terms.specificity
  );
}

/** The sessions that the evidence lies in. */
export function sessionsOf(evidence: readonly Evidence[]): ReadonlySet<string> {
  return new Set(evidence.flatMap((one) => (one.kind === 'quote' || one.kind === 'event' ? [one.session] : [])));
}

/** Time of the latest evidence in milliseconds since the epoch, or undefined if none has a time. */
export function latestMs(evidence: readonly Evidence[]): number | undefined {
  const times = timesOf(evidence);
  return times.length === 0 ? undefined : Math.max(...times);
}

function daysBetween(evidence: readonly Evidence[]): number {
  const times = timesOf(evidence);
  return times.length < 2 ? 0 : (Math.max(...times) - Math.min(...times)) / DAY_MS;
}

function timesOf(evidence: readonly Evidence[]): readonly number[] {
  return evidence
    .map((one) => (one.kind === 'quote' || one.kind === 'event' ? Date.parse(one.at) : Number.NaN))
    .filter((time) => !Number.isNaN(time));
}

function logShare(value: number, full: number): number {
  return clamp(Math.log(1 + Math.max(0, value)) / Math.log(1 + full));
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
