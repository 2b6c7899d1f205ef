import type { ModelInfo } from '@anthropic-ai/sdk/resources/models';
import { isAgentDreamsError } from '../../core/errors';
import type { AskOptions, ModelRole } from '../../core/model/languageModel';
import type { ClaudeClient } from './client';
import type { ClaudeModelChoice } from './question';
import { tryUntil, type Trying } from './tries';

/** The line of a role: a small model reads sessions, a larger one consolidates. */
const LINES: Readonly<Record<ModelRole, string>> = { extract: 'haiku', consolidate: 'sonnet' };

/** Taken where the server has no list of models. As of 2026-11-20. */
const FALLBACK: Readonly<Record<ModelRole, string>> = {
  extract: 'claude-haiku-5-5',
  consolidate: 'claude-sonnet-5-5',
};

const MAX_MODELS = 1000;
const PAGE = 100;
/** For models that the server says nothing about: what every model of late 2025 and later can do. */
const CAUTIOUS = { maxPromptTokens: 180_000, maxOutputTokens: 64_000 } as const;
/** Kept free for the answer. */
const ANSWER_TOKENS = 32_000;

export type ClaudeModels = Readonly<Record<ModelRole, ClaudeModelChoice>>;

/** The choice for a model of which nothing but its name is known. */
export function choiceByName(id: string): ClaudeModelChoice {
  return { id, ...CAUTIOUS, effort: !/-4-5\b/.test(id) };
}

/** The choices without asking the server. */
export function fallbackModels(wanted: Partial<Record<ModelRole, string>> = {}): ClaudeModels {
  return {
    extract: choiceByName(wanted.extract ?? FALLBACK.extract),
    consolidate: choiceByName(wanted.consolidate ?? FALLBACK.consolidate),
  };
}

/**
 * The model for each role: the wanted one, else the newest active of its line. Asks the server's list, which is free of
 * charge and tells a wrong key at once; a server without such a list gets the dated names. Throws `model-missing` where a
 * wanted model is not there, and otherwise as the port does.
 */
export async function chooseModels(
  client: ClaudeClient,
  trying: Trying,
  wanted: Partial<Record<ModelRole, string>>,
  options: AskOptions,
): Promise<ClaudeModels> {
  const known = await listModels(client, trying, options);
  if (known === undefined) return fallbackModels(wanted);
  const choose = async (role: ModelRole): Promise<ClaudeModelChoice> => {
    const name = wanted[role];
    if (name === undefined) return choiceOf(newest(known, LINES[role])) ?? choiceByName(FALLBACK[role]);
    const listed = choiceOf(known.find(({ id }) => id === name));
    // An alias is not in the list, but can be asked for.
    return listed ?? (await retrieve(name, client, trying, options));
  };
  return { extract: await choose('extract'), consolidate: await choose('consolidate') };
}

async function listModels(
  client: ClaudeClient,
  trying: Trying,
  options: AskOptions,
): Promise<readonly ModelInfo[] | undefined> {
  const list = async (signal: AbortSignal, heard: () => void): Promise<readonly ModelInfo[]> => {
    const models: ModelInfo[] = [];
    for await (const model of client.models.list({ limit: PAGE }, { signal })) {
      heard();
      models.push(model);
      if (models.length >= MAX_MODELS) break;
    }
    return models;
  };
  try {
    return await tryUntil(async ({ signal, heard }) => await list(signal, heard), trying, options);
  } catch (error) {
    if (isAgentDreamsError(error, 'model-missing')) return undefined;
    throw error;
  }
}

async function retrieve(
  id: string,
  client: ClaudeClient,
  trying: Trying,
  options: AskOptions,
): Promise<ClaudeModelChoice> {
  const info = await tryUntil(async ({ signal }) => await client.models.retrieve(id, {}, { signal }), trying, options);
  return choiceOf(info) ?? choiceByName(id);
}

function newest(models: readonly ModelInfo[], line: string): ModelInfo | undefined {
  return models
    .filter((model) => model.line === line && model.lifecycle === 'active')
    .filter(({ capabilities }) => capabilities?.structured_outputs.supported !== false)
    .reduce<ModelInfo | undefined>(
      (best, model) => (best && best.created_at >= model.created_at ? best : model),
      undefined,
    );
}

function choiceOf(model: ModelInfo | undefined): ClaudeModelChoice | undefined {
  if (!model) return undefined;
  const { maxPromptTokens, maxOutputTokens } = CAUTIOUS;
  return {
    id: model.id,
    maxPromptTokens: model.max_input_tokens === null ? maxPromptTokens : model.max_input_tokens - ANSWER_TOKENS,
    maxOutputTokens: model.max_tokens ?? maxOutputTokens,
    effort: model.capabilities?.effort.supported ?? !/-4-5\b/.test(model.id),
  };
}
