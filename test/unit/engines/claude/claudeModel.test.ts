import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ModelNotice, ModelRequest } from '../../../../src/core/model/languageModel';
import { createClaudeModel } from '../../../../src/engines/claude/claudeModel';
import { startAnthropic } from '../../../fakes/anthropic/server';
import type { FakeAnthropic } from '../../../fakes/anthropic/types';

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

  beforeEach(async () => {
    notices = [];
    fake = await startAnthropic();
  });
  afterEach(async () => {
    await fake.close();
  });

  it('sends one small model what the port says, and nothing that its server refuses', async () => {
    const model = createClaudeModel({ apiKey: 'key-of-nobody', baseUrl: fake.url });

    const reply = await model.ask(REQUEST, options);

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
});
