import { createClaudeClient } from '../../../../src/engines/claude/client';
import { createVscodeLmModel, type ChatModel } from '../../../../src/vscode/engines/vscodeLm';
import { anthropicWorld } from './anthropicWorld';
import { casesStarting } from './cases';
import type { EngineUnderTest } from './world';

/**
 * An extension that offers a model in VS Code, as far as the engine can see: it asks the loopback Anthropic over HTTP, and
 * throws its failures as VS Code hands them on, which is as words.
 */
function offeredModel({ url, key }: { readonly url: string; readonly key: string }): ChatModel {
  const client = createClaudeClient(key, url);
  return {
    id: 'claude-sonnet-5-5',
    maxInputTokens: 200_000,
    count: async (text) => Math.ceil(text.length / 4),
    async *send(messages, stop) {
      const turns = messages.map(({ role, text }) => ({ role, content: text }));
      const params = { model: 'claude-sonnet-5-5', max_tokens: 16_000, messages: turns };
      try {
        const stream = client.messages.stream(params, { signal: stop });
        for await (const event of stream) {
          if (event.type === 'content_block_delta' && event.delta.type === 'text_delta') yield event.delta.text;
        }
        const { stop_reason, stop_details } = await stream.finalMessage();
        if (stop_reason === 'refusal') throw new Error(`Response got filtered: ${stop_details?.explanation ?? ''}`);
      } catch (error) {
        throw asVscodeHandsItOn(error);
      }
    },
  };
}

function asVscodeHandsItOn(error: unknown): Error {
  const status: unknown = Reflect.get(Object(error), 'status');
  const body: unknown = Reflect.get(Object(error), 'error');
  const headers: unknown = Reflect.get(Object(error), 'headers');
  const wait = headers instanceof Headers ? headers.get('retry-after') : null;
  const later = wait === null ? '' : ` Try again in ${wait} seconds.`;
  const words =
    typeof status === 'number'
      ? `Request Failed: ${status} ${JSON.stringify(body)}${later}`
      : error instanceof Error
        ? error.message
        : 'unknown';
  const cause = new Error(words);
  return Object.assign(new Error(words, { cause }), { name: 'LanguageModelError', code: 'Unknown' });
}

const NO_HEADERS = 'VS Code hands on no header';
const NO_CACHE = 'the API has no prompt cache';
const NO_KEY = 'key, address and connection are those of the extension that offers the model';

/** The column of `vscode-lm`. */
export const vscodeLm: EngineUnderTest = {
  engine: 'vscode-lm',
  open: async (setup) =>
    await anthropicWorld(setup, (server) =>
      createVscodeLmModel(offeredModel(server), {
        ...(setup.silenceMs === undefined ? {} : { silenceMs: setup.silenceMs }),
        ...(setup.realWaits === true ? {} : { wait: async () => undefined }),
      }),
    ),
  notApplicable: {
    ...casesStarting('batch:', 'the API has no batches'),
    'usage reported exactly': 'the API tells no usage: it is estimated',
    'shared prefix is cached': NO_CACHE,
    'first request goes alone until it is cached': NO_CACHE,
    '429 without retry-after': `${NO_HEADERS}: it waits a little, three tries in all`,
    'rate limit used up by the last answer': NO_HEADERS,
    'no environment variable changes anything': NO_KEY,
    'key in no log and no error': NO_KEY,
    'redirect is not followed': NO_KEY,
  },
};
