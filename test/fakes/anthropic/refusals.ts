import { wireError } from './errors';
import { isObject, listAt, objectAt, textAt, type Json } from './json';
import { schemaProblem } from './schemaRules';
import { countTokens } from './tokens';
import type { FakeModel, WireError } from './types';

const NEW_VERSION = '2026-10-21';
const KNOWN_FIELDS = new Set([
  ...['model', 'messages', 'system', 'max_tokens', 'stream', 'output_config', 'metadata', 'cache_control'],
  ...['tools', 'tool_choice', 'thinking', 'stop_sequences', 'service_tier', 'inference_geo', 'diagnostics'],
  ...['temperature', 'top_p', 'top_k', 'context_management', 'betas', 'container', 'mcp_servers', 'speed'],
]);
const EFFORTS = new Set(['low', 'medium', 'high', 'xhigh', 'max'].map((effort) => JSON.stringify(effort)));
const MAX_CACHE_MARKS = 4;

interface Rules {
  readonly version: string;
  readonly models: readonly FakeModel[];
  /** False where tokens are only counted. */
  readonly answers: boolean;
}

/** Why the API would not take these params; undefined where it would. It looks at what a client of ours could get wrong. */
export function refusalOf(body: unknown, rules: Rules): WireError | undefined {
  if (!isObject(body)) return invalid('The request body is not valid JSON.');
  const unknown = Object.keys(body).find((field) => !KNOWN_FIELDS.has(field));
  if (unknown !== undefined && rules.version === NEW_VERSION)
    return invalid(`${unknown}: Extra inputs are not permitted`);
  const name = textAt(body, 'model');
  if (name === undefined) return invalid('model: Field required');
  const model = rules.models.find(({ id }) => id === name);
  if (!model || model.lifecycle === 'retired') return wireError(404, `model: ${name}`);
  const problem =
    messagesProblem(body) ??
    (rules.answers ? maxTokensProblem(body, model) : undefined) ??
    samplingProblem(body, rules.version) ??
    thinkingProblem(body, model) ??
    outputProblem(body, model) ??
    cacheProblem(body);
  if (problem !== undefined) return invalid(problem);
  const tokens = countTokens(body);
  if (tokens <= model.maxInputTokens) return undefined;
  return invalid(`prompt is too long: ${tokens} tokens > ${model.maxInputTokens} maximum`);
}

function invalid(message: string): WireError {
  return wireError(400, message);
}

function messagesProblem(body: Json): string | undefined {
  const messages = listAt(body, 'messages');
  if (messages.length === 0) return 'messages: at least one message is required';
  const roles = messages.map((message) => textAt(message, 'role'));
  if (roles[0] !== 'user') return 'messages: first message must use the "user" role';
  if (roles.at(-1) === 'assistant') {
    return 'This model does not support assistant message prefill. The conversation must end with a user message.';
  }
  const empty = messages.findIndex((message) => isObject(message) && (message['content'] ?? '') === '');
  return empty < 0 ? undefined : `messages.${empty}: user messages must have non-empty content`;
}

function maxTokensProblem(body: Json, model: FakeModel): string | undefined {
  const max = body['max_tokens'];
  if (max === undefined) return 'max_tokens: Field required';
  if (typeof max !== 'number' || !Number.isInteger(max)) return 'max_tokens: Input should be a valid integer';
  if (max < 1) return 'max_tokens: Input should be greater than or equal to 1';
  if (max <= model.maxTokens) return undefined;
  return `max_tokens: ${max} > ${model.maxTokens}, which is the maximum allowed number of output tokens for ${model.id}`;
}

function samplingProblem(body: Json, version: string): string | undefined {
  if (version !== NEW_VERSION) return undefined;
  const field = ['temperature', 'top_p', 'top_k'].find((name) => body[name] !== undefined);
  return field === undefined ? undefined : `${field}: Extra inputs are not permitted`;
}

function thinkingProblem(body: Json, model: FakeModel): string | undefined {
  if (objectAt(body, 'thinking')?.['type'] === 'enabled' && model.effort) {
    return `thinking.type: "enabled" is not supported for ${model.id}`;
  }
  const forced = textAt(objectAt(body, 'tool_choice'), 'type');
  if (forced !== 'any' && forced !== 'tool') return undefined;
  return model.effort ? `tool_choice: "${forced}" is not supported for ${model.id}` : undefined;
}

function outputProblem(body: Json, model: FakeModel): string | undefined {
  const config = objectAt(body, 'output_config');
  const effort = config?.['effort'] === undefined ? undefined : JSON.stringify(config['effort']);
  if (effort !== undefined && !EFFORTS.has(effort)) return 'output_config.effort: Input should be a known effort';
  if (effort !== undefined && !model.effort) return `output_config.effort: not supported for ${model.id}`;
  const format = objectAt(config, 'format');
  if (!format) return undefined;
  if (format['type'] !== 'json_schema') return 'output_config.format.type: Input should be "json_schema"';
  const problem = schemaProblem(format['schema']);
  return problem === undefined ? undefined : `output_config.format.schema: ${problem}`;
}

function cacheProblem(body: Json): string | undefined {
  const marks = (JSON.stringify(body).match(/"cache_control":\{/g) ?? []).length;
  if (marks <= MAX_CACHE_MARKS) return undefined;
  return `A maximum of ${MAX_CACHE_MARKS} blocks with cache_control may be provided. Found ${marks}.`;
}
