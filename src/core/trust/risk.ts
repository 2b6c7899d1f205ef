import type { Warning } from '../review/proposal';
import { RISK_RULES } from './riskRules';

/** Something that a text would make an agent do, for which a person is asked on its own. */
export interface RiskFound {
  readonly kind: Warning['kind'];
  /** What it does, for a person: one sentence. */
  readonly reason: string;
  /** The words that say so, at most 120 characters. */
  readonly excerpt: string;
}

const MAX_TEXT = 200_000;
const MAX_LINE = 2_000;
/** "Never …", "do not …" in the same part of the sentence: then the text forbids what the words name. */
const FORBIDS =
  /(?:\bnever|\bdo not|\bdon['’]?t|\bmust not|\bmustn['’]?t|\bshould not|\bavoid|\bcannot|\bcan['’]?t|\bno need to|\bforbid\w{0,5}|\bwithout)\s(?:[\p{L}`"'*_-]{1,30}\s){0,3}[`"'*_]{0,3}$/iu;

/** What is risky in a text, each reason once. Pure, bounded, never throws; a risk is a reason to ask, not a verdict. */
export function findRisks(text: string): readonly RiskFound[] {
  const found: RiskFound[] = [];
  const seen = new Set<string>();
  for (const whole of text.slice(0, MAX_TEXT).split(/\r\n|\r|\n/u)) {
    for (let from = 0; from < whole.length; from += MAX_LINE) {
      const line = whole.slice(from, from + MAX_LINE);
      for (const rule of RISK_RULES) {
        if (seen.has(rule.reason)) continue;
        const match = rule.pattern.exec(line);
        if (
          match === null ||
          (rule.unlessForbidden && FORBIDS.test(line.slice(Math.max(0, match.index - 80), match.index)))
        )
          continue;
        seen.add(rule.reason);
        found.push({ kind: rule.kind, reason: rule.reason, excerpt: match[0].slice(0, 120) });
      }
    }
  }
  return found;
}
