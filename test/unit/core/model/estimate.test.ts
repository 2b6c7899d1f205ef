import { describe, expect, it } from 'vitest';
import { estimateDream } from '../../../../src/core/model/estimate';
import { createFakeModel } from '../../../fakes/fakeModel';
import { buildSession } from '../../../fakes/sessionBuilder';
import { createWorld } from '../dream/dreamWorld';
import { dreamWith } from '../dream/model/modelWorld';

const sessions = Array.from({ length: 10 }, (_, at) =>
  buildSession(`s${at}`, '2026-11-01T10:00:00Z').says(`please do the thing number ${at}`).answers('done').end(),
);

const ZERO = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, cacheWriteHour: 0 };

describe('the estimate of a dream', () => {
  it('says what would be sent and what it costs, and sends nothing', async () => {
    const model = createFakeModel();
    const estimate = await estimateDream(createWorld({ sessions }), model);
    expect(estimate).toMatchObject({ sessions: 10, known: 0, requests: 11, exact: false });
    expect(estimate.usd).toBeGreaterThan(0.01);
    expect(estimate.usd).toBeLessThan(0.1);
    expect(model.requests).toEqual([]);
  });

  it('leaves out what an earlier dream has asked', async () => {
    const world = createWorld({ sessions });
    await dreamWith(world, createFakeModel(), { sessions: ['s1', 's2'] });
    expect(await estimateDream(world, createFakeModel())).toMatchObject({ sessions: 8, known: 2 });
    await dreamWith(world, createFakeModel());
    expect(await estimateDream(world, createFakeModel())).toMatchObject({ sessions: 0, requests: 0, usd: 0 });
  });

  it('has a few requests counted where the provider counts, and is exact where that is all of them', async () => {
    const counted: string[] = [];
    const model = {
      ...createFakeModel(),
      countTokens: async ({ prompt }: { prompt: string }) => {
        counted.push(prompt);
        return 5_000;
      },
    };
    const some = await estimateDream(createWorld({ sessions }), model);
    expect(counted).toHaveLength(8);
    expect(some).toMatchObject({ exact: false });
    expect(some.inputTokens).toBeGreaterThan(50_000);
    expect(await estimateDream(createWorld({ sessions: sessions.slice(0, 3) }), model)).toMatchObject({ exact: true });
    counted.length = 0;
    await estimateDream(createWorld({ sessions }), model, undefined, { count: false });
    expect(counted).toEqual([]);
  });

  it('is an estimate where the provider cannot count today, and stops when it is told to', async () => {
    const model = { ...createFakeModel(), countTokens: async () => undefined };
    expect(await estimateDream(createWorld({ sessions }), model)).toMatchObject({ sessions: 10, exact: false });
    const stopped = { signal: { aborted: true } };
    expect(await estimateDream(createWorld({ sessions }), model, undefined, stopped)).toMatchObject({ sessions: 0 });
  });

  it('takes the price that the user set, and the sessions that the user chose', async () => {
    const prices = { asOf: '', models: {} };
    const free = await estimateDream(createWorld({ sessions }), createFakeModel(), ['s1'], {
      prices: { ...prices, models: { 'claude-haiku-5-5': ZERO, 'claude-sonnet-5-5': ZERO } },
    });
    expect(free).toMatchObject({ sessions: 1, usd: 0 });
  });

  it('is free where a plan pays', async () => {
    const model = createFakeModel(undefined, { engine: 'claude-code', priceFactor: 0 });
    expect((await estimateDream(createWorld({ sessions }), model)).usd).toBe(0);
  });
});
