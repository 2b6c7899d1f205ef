/** What a sentence turned out to be, to one who looks for standing instructions. */
export type Reading =
  | {
      readonly kind: 'instruction';
      /** `explicit`: "remember …"; `durable`: says that it holds beyond this task. */
      readonly strength: 'explicit' | 'durable';
      /** The rule in the user's words, without politeness and lead-in. */
      readonly rule: string;
      readonly applyWhen?: string;
    }
  | { readonly kind: 'refused'; readonly reason: string }
  /** Nothing durable in it: the usual case. */
  | { readonly kind: 'none' };

export const NOTHING: Reading = { kind: 'none' };

/** A reading that explains why a sentence with a durable word is not taken. */
export function refused(reason: string): Reading {
  return { kind: 'refused', reason };
}

/** Reasons, so that tests and people see the same words. */
export const REASONS = {
  question: 'it is a question',
  reported: 'it reports what somebody or something says',
  behaviour: 'it says how the program behaves, not what the agent should do',
  taskLocal: 'it speaks of this task only',
  unclear: 'it points at something outside the sentence',
  length: 'it is too short or too long to be one rule',
  sarcasm: 'it does not sound meant',
  hypothetical: 'it weighs or imagines, and asks for nothing',
  doubtful: 'it weighs, reports or complains, and asks for nothing',
  planned: 'it speaks of a plan, not of how things are done now',
  complaint: 'it is a complaint without a rule',
  ambiguous: 'it may say what the program should do; “from now on” or “in this repo” would make it a rule',
} as const;
