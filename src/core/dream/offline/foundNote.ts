import type { Evidence, Trust } from '../finding';
import { claimFingerprint } from '../fingerprint';
import type { Note } from '../miner';
import type { Hasher } from '../../ports';
import { score } from '../score';
import { asDescription, asTitle } from './rule';
import { slugFrom } from './slugFrom';

/** What a miner found, and what a memory of it says. */
export interface Found {
  readonly miner: string;
  readonly category: string;
  readonly rule: string;
  /** What a list calls it, where that is not the rule. */
  readonly title?: string;
  /** Words of the file name. */
  readonly topic: readonly string[];
  /** What names the file where no such word is left; the rule if it is not given. */
  readonly named?: string;
  /** The body below the rule. */
  readonly lines: readonly string[];
  readonly paths?: readonly string[];
  readonly evidence: readonly Evidence[];
  readonly trust: Trust;
  /** Whose word it is for the score, where that is more than what it rests on. */
  readonly speaker?: Trust;
  /** 0 to 1. */
  readonly successRate?: number;
  readonly rationale: string;
  /** What it claims, whatever the words of the day are. */
  readonly claim: string;
}

/** The note of what was found: the rule, an empty line, and what is to be said of it. */
export function foundNote(found: Found, hasher: Hasher): Note {
  const { rule, evidence, trust, paths, successRate } = found;
  return {
    kind: 'note',
    title: asTitle(found.title ?? rule),
    finding: {
      miner: found.miner,
      category: found.category,
      slug: slugFrom(found.topic, found.named ?? rule, hasher),
      description: asDescription(rule),
      body: [rule, '', ...found.lines].join('\n'),
      ...(paths === undefined ? {} : { paths }),
      evidence,
      trust,
      score: score({
        evidence,
        trust: found.speaker ?? trust,
        text: rule,
        ...(successRate === undefined ? {} : { successRate }),
      }),
      rationale: found.rationale,
      fingerprint: claimFingerprint(found.claim, hasher),
    },
  };
}
