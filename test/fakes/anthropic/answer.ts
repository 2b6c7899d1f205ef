import { errorBody } from './errors';
import { isObject, listAt, objectAt, textAt, type Json } from './json';
import { emptyValue } from './schemaRules';
import type { FakeUsage, Reply } from './types';

/** A reply that is a message of the model, whole or cut off. */
export type MessageReply = Extract<
  Reply,
  { json: unknown } | { text: string } | { refusal: string } | { partial: string } | { calls: unknown }
>;

/** A message as the API words it. */
export interface WireMessage {
  readonly id: string;
  readonly type: 'message';
  readonly role: 'assistant';
  readonly model: string;
  readonly content: readonly Json[];
  readonly stop_reason: string;
  readonly stop_details: unknown;
  readonly usage: Json;
  readonly [field: string]: unknown;
}

/** What is answered where no script says anything: the smallest value of the schema that was asked for. */
export function defaultReply(body: unknown): Reply {
  return { json: emptyValue(answerSchema(body)) };
}

/** The schema of the answer: of structured outputs, or of the tool by which Claude Code asks for one. */
function answerSchema(body: unknown): unknown {
  return objectAt(objectAt(body, 'output_config'), 'format')?.['schema'] ?? answerTool(body)?.['input_schema'];
}

/** The tool by which Claude Code has a model answer in a schema. */
function answerTool(body: unknown): Json | undefined {
  return listAt(body, 'tools')
    .filter(isObject)
    .find((tool) => textAt(tool, 'name') === 'StructuredOutput');
}

/** The text that a reply stands for, for counting and for sending. */
export function textOf(reply: MessageReply): string {
  if ('json' in reply) return JSON.stringify(reply.json);
  if ('partial' in reply) return reply.partial;
  if ('calls' in reply) return `${reply.words ?? ''}${JSON.stringify(reply.calls)}`;
  return 'text' in reply ? reply.text : '';
}

/** The message that a reply becomes for this request. */
export function messageOf(reply: MessageReply, body: Json, id: string, usage: Required<FakeUsage>): WireMessage {
  const content = contentOf(reply, body, id);
  const refused = 'refusal' in reply;
  const callsTool = content.some(({ type }) => type === 'tool_use');
  return {
    id,
    type: 'message',
    role: 'assistant',
    model: reply.model ?? textAt(body, 'model') ?? '',
    content: refused ? [] : content,
    stop_reason: reply.stopReason ?? (refused ? 'refusal' : callsTool ? 'tool_use' : 'end_turn'),
    stop_sequence: null,
    stop_details: refused ? { type: 'refusal', category: null, explanation: reply.refusal } : null,
    container: null,
    diagnostics: null,
    usage: wireUsage({ ...usage, ...reply.usage }),
  };
}

function contentOf(reply: MessageReply, body: Json, id: string): readonly Json[] {
  const call = (index: number, name: string, input: unknown): Json => {
    const number = index === 0 ? '' : `_${index}`;
    return { type: 'tool_use', id: `${id.replace('msg', 'toolu')}${number}`, name, input };
  };
  const said = (text: string): Json => ({ type: 'text', text, citations: null });
  if ('calls' in reply) {
    const words = reply.words === undefined ? [] : [said(reply.words)];
    return [...words, ...reply.calls.map(({ name, input }, index) => call(index, name, input))];
  }
  const structured = 'json' in reply && isObject(reply.json) && answerTool(body) !== undefined;
  return [structured ? call(0, 'StructuredOutput', reply.json) : said(textOf(reply))];
}

function wireUsage(usage: Required<FakeUsage>): Json {
  return {
    input_tokens: usage.input,
    output_tokens: usage.output,
    cache_creation_input_tokens: usage.cacheWrite,
    cache_read_input_tokens: usage.cacheRead,
    cache_creation: { ephemeral_5m_input_tokens: usage.cacheWrite, ephemeral_1h_input_tokens: 0 },
    output_tokens_details: { thinking_tokens: 0 },
    server_tool_use: null,
    service_tier: 'standard',
    inference_geo: 'global',
    speed: null,
  };
}

const DELTA_CHARACTERS = 400;

/** The frames of a message that is streamed; without its end where it is cut off. */
export function framesOf(message: WireMessage, cutOff = false): readonly string[] {
  const start = { ...message, content: [], stop_reason: null, usage: { ...message.usage, output_tokens: 1 } };
  const blocks = message.content.flatMap((block, index) => blockFrames(block, index, cutOff));
  const head = [frame('message_start', { message: start }), frame('ping', {}), ...blocks];
  if (cutOff) return head;
  const delta = { stop_reason: message.stop_reason, stop_sequence: null, stop_details: message.stop_details };
  return [...head, frame('message_delta', { delta, usage: message.usage }), frame('message_stop', {})];
}

function blockFrames(block: Json, index: number, cutOff: boolean): readonly string[] {
  const tool = block['type'] === 'tool_use';
  const text = tool ? JSON.stringify(block['input']) : String(block['text']);
  const empty = tool ? { ...block, input: {} } : { ...block, text: '' };
  const pieces = text.match(new RegExp(`[^]{1,${DELTA_CHARACTERS}}`, 'g')) ?? [];
  const deltas = pieces.map((piece) =>
    frame('content_block_delta', {
      index,
      delta: tool ? { type: 'input_json_delta', partial_json: piece } : { type: 'text_delta', text: piece },
    }),
  );
  const stop = cutOff ? [] : [frame('content_block_stop', { index })];
  return [frame('content_block_start', { index, content_block: empty }), ...deltas, ...stop];
}

/** One frame of a stream. */
function frame(event: string, data: Json): string {
  return `event: ${event}\ndata: ${JSON.stringify({ type: event, ...data })}\n\n`;
}

/** The frame by which a stream says that it failed. */
export function errorFrame(type: string, message: string, requestId: string): string {
  return `event: error\ndata: ${JSON.stringify(errorBody({ type, message }, requestId))}\n\n`;
}
