import type { PromptPart } from './pasted';
import type { PromptEntry, SessionEntry } from './session';

/** A prompt before redaction: its parts are redacted one by one, so that the pasted ranges stay right. */
export interface PromptDraft extends Omit<PromptEntry, 'text' | 'pasted'> {
  readonly parts: readonly PromptPart[];
}

/** An entry as the log has it: whole, and not yet redacted. Never written. */
export type Draft = PromptDraft | Exclude<SessionEntry, PromptEntry>;
