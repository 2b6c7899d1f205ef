import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startAnthropic } from '../../fakes/anthropic/server';
import type { FakeAnthropic } from '../../fakes/anthropic/types';

/** Every other test trusts this server: it has to say no where the real one does. */
describe('the loopback Anthropic', () => {
  let fake: FakeAnthropic;
  const BODY = { model: 'claude-haiku-5-5', max_tokens: 100, messages: [{ role: 'user', content: 'Hello' }] };
  const NEW = { authorization: 'Bearer key', 'anthropic-version': '2026-10-21' };
  const OLD = { 'x-api-key': 'key', 'anthropic-version': '2023-06-01' };

  const post = async (body: unknown, headers: Record<string, string> = NEW, path = '/v1/messages'): Promise<Response> =>
    await fetch(`${fake.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  const refusal = async (body: unknown, headers: Record<string, string> = NEW): Promise<string> => {
    const response = await post(body, headers);
    const { error } = (await response.json()) as { error?: { type: string; message: string } };
    return `${response.status} ${error?.type ?? 'accepted'}: ${error?.message ?? ''}`;
  };
  const schema = (properties: object, rest: object = {}): object => ({
    ...BODY,
    output_config: {
      format: {
        type: 'json_schema',
        schema: { type: 'object', properties, required: Object.keys(properties), additionalProperties: false, ...rest },
      },
    },
  });

  beforeEach(async () => {
    fake = await startAnthropic();
  });
  afterEach(async () => {
    await fake.close();
  });

  it('takes both styles of key and version, and remembers what came', async () => {
    expect((await post(BODY, NEW)).status).toBe(200);
    expect((await post(BODY, OLD)).status).toBe(200);
    expect(fake.requests.map(({ key, path, body }) => [key, path, body])).toEqual([
      ['key', '/v1/messages', BODY],
      ['key', '/v1/messages', BODY],
    ]);
  });

  it('calls tools as a script says, each call with an id of its own', async () => {
    fake.next({ words: 'I look.', calls: ['a', 'b'].map((file) => ({ name: 'Read', input: { file } })) });
    const answer = (await (await post(BODY)).json()) as { content: { id?: string }[]; stop_reason: string };
    expect(answer.stop_reason).toBe('tool_use');
    expect(answer.content).toMatchObject([
      { type: 'text', text: 'I look.' },
      { type: 'tool_use', name: 'Read', input: { file: 'a' } },
      { type: 'tool_use', name: 'Read', input: { file: 'b' } },
    ]);
    expect(new Set(answer.content.map(({ id }) => id)).size).toBe(3);
  });

  it('refuses no key, no version and a strange version', async () => {
    expect(await refusal(BODY, { 'anthropic-version': '2026-10-21' })).toMatch(/^401 authentication_error/);
    expect(await refusal(BODY, { authorization: 'Bearer key' })).toMatch(/^400 /);
    expect(await refusal(BODY, { ...NEW, 'anthropic-version': '2020-01-01' })).toMatch(/^400 /);
  });

  it.each([
    ['temperature', { ...BODY, temperature: 0 }, /temperature/],
    ['a prefilled answer', { ...BODY, messages: [...BODY.messages, { role: 'assistant', content: '{' }] }, /prefill/],
    ['a forced tool', { ...BODY, tool_choice: { type: 'any' } }, /tool_choice/],
    ['thinking by budget', { ...BODY, thinking: { type: 'enabled', budget_tokens: 2000 } }, /thinking/],
    ['no max_tokens', { ...BODY, max_tokens: undefined }, /max_tokens/],
    ['too high max_tokens', { ...BODY, max_tokens: 128_001 }, /max_tokens/],
    ['fields it does not know', { ...BODY, response_format: {} }, /response_format/],
    ['a strange effort', { ...BODY, output_config: { effort: 'huge' } }, /effort/],
    [
      'effort where there is none',
      { ...BODY, model: 'claude-haiku-4-5-20251001', output_config: { effort: 'low' } },
      /effort/,
    ],
    ['no question', { ...BODY, messages: [] }, /messages/],
    ['an open object in a schema', schema({}, { additionalProperties: true }), /additionalProperties/],
    ['a length in a schema', schema({ a: { type: 'string', maxLength: 3 } }), /maxLength/],
    ['recursion in a schema', schema({ a: { $ref: '#' } }), /\$ref/],
    [
      '25 optional fields',
      schema(Object.fromEntries(Array.from({ length: 25 }, (_, n) => [`f${n}`, { type: 'string' }])), { required: [] }),
      /optional/,
    ],
  ])('refuses %s', async (_, body, message) => {
    const said = await refusal(body);
    expect(said).toMatch(/^400 invalid_request_error/);
    expect(said).toMatch(message);
  });

  it('still takes from the old version what only the new one refuses', async () => {
    expect(await refusal({ ...BODY, temperature: 1 }, OLD)).toMatch(/^200 /);
  });

  it('knows its models and its paths', async () => {
    expect(await refusal({ ...BODY, model: 'claude-of-tomorrow' })).toBe(
      '404 not_found_error: model: claude-of-tomorrow',
    );
    expect((await post({}, NEW, '/v1/nothing')).status).toBe(404);
    expect((await fetch(`${fake.url}/v1/messages`, { headers: NEW })).status).toBe(405);
  });

  it('words an error as the API does, with the id of the request', async () => {
    fake.next({ status: 529, headers: { 'x-should-retry': 'true' } });
    const response = await post(BODY);
    expect(response.status).toBe(529);
    expect(response.headers.get('x-should-retry')).toBe('true');
    expect(await response.json()).toEqual({
      type: 'error',
      error: { type: 'overloaded_error', message: 'Overloaded' },
      request_id: response.headers.get('request-id'),
    });
  });

  it('streams in frames that add up to the message', async () => {
    fake.next({ text: 'a'.repeat(1000), usage: { input: 7, output: 9 } });
    const text = await (await post({ ...BODY, stream: true })).text();
    const frames = text
      .trim()
      .split('\n\n')
      .map((frame) => /^event: (\w+)\ndata: (.*)$/.exec(frame)!);
    expect(frames.map(([, event]) => event)).toEqual([
      ...['message_start', 'ping', 'content_block_start'],
      ...['content_block_delta', 'content_block_delta', 'content_block_delta'],
      ...['content_block_stop', 'message_delta', 'message_stop'],
    ]);
    const data = frames.map(([, , json]) => JSON.parse(json!) as Record<string, never>);
    expect(data.map((frame) => (frame['delta'] as { text?: string } | undefined)?.text ?? '').join('')).toBe(
      'a'.repeat(1000),
    );
    expect(data.at(-2)?.['usage']).toMatchObject({ input_tokens: 7, output_tokens: 9 });
  });

  it('answers with the smallest value of the schema where no script says anything', async () => {
    const properties = {
      list: { type: 'array', items: { type: 'string' } },
      kind: { type: 'string', enum: ['new', 'old'] },
      inner: { type: 'object', properties: { n: { type: 'integer' } }, required: ['n'], additionalProperties: false },
    };
    const { content } = (await (await post(schema(properties))).json()) as { content: { text: string }[] };
    expect(JSON.parse(content[0]!.text)).toEqual({ list: [], kind: 'new', inner: { n: 0 } });
  });

  it('asks the newest script first, and a queued reply before all', async () => {
    fake.reply(() => ({ text: 'older' }));
    fake.reply(({ body }) => (JSON.stringify(body).includes('Hello') ? { text: 'newer' } : undefined));
    fake.next({ text: 'queued' });
    const texts = [];
    for (const content of ['Hello', 'Hello', 'Bye']) {
      const response = await post({ ...BODY, messages: [{ role: 'user', content }] });
      texts.push(((await response.json()) as { content: { text: string }[] }).content[0]?.text);
    }
    expect(texts).toEqual(['queued', 'newer', 'older']);
  });
});
