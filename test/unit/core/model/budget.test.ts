import { describe, expect, it } from 'vitest';
import { Budget } from '../../../../src/core/model/budget';
import type { ModelRequest } from '../../../../src/core/model/languageModel';
import { PRICES, priceOf, usdOf, withOverrides } from '../../../../src/core/model/prices';
import { estimateTokens, tokensAtMost } from '../../../../src/core/model/tokens';
import { FAKE_TRAITS } from '../../../fakes/fakeModel';

const MILLION = { input: 1_000_000, output: 1_000_000, cacheRead: 1_000_000, cacheWrite: 1_000_000 };
const request: ModelRequest = {
  key: 'k',
  role: 'consolidate',
  system: 'x'.repeat(2_000),
  prompt: 'y'.repeat(20_000),
  schema: {},
  maxOutputTokens: 10_000,
};

describe('prices', () => {
  it.each([
    ['claude-haiku-5-5', 90_000, 0.1 + 0.5 + 0.01 + 0.125],
    ['claude-haiku-5-5', 100_001, 0.5 + 2.5 + 0.05 + 0.625],
    ['claude-sonnet-5-5', 300_000, 2 + 10 + 0.1 + 2.5],
    ['claude-sonnet-5-5-20260930', 1_000, 2 + 10 + 0.1 + 2.5],
    ['claude-opus-5-5', 1_000, 4 + 20 + 0.2 + 5],
  ])('of a million of each kind: %s at %i tokens', (model, tokens, usd) => {
    expect(usdOf(MILLION, priceOf(PRICES, model, tokens)!)).toBeCloseTo(usd, 10);
  });

  it('are the user’s where the user knows better', () => {
    const own = withOverrides(PRICES, {
      'claude-sonnet-5-5': { output: 8 },
      mine: { input: 1, output: 2 },
      half: { input: 1 },
    });
    expect(priceOf(own, 'claude-sonnet-5-5', 1)).toMatchObject({ input: 2, output: 8 });
    expect(priceOf(own, 'mine', 1)).toMatchObject({ input: 1, output: 2, cacheRead: 0.1, cacheWrite: 1.25 });
    expect(priceOf(own, 'half', 1)).toBeUndefined();
  });
});

describe('a budget', () => {
  it('sets aside the most that a request can cost, and lets none past the cap', () => {
    const budget = new Budget({ capUsd: 0.3, traits: FAKE_TRAITS });
    const most = budget.atMost(request);
    // 10,000 tokens of output at $10 a million, and the prompt written to the cache at $2.50.
    expect(most).toBeGreaterThan(0.1 + (22_000 / 3.2) * 2.5e-6);
    expect(most).toBeLessThan(0.14);
    expect(budget.reserve(most)).toBe(true);
    expect(budget.reserve(most)).toBe(true);
    expect(budget.reserve(most)).toBe(false);
    budget.release(most);
    expect(budget.reserve(most)).toBe(true);
  });

  it('counts what was spent by role and model, failed answers included', () => {
    const budget = new Budget({ capUsd: 100, traits: FAKE_TRAITS });
    budget.spend('extract', MILLION, '');
    budget.spend('extract', MILLION, 'claude-haiku-5-5');
    budget.spend('consolidate', MILLION, 'claude-opus-5-5');
    expect(budget.ledger()).toMatchObject([
      { role: 'extract', model: 'claude-haiku-5-5', requests: 2, input: 2_000_000 },
      { role: 'consolidate', model: 'claude-opus-5-5', requests: 1 },
    ]);
    expect(budget.spentUsd).toBeCloseTo(
      budget.ledger().reduce((sum, line) => sum + line.usd, 0),
      10,
    );
    expect(budget.exceeded()).toMatchObject({ code: 'over-budget', details: { capUsd: 100 } });
  });

  it('takes a model that nobody knows for the dearest one', () => {
    const unknown = new Budget({ capUsd: 100, traits: { ...FAKE_TRAITS, model: { extract: 'x', consolidate: 'x' } } });
    expect(unknown.spend('consolidate', MILLION, 'brand-new')).toBeCloseTo(10 + 50 + 0.25 + 12.5, 10);
  });

  it('halves the price of what goes through a batch only, and costs nothing where a plan pays', () => {
    const batch = new Budget({ capUsd: 100, traits: { ...FAKE_TRAITS, engine: 'claude-batch', priceFactor: 0.5 } });
    const one = batch.spend('consolidate', { ...MILLION, cacheWrite: 0 }, '');
    expect(batch.spend('consolidate', { ...MILLION, cacheWrite: 0 }, '', 'batch')).toBeCloseTo(one / 2, 10);
    const plan = new Budget({ capUsd: 0, traits: { ...FAKE_TRAITS, engine: 'claude-code', priceFactor: 0 } });
    expect(plan.reserve(plan.atMost(request))).toBe(true);
    expect(plan.spend('consolidate', MILLION, '')).toBe(0);
  });
});

describe('tokens', () => {
  it('are never more than the bound, and other scripts count for more', () => {
    for (const text of ['some words of English', 'const x = 1;', '設定ファイル', '']) {
      expect(tokensAtMost(text)).toBeGreaterThanOrEqual(estimateTokens(text));
    }
    expect(estimateTokens('設定ファイル')).toBeGreaterThan(estimateTokens('config'));
  });
});
