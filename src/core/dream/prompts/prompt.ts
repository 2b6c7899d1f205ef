/** A prompt as data: what is asked, and each rule with the reason it is there, which the model is told as well. */
export interface Prompt {
  readonly name: string;
  /** Raised with every change of the words: findings that were kept under another version are asked for again. */
  readonly version: number;
  /** What this is about, and what it is for. */
  readonly task: string;
  readonly rules: readonly PromptRule[];
  /** Stands after the documents. */
  readonly question: string;
}

export interface PromptRule {
  readonly rule: string;
  readonly because: string;
}

/** The part of a prompt that is the same for every request. Pure. */
export function rendered({ task, rules }: Prompt): string {
  const numbered = rules.map(({ rule, because }, index) => `${index + 1}. ${rule} (Why: ${because})`);
  return `${task}\n\nRules:\n${numbered.join('\n')}`;
}
