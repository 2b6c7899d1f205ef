import type { LanguageModel, ModelRole } from '../../model/languageModel';
import type { Hasher } from '../../ports';
import type { Prompt } from '../prompts/prompt';

/** What an answer depends on, besides the text. */
export interface KeyContext {
  readonly prompt: Prompt;
  readonly model: LanguageModel;
  readonly role: ModelRole;
  /** What the user asked this dream to look at; '' if nothing. */
  readonly instructions: string;
}

/** The name of a piece of work, 64 hex digits: the same work has the same name on every run. */
export function workKey(context: KeyContext, text: string, hasher: Hasher): string {
  const { prompt, model, role, instructions } = context;
  const { engine, model: models } = model.traits;
  // A batch of the same model gives the same answers: what one engine of a provider read, the other need not.
  const provider = engine === 'claude-batch' ? 'claude' : engine;
  return hasher.sha256(JSON.stringify([prompt.name, prompt.version, provider, models[role], role, instructions, text]));
}
