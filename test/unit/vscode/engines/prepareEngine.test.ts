import { describe, expect, it } from 'vitest';
import { PRICES } from '../../../../src/core/model/prices';
import {
  prepareEngine,
  newSessions,
  type ConfirmDream,
  type OpenedEngine,
} from '../../../../src/vscode/engines/prepareEngine';
import { createFakeModel, type FakeModel } from '../../../fakes/fakeModel';
import { createWorld } from '../../core/dream/dreamWorld';
import { session } from '../../core/dream/model/modelWorld';

const SAID = 'From now on name every migration after its ticket.';

/** The fake model, which also notes what it is asked to count. */
function counting(): FakeModel & { readonly counted: readonly string[] } {
  const counted: string[] = [];
  const model = createFakeModel();
  return Object.assign(model, {
    counted,
    countTokens: async ({ prompt }: { readonly prompt: string }) => {
      counted.push(prompt);
      return 5_000;
    },
  });
}

function prepare(confirm: ConfirmDream | undefined, limitUsd = 1, store?: OpenedEngine) {
  const model = counting();
  const ports = createWorld({ sessions: [session('s1', '01', SAID), session('s2', '02', SAID)] });
  const controller = new AbortController();
  const prepared = prepareEngine({
    ports,
    plan: { kind: 'model', engine: store === undefined ? 'claude' : 'managed', limitUsd },
    folder: 'shop',
    address: '',
    prices: PRICES,
    signal: controller.signal,
    progress: { report: () => undefined },
    open: async () => store ?? { kind: 'model', model },
    ...(confirm === undefined ? {} : { confirm }),
  });
  return { model, ports, prepared, controller };
}

describe('a dream over a model, before it starts', () => {
  it('sends nothing before the user agreed, not even to be counted', async () => {
    const { model, prepared } = prepare(async (forecast) => {
      expect(forecast).toMatchObject({ folder: 'shop', engine: 'claude', limitUsd: 1, counted: false });
      expect(forecast.estimate).toMatchObject({ sessions: 2, known: 0, exact: false });
      expect(forecast.estimate.usd).toBeGreaterThan(0);
      return forecast.limitUsd;
    });
    const { engine } = await prepared;
    expect(engine).toMatchObject({ capUsd: 1, estimatedUsd: expect.any(Number) as number, prices: PRICES });
    expect(model.counted).toEqual([]);
    expect(model.requests).toEqual([]);
  });

  it('has the tokens counted where the user asks for that', async () => {
    const { model, prepared } = prepare(async (_, count) => {
      expect(model.counted).toEqual([]);
      const exact = await count();
      expect(exact).toMatchObject({ counted: true, estimate: { exact: true } });
      return exact.limitUsd;
    });
    await prepared;
    expect(model.counted.join()).toContain(SAID);
    expect(model.requests).toEqual([]);
  });

  it('is limited to what the user said last', async () => {
    expect((await prepare(async () => 0.25).prepared).engine).toMatchObject({ capUsd: 0.25 });
  });

  it('does not start where the user does not want it, or cancelled meanwhile', async () => {
    await expect(prepare(async () => undefined).prepared).rejects.toMatchObject({ code: 'cancelled' });
    const meanwhile = prepare(async (forecast) => {
      meanwhile.controller.abort();
      return forecast.limitUsd;
    });
    await expect(meanwhile.prepared).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('by itself starts below the limit, with the tokens counted, and not above it', async () => {
    const { model, prepared } = prepare(undefined);
    expect((await prepared).engine).toMatchObject({ capUsd: 1 });
    expect(model.counted.length).toBeGreaterThan(0);
    const over = prepare(undefined, 0.000_01);
    await expect(over.prepared).rejects.toMatchObject({ code: 'over-budget', details: { capUsd: 0.000_01 } });
    expect(over.model.requests).toEqual([]);
  });

  it('elsewhere is estimated on this machine alone, and dearer than reading once', async () => {
    const dreamer = { engine: 'managed', dream: async () => [], cleanUp: async () => [] } as const;
    const opened: OpenedEngine = { kind: 'store', dreamer, dreamModel: 'claude-sonnet-5' };
    let reading = 0;
    await prepare(async ({ estimate, limitUsd }) => {
      reading = estimate.usd;
      return limitUsd;
    }).prepared;
    const { prepared } = prepare(
      async (forecast) => {
        expect(forecast).toMatchObject({
          engine: 'managed',
          counted: false,
          models: { consolidate: 'claude-sonnet-5' },
        });
        expect(forecast.estimate.usd).toBeGreaterThan(reading);
        return forecast.limitUsd;
      },
      5,
      opened,
    );
    expect((await prepared).engine).toMatchObject({ engine: 'managed', estimatedUsd: expect.any(Number) as number });
  });

  it('counts what is new, so that nobody is asked for money over nothing', async () => {
    expect(await newSessions(prepare(async () => 1).ports)).toBe(2);
    expect(await newSessions(createWorld())).toBe(0);
  });
});
