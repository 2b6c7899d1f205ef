import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask, GOOD, type Case } from './case';
import { inWorld, QUESTION } from './world';

/** What the model says, and how it is told on. */
export const answerCases = {
  'schema-valid answer': async (engine) =>
    await inWorld(engine, { steps: [{ do: 'answer', value: GOOD }] }, async ({ model }) => {
      const { reply, notices } = await ask(model);
      assert.equal(reply.kind, 'answer');
      assert.deepEqual(reply.value, GOOD);
      const named = model.traits.model.extract;
      if (named !== '') assert.equal(reply.model, named);
      assert.deepEqual(notices, []);
    }),
  'usage reported exactly': async (engine) => {
    const usage = { input: 1234, output: 567, cacheRead: 89, cacheWrite: 10 };
    await inWorld(engine, { steps: [{ do: 'answer', value: GOOD, usage }] }, async ({ model }) => {
      const { reply } = await ask(model);
      assert.deepEqual(reply.usage, usage);
    });
  },
  'shared prefix is cached': async (engine) =>
    await inWorld(engine, {}, async ({ model }) => {
      const first = await ask(model);
      const second = await ask(model, { ...QUESTION, key: 'work-item-2', prompt: 'Another session.' });
      assert.ok(first.reply.usage.cacheWrite > 0, 'the first request writes the prefix');
      assert.equal(first.reply.usage.cacheRead, 0);
      assert.equal(second.reply.usage.cacheRead, first.reply.usage.cacheWrite);
      assert.equal(second.reply.usage.cacheWrite, 0);
    }),
  'first request goes alone until it is cached': async (engine) => {
    let release = (): void => undefined;
    const until = new Promise<void>((resolve) => (release = resolve));
    await inWorld(engine, { steps: [{ do: 'hold', until }] }, async ({ model, asked }) => {
      const asking = [1, 2, 3, 4].map(async (n) => await ask(model, { ...QUESTION, key: `item-${n}` }));
      while (asked() === 0) await sleep(5);
      await sleep(100);
      assert.equal(asked(), 1, 'the others wait');
      release();
      const replies = await Promise.all(asking);
      assert.equal(asked(), 4);
      assert.equal(replies.filter(({ reply }) => reply.usage.cacheWrite > 0).length, 1, 'the prefix is written once');
    });
  },
  'answer that is no JSON': async (engine) =>
    await inWorld(
      engine,
      { steps: Array(2).fill({ do: 'say', text: 'Sure! Here is what I found.' }) },
      async ({ model }) => {
        const { reply } = await ask(model);
        assert.equal(reply.kind, 'unreadable');
        assert.ok(reply.usage.output > 0, 'it is paid for all the same');
      },
    ),
  'truncated JSON': async (engine) =>
    await inWorld(engine, { steps: [{ do: 'truncate' }] }, async ({ model, asked }) => {
      const { reply } = await ask(model);
      assert.equal(reply.kind, 'truncated');
      assert.ok(reply.usage.output > 0, 'it is paid for all the same');
      assert.equal(asked(), 1, 'asking with less is for the pipeline');
    }),
  refusal: async (engine) =>
    await inWorld(engine, { steps: [{ do: 'refuse', reason: 'I would rather not.' }] }, async ({ model }) => {
      const { reply } = await ask(model);
      assert.equal(reply.kind, 'refused');
      assert.match(reply.reason, /rather not/);
      assert.ok(reply.usage.input > 0, 'it is paid for all the same');
    }),
  'tokens counted for free': async (engine) =>
    await inWorld(engine, {}, async ({ model, asked }) => {
      const tokens = await model.countTokens?.(QUESTION, { signal: { aborted: false }, onNotice: () => undefined });
      assert.ok(tokens !== undefined && tokens > QUESTION.system.length / 8, `counted ${tokens}`);
      assert.equal(asked(), 0, 'no model was asked');
    }),
} as const satisfies Record<string, Case>;
