import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LanguageModel, ModelNotice, ModelRequest } from '../../../../src/core/model/languageModel';
import { createClaudeModel, type ClaudeOptions } from '../../../../src/engines/claude/claudeModel';
import { createClock } from '../../../../src/node/clock';
import { framesOf, messageOf } from '../../../fakes/anthropic/answer';
import { startAnthropic } from '../../../fakes/anthropic/server';
import type { FakeAnthropic } from '../../../fakes/anthropic/types';

const USAGE = { input: 1, output: 1, cacheRead: 0, cacheWrite: 0 };
const REQUEST: ModelRequest = {
  key: 'session-1',
  role: 'extract',
  system: 'Look for what is worth remembering. '.repeat(200),
  prompt: '<document>Hello</document> What is worth remembering?',
  schema: {
    type: 'object',
    properties: { findings: { type: 'array', items: { type: 'string' } } },
    required: ['findings'],
    additionalProperties: false,
  },
  maxOutputTokens: 16_000,
};

describe('the Messages API', () => {
  let fake: FakeAnthropic;
  let notices: ModelNotice[];
  const signal = new AbortController().signal;
  const options = { signal, onNotice: (notice: ModelNotice) => void notices.push(notice) };

  const model = (more: Partial<ClaudeOptions> = {}): LanguageModel =>
    createClaudeModel({ apiKey: 'key-of-nobody', baseUrl: fake.url, ...more });

  beforeEach(async () => {
    notices = [];
    fake = await startAnthropic();
  });
  afterEach(async () => {
    await fake.close();
  });

  it('sends one small model what the port says, and nothing that its server refuses', async () => {
    const reply = await model().ask(REQUEST, options);

    expect(reply).toMatchObject({ kind: 'answer', value: { findings: [] }, model: 'claude-haiku-5-5' });
    expect(fake.requests).toHaveLength(1);
    expect(fake.requests[0]).toMatchObject({ key: 'key-of-nobody', path: '/v1/messages' });
    expect(fake.requests[0]?.headers['anthropic-version']).toBe('2026-10-21');
    expect(fake.requests[0]?.body).toEqual({
      model: 'claude-haiku-5-5',
      max_tokens: 16_000,
      system: [{ type: 'text', text: REQUEST.system, cache_control: { type: 'ephemeral' } }],
      messages: [{ role: 'user', content: REQUEST.prompt }],
      output_config: { format: { type: 'json_schema', schema: REQUEST.schema }, effort: 'low' },
      stream: true,
    });
  });

  it('adds what broken tries have cost to the price of the one that worked', async () => {
    const usage = { input: 100, output: 20, cacheRead: 3, cacheWrite: 4 };
    fake.next(
      { partial: '{"findings": [', then: { type: 'overloaded_error' }, usage },
      { json: { findings: [] }, usage },
    );

    const reply = await model({ wait: async () => undefined }).ask(REQUEST, options);

    // Of the broken one only its beginning was told: one token out.
    expect(reply.usage).toEqual({ input: 200, output: 21, cacheRead: 6, cacheWrite: 8 });
  });

  it('tells with the error what was paid for nothing', async () => {
    const usage = { input: 100, output: 20, cacheRead: 0, cacheWrite: 0 };
    const broken = { partial: '{', then: { type: 'overloaded_error' }, usage } as const;
    fake.next(broken, broken, broken);

    await expect(model({ wait: async () => undefined }).ask(REQUEST, options)).rejects.toMatchObject({
      code: 'model-busy',
      details: { input: 300, output: 3 },
    });
  });

  it('takes a stream that ends before its message for a cut', async () => {
    fake.next({ partial: '{"findings": []}', then: 'end' }, { json: { findings: ['whole'] } });

    const reply = await model({ wait: async () => undefined }).ask(REQUEST, options);

    expect(reply).toMatchObject({ kind: 'answer', value: { findings: ['whole'] } });
    expect(notices.map(({ kind }) => kind)).toEqual(['retrying']);
  });

  it('does not take thinking for silence: pings are heard', async () => {
    const server = createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      let pings = 0;
      const timer = setInterval(() => {
        pings += 1;
        if (pings < 8) return void response.write('event: ping\ndata: {"type":"ping"}\n\n');
        clearInterval(timer);
        const message = messageOf({ json: { findings: [] } }, {}, 'msg_1', USAGE);
        response.end(framesOf(message).join(''));
      }, 60);
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    try {
      const reply = await model({ baseUrl, times: { silenceMs: 300 } }).ask(REQUEST, options);
      expect(reply.kind).toBe('answer');
      expect(notices).toEqual([]);
    } finally {
      server.close();
    }
  });

  it('gives a model no more room than it has, and no effort that it does not know', async () => {
    const small = { id: 'claude-haiku-4-5-20251001', maxPromptTokens: 1, maxOutputTokens: 8_000, effort: false };
    await model({ models: { extract: small, consolidate: small } }).ask(REQUEST, options);

    expect(fake.requests[0]?.body).toMatchObject({ max_tokens: 8_000 });
    expect(fake.requests[0]?.text).not.toContain('effort');
  });

  it('waits as long as an overloaded server says, and asks no more where it says so', async () => {
    fake.next(
      { status: 529, headers: { 'retry-after': '30' } },
      { status: 529, headers: { 'x-should-retry': 'false' } },
    );

    await expect(model({ wait: async () => undefined }).ask(REQUEST, options)).rejects.toMatchObject({
      code: 'model-busy',
    });

    expect(notices).toMatchObject([{ kind: 'retrying', delayMs: 30_000 }]);
    expect(fake.requests).toHaveLength(2);
  });

  it.each([
    ['a date', 'Sat, 21 Nov 2026 12:00:30 GMT', 30_000],
    ['nonsense', 'soon', undefined],
  ])('reads a retry-after that is %s', async (_, header, delayMs) => {
    const clock = { ...createClock(), now: () => Date.parse('2026-11-21T12:00:00Z') };
    fake.next({ status: 429, headers: { 'retry-after': header } });

    const asking = model({ clock, wait: async () => undefined }).ask(REQUEST, options);

    if (delayMs === undefined) await expect(asking).rejects.toMatchObject({ code: 'model-busy' });
    else expect((await asking).kind).toBe('answer');
    expect(notices.map((notice) => notice.delayMs)).toEqual(delayMs === undefined ? [] : [delayMs]);
  });
});
