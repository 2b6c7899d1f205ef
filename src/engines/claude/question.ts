import type { MessageCreateParamsNonStreaming } from '@anthropic-ai/sdk/resources/messages/messages';
import type { ModelRequest, ModelRole } from '../../core/model/languageModel';

/** What is known of a model that was chosen for a role. */
export interface ClaudeModelChoice {
  readonly id: string;
  /** Tokens that fit into one request beside the answer. */
  readonly maxPromptTokens: number;
  readonly maxOutputTokens: number;
  /** False where the model does not know `effort`. */
  readonly effort: boolean;
}

const EFFORT: Readonly<Record<ModelRole, 'low' | 'medium'>> = { extract: 'low', consolidate: 'medium' };

/**
 * The body of a request. What is not in it matters: `temperature`, a forced tool and a prefilled answer are refused by the
 * models of late 2026, and `thinking` has no setting that all of them accept. The items of a batch may be hours apart: their
 * prefix is cached for an hour.
 */
export function questionOf(
  request: ModelRequest,
  choice: ClaudeModelChoice,
  ttl: '5m' | '1h' = '5m',
): MessageCreateParamsNonStreaming {
  const { role, system, prompt, schema, maxOutputTokens } = request;
  const format = { type: 'json_schema', schema: { ...schema } } as const;
  const cache = ttl === '5m' ? ({ type: 'ephemeral' } as const) : ({ type: 'ephemeral', ttl } as const);
  return {
    model: choice.id,
    max_tokens: Math.min(maxOutputTokens, choice.maxOutputTokens),
    system: [{ type: 'text', text: system, cache_control: cache }],
    messages: [{ role: 'user', content: prompt }],
    output_config: choice.effort ? { format, effort: EFFORT[role] } : { format },
  };
}
