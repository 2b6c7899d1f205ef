import { describe, expect, it } from 'vitest';
import type { ModelNotice, ModelRequest } from '../../../../src/core/model/languageModel';
import { createVscodeLmModel } from '../../../../src/vscode/engines/vscodeLm';
import { chatError, chatStandIn, type ChatTurn } from './chatStandIn';

const REQUEST: ModelRequest = {
  key: 'a',
  role: 'extract',
  system: 'You read sessions.',
  prompt: 'What did you find?',
  schema: { type: 'object', required: ['findings'], properties: { findings: { type: 'array' } } },
  maxOutputTokens: 100,
};

function ask(...turns: readonly [ChatTurn, ...ChatTurn[]]) {
  const chat = chatStandIn(...turns);
  const notices: ModelNotice[] = [];
  const signal = { aborted: false };
  const model = createVscodeLmModel(chat, { silenceMs: 150, wait: async () => undefined });
  const reply = model.ask(REQUEST, { signal, onNotice: (notice) => notices.push(notice) });
  return { chat, model, notices, signal, reply };
}

describe('a model of VS Code', () => {
  it('is told everything by the user: it knows no system and no schema', async () => {
    const { chat, reply } = ask({ say: ['{"findings"', ':[]}'] });
    expect(await reply).toMatchObject({ kind: 'answer', value: { findings: [] }, model: chat.id });
    expect(chat.asked).toHaveLength(1);
    const [first] = chat.asked[0] ?? [];
    expect(first?.role).toBe('user');
    expect(first?.text).toMatch(/^You read sessions\.\n\nWhat did you find\?\n\n.*JSON.*\n\n\{"type":"object".*\}$/su);
  });

  it('is asked once more where it did not write the wanted JSON, and both rounds are counted', async () => {
    const { chat, notices, reply } = ask({ say: ['I found nothing.'] }, { say: ['Sorry. {"findings":[]}'] });
    expect(await reply).toMatchObject({ kind: 'answer', value: { findings: [] } });
    expect(chat.asked[1]?.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
    expect(notices.map(({ kind }) => kind)).toEqual(['retrying']);
    const { usage } = await reply;
    expect(usage.output).toBe('I found nothing.'.split(' ').length + 2);
    expect(usage.input).toBeGreaterThan(30);
  });

  it('is asked once more where its object lacks what the schema requires', async () => {
    const { chat, reply } = ask({ say: ['{"found":[]}'] }, { say: ['{"findings":[]}'] });
    expect((await reply).kind).toBe('answer');
    expect(chat.asked).toHaveLength(2);
  });

  it('is given up where the second answer is no better', async () => {
    const { chat, reply } = ask({ say: ['No.'] });
    expect((await reply).kind).toBe('unreadable');
    expect(chat.asked).toHaveLength(2);
  });

  it('was cut off where its object has no end, or where it talks on and on', async () => {
    expect((await ask({ say: ['{"findings":[{"statement":"use'] }).reply).kind).toBe('truncated');
    expect((await ask({ say: ['{"findings":["', 'a'.repeat(700), '"]}'] }).reply).kind).toBe('truncated');
  });

  it('may refuse, which is recorded with its words', async () => {
    const reply = await ask({ fail: chatError('Unknown', 'Response got filtered.') }).reply;
    expect(reply).toMatchObject({ kind: 'refused', reason: expect.stringContaining('got filtered') as string });
  });

  it('is waited for where it is busy, so that the user sees it, and then no more', async () => {
    const busy = { fail: chatError('Unknown', 'oops', new Error('Rate limit exceeded')) };
    const later = ask(busy, busy, { say: ['{"findings":[]}'] });
    expect((await later.reply).kind).toBe('answer');
    expect(later.notices.map(({ kind, delayMs }) => [kind, delayMs])).toEqual([
      ['waiting', 30_000],
      ['waiting', 30_000],
    ]);
    const never = ask(busy);
    await expect(never.reply).rejects.toMatchObject({ code: 'model-busy' });
    expect(never.chat.asked).toHaveLength(3);
  });

  it.each([
    ['model-forbidden', chatError('NoPermissions', 'no')],
    ['model-forbidden', chatError('Blocked', 'blocked')],
    ['model-missing', chatError('NotFound', 'gone')],
    ['model-billing', Object.assign(new Error('You have no premium requests left'), { name: 'ChatQuotaExceeded' })],
    ['model-key', chatError('Unknown', 'x', new Error('Unauthorized'))],
    ['model-unreachable', chatError('Unknown', 'x', new Error('fetch failed'))],
    ['too-large', chatError('Unknown', 'Message exceeds token limit.')],
    ['model-failed', chatError('Unknown', 'something else')],
    ['model-failed', 'a text'],
    ['model-failed', undefined],
  ])('fails as %s', async (code, thrown) => {
    const failing = ask({ say: ['{"fin'], fail: thrown }).reply;
    await expect(failing).rejects.toMatchObject({ name: 'AgentDreamsError', code });
  });

  it.each([
    ['Rate limited. Please try again in 7 seconds.', 7_000],
    ['Too many requests: retry after 2 minutes', 120_000],
  ])('is waited for as long as it says: %s', async (said, delayMs) => {
    const { notices, reply } = ask({ fail: new Error(said) }, { say: ['{"findings":[]}'] });
    expect((await reply).kind).toBe('answer');
    expect(notices.map((notice) => notice.delayMs)).toEqual([delayMs]);
  });

  it('is not waited for until tomorrow', async () => {
    const { chat, reply } = ask({ fail: new Error('Rate limited. Please try again in 120 minutes.') });
    await expect(reply).rejects.toMatchObject({ code: 'model-busy' });
    expect(chat.asked).toHaveLength(1);
  });

  it('fails with the words of its provider, not with those around them', async () => {
    const { reply } = ask({ fail: chatError('Unknown', 'Request Failed: 403 {"error":{"message":"Not for you."}}') });
    await expect(reply).rejects.toMatchObject({ code: 'model-forbidden', details: { said: 'Not for you.' } });
  });

  it('that says nothing is given up', async () => {
    await expect(ask({ hang: true }).reply).rejects.toMatchObject({ code: 'model-unreachable' });
  });

  it('is stopped at once, while it speaks and while it is waited for', async () => {
    for (const turn of [{ say: ['{'], hang: true } as const, { fail: new Error('Request failed: 429') }]) {
      const chat = chatStandIn(turn);
      const model = createVscodeLmModel(chat);
      const signal = { aborted: false };
      const started = performance.now();
      const reply = model.ask(REQUEST, { signal, onNotice: () => undefined });
      setTimeout(() => (signal.aborted = true), 20);
      await expect(reply).rejects.toMatchObject({ code: 'cancelled' });
      expect(performance.now() - started).toBeLessThan(1_000);
    }
  });

  it('counts tokens, or estimates them where it cannot', async () => {
    const options = { signal: { aborted: false }, onNotice: () => undefined };
    const chat = chatStandIn({ say: [] });
    expect(await createVscodeLmModel(chat).countTokens?.(REQUEST, options)).toBeGreaterThan(20);
    const cannot = { ...chat, count: () => Promise.reject(new Error('no')) };
    expect(await createVscodeLmModel(cannot).countTokens?.(REQUEST, options)).toBeGreaterThan(20);
  });

  it('costs nothing by the price list, and leaves room in its window', () => {
    const { traits } = createVscodeLmModel(chatStandIn({ say: [] }));
    expect(traits).toMatchObject({ engine: 'vscode-lm', priceFactor: 0 });
    expect(traits.maxPromptTokens.extract).toBeLessThan(10_000);
  });
});
