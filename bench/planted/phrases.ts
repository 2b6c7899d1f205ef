/** What somebody keeps being told without a word of scope, the way three people might put it. */
export interface Nag {
  /** What the agent did: a command it ran, or words of an edit. */
  readonly did: string;
  /** What the command printed: it ended well, so only the words tell. Absent for an edit. */
  readonly printed?: string;
  readonly says: readonly [string, string, string];
  readonly must: readonly string[];
}

/** A call that is refused with a reason, put in two ways. */
export interface Refusal {
  readonly tool: 'Bash' | 'Edit' | 'Write';
  readonly subject: string;
  readonly says: readonly [string, string];
  readonly must: readonly string[];
}

export interface Choice {
  readonly chosen: string;
  readonly other: string;
  readonly why: string;
}

/** A rule with a value that changes later. `{v}` is the value. */
export interface Turn {
  readonly rule: string;
  readonly values: readonly [string, string];
}

export interface WrongClaim {
  readonly claim: string;
  readonly wrong: string;
  readonly right: string;
  readonly correction: string;
}

/** `kind`, what is said, and words of it by which it is known. */
export interface DecoyPhrase {
  readonly kind: string;
  readonly text: string;
}

export interface ForeignPhrases {
  readonly language: string;
  /** Templates for `{r}`. */
  readonly frames: readonly string[];
  readonly rules: readonly string[];
  readonly decoys: readonly string[];
  /** An ordinary request, which a rule may follow. */
  readonly task: string;
}

/**
 * All that is said in one split. In rules and facts, `*words*` are those that a right memory must hold; `*a|b*` says
 * `a`, and `b` will do. `{r}` is a rule, `{x}` an exception, `{a}` and `{b}` what is chosen and what is not.
 */
export interface Phrases {
  readonly always: readonly string[];
  readonly never: readonly string[];
  readonly except: readonly string[];
  readonly rules: readonly string[];
  readonly bans: readonly string[];
  readonly exceptions: readonly (readonly [rule: string, exception: string])[];
  /** Rules of the three sorts that stand in no frame; empty where a split has frames only. */
  readonly wholeOrders: readonly string[];
  readonly wholeBans: readonly string[];
  readonly wholeExceptions: readonly string[];
  readonly prefer: readonly string[];
  readonly preferences: readonly (readonly [string, string])[];
  readonly factFrames: readonly string[];
  readonly facts: readonly string[];
  readonly nags: readonly Nag[];
  readonly silent: readonly Nag[];
  readonly refusals: readonly Refusal[];
  readonly decide: readonly string[];
  readonly choices: readonly Choice[];
  readonly weigh: readonly string[];
  readonly turnFrames: readonly [first: readonly string[], later: readonly string[]];
  readonly turns: readonly Turn[];
  readonly claims: readonly WrongClaim[];
  readonly decoys: readonly DecoyPhrase[];
  readonly foreign: readonly ForeignPhrases[];
  readonly injections: readonly string[];
  /** With `{s}` for a secret; marked like a rule. */
  readonly secretRules: readonly string[];
  readonly tasks: readonly string[];
  readonly closings: readonly string[];
  readonly replies: readonly string[];
  /** Memories that a store holds and that are right: nothing about them is to be proposed. */
  readonly known: readonly string[];
}
