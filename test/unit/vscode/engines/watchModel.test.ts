import { describe, expect, it } from 'vitest';
import type { LanguageModel, ModelReply, ModelRequest } from '../../../../src/core/model/languageModel';
import { PRICES } from '../../../../src/core/model/prices';
import { noticeWords, watchModel } from '../../../../src/vscode/engines/watchModel';

const MILLION = { input: 1_000_000, output: 0, cacheRead: 0, cacheWrite: 0 };
const reply: ModelReply = { kind: 'truncated', usage: MILLION, model: 'claude-sonnet-5-5' };
const request: ModelRequest = { key: 'a', role: 'consolidate', system: '', prompt: '', schema: {}, maxOutputTokens: 1 };

const traits: LanguageModel['traits'] = {
  engine: 'claude-batch',
  maxPromptTokens: { extract: 1, consolidate: 1 },
  model: { extract: 'claude-haiku-5-5', consolidate: 'claude-sonnet-5-5' },
  priceFactor: 0.5,
  concurrency: 1,
};

const batching: LanguageModel = {
  traits,
  ask: async (_, { onNotice }) => {
    onNotice({ kind: 'waiting', delayMs: 60_000, message: 'Too fast.' });
    return reply;
  },
  askMany: async (requests, { onReply }) => {
    for (const { key } of requests) await onReply(key, reply);
    await onReply('b', { kind: 'failed', reason: 'expired', message: '' });
  },
};

describe('a watched model', () => {
  it('adds up what its answers cost, those of a batch at their price', async () => {
    const { model, cost } = watchModel(batching, PRICES);
    expect(cost.usd).toBe(0);
    const notices: string[] = [];
    const options = {
      signal: { aborted: false },
      onNotice: ({ message }: { message: string }) => void notices.push(message),
    };
    expect(await model.ask(request, options)).toBe(reply);
    expect(cost.usd).toBeCloseTo(2);
    expect(notices).toEqual(['Too fast; next try in 60 s']);
    const handed: string[] = [];
    const onReply = async (key: string): Promise<void> => void handed.push(key);
    await model.askMany?.([request], { ...options, onHandle: async () => undefined, onReply });
    expect(handed).toEqual(['a', 'b']);
    expect(cost.usd).toBeCloseTo(3);
  });

  it('can do what it could before, and nothing else', () => {
    const single: LanguageModel = { traits, ask: async () => reply };
    expect(Object.keys(watchModel(single, PRICES).model)).toEqual(['traits', 'ask']);
    expect(Object.keys(watchModel(batching, PRICES).model)).toEqual(['traits', 'ask', 'askMany']);
  });
});

describe('a notice', () => {
  it('says how long the wait is', () => {
    expect(noticeWords({ kind: 'polling', message: 'The batch is under way.' })).toBe('The batch is under way.');
    expect(noticeWords({ kind: 'waiting', message: 'Slow', delayMs: 900_000 })).toBe('Slow; next try in 15 min');
    expect(noticeWords({ kind: 'retrying', message: 'Slow.', delayMs: 10 })).toBe('Slow; next try in 1 s');
  });
});
