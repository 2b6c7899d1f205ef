import { describe, expect, it } from 'vitest';
import type { EngineName } from '../../../../src/core/dream/dream';
import type { ENGINE_CHOICES } from '../../../../src/vscode/config/engineSettings';
import { DEFAULT_SETTINGS } from '../../../../src/vscode/config/parseSettings';
import { engineFacts, ENGINES } from '../../../../src/vscode/engines/engineCatalog';
import { consentText, engineItems } from '../../../../src/vscode/engines/engineItems';
import { insteadWords, planDream, scheduleWords } from '../../../../src/vscode/engines/enginePlan';
import { costOutcome, estimateQuestion, parseLimit } from '../../../../src/vscode/engines/estimateWords';
import { dollars, grouped, roundTokens } from '../../../../src/vscode/engines/money';
import type { Surroundings } from '../../../../src/vscode/engines/readiness';
import { plainTranslate as t } from '../../../../src/vscode/translate';

const BARE: Surroundings = {
  key: undefined,
  keyInEnvironment: false,
  addressUsable: true,
  program: undefined,
  offersModels: false,
};
const FORECAST = {
  engine: 'claude' as EngineName,
  folder: 'shop',
  estimate: {
    sessions: 20,
    known: 0,
    requests: 23,
    inputTokens: 183_412,
    outputTokens: 41_000,
    usd: 0.1432,
    exact: false,
  },
  counted: false,
  limitUsd: 1,
  models: { extract: 'claude-haiku-5-5', consolidate: 'claude-sonnet-5-5' },
  address: '',
};

describe('Choose Engine', () => {
  it('shows every engine with what it needs, costs and sends', () => {
    const items = engineItems('auto', BARE, '', t);
    expect(items.map(({ engine }) => engine)).toEqual(ENGINES);
    for (const { detail } of items) {
      expect(detail.split(' · ')).toHaveLength(3);
      // More is cut off in the list.
      expect(detail.length).toBeLessThan(90);
    }
    expect(items[1]?.detail).toBe(
      'Needs an API key · about a cent a session · sends redacted extracts to api.anthropic.com',
    );
    expect(engineItems('auto', BARE, 'https://gateway.example:8443/x', t)[1]?.detail).toContain('gateway.example:8443');
  });

  it('marks the current one: offline for as long as nothing was chosen', () => {
    const current = (choice: (typeof ENGINE_CHOICES)[number]) =>
      engineItems(choice, BARE, '', t).filter(({ description }) => description.startsWith('current'));
    expect(current('auto').map(({ engine }) => engine)).toEqual(['offline']);
    for (const engine of ENGINES) expect(current(engine).map((item) => item.engine)).toEqual([engine]);
  });

  it('says what each is waiting for', () => {
    const words = (found: Partial<Surroundings>) =>
      engineItems('auto', { ...BARE, ...found }, '', t).map(({ description }) => description);
    expect(words({})).toEqual([
      'current, ready',
      'no key yet',
      'no key yet',
      'claude was not found',
      'no extension offers models',
      'no key yet',
    ]);
    expect(words({ key: 'stored', program: '/usr/bin/claude', offersModels: true })).toEqual([
      'current, ready',
      ...new Array<string>(5).fill('ready'),
    ]);
    expect(words({ keyInEnvironment: true })[1]).toBe('no key yet, one is in the environment');
    expect(words({ key: 'stored', addressUsable: false })[1]).toBe('its address cannot be used');
  });

  it.each(ENGINES)('tells all of %s before it is chosen', (engine) => {
    const text = consentText(engineFacts(engine, '', t), t);
    expect(text).toMatch(/^What it needs\n.+\n\nWhat it costs\n.+\n\nWhat it sends\n.+$/u);
  });
});

describe('what runs a dream', () => {
  const settings = (engine: (typeof ENGINE_CHOICES)[number], maxCostUsd: number | null) => ({
    engine,
    dream: { ...DEFAULT_SETTINGS.dream, maxCostUsd },
  });

  it('is offline as long as nothing was chosen, limit or not', () => {
    for (const trigger of ['command', 'schedule', 'cli'] as const) {
      expect(planDream(settings('auto', 5), trigger)).toEqual({ kind: 'offline' });
      expect(planDream(settings('offline', 5), trigger)).toEqual({ kind: 'offline' });
    }
  });

  it('is the chosen engine where the user starts it, with their limit or a small one', () => {
    expect(planDream(settings('claude', 2.5), 'command')).toEqual({ kind: 'model', engine: 'claude', limitUsd: 2.5 });
    expect(planDream(settings('claude', null), 'command')).toMatchObject({ limitUsd: 1 });
    expect(planDream(settings('claude', 0), 'command')).toMatchObject({ limitUsd: 0 });
  });

  it('is offline on a schedule unless the user chose engine and limit', () => {
    expect(planDream(settings('claude', null), 'schedule')).toEqual({
      kind: 'offline',
      instead: { engine: 'claude', because: 'no-limit' },
    });
    expect(planDream(settings('claude-batch', 1), 'schedule')).toMatchObject({ kind: 'model', limitUsd: 1 });
  });

  it('is told where it is not what was chosen', () => {
    const words = (engine: EngineName) => insteadWords(planDream(settings(engine, null), 'schedule'), t);
    expect(words('offline')).toBe('');
    expect(words('claude')).toBe(
      'It ran offline: Claude API dreams on a schedule only below a cost limit that you set.',
    );
    expect(words('claude-code')).toBe('It ran offline: Your Claude Code only dreams when you start it.');
    expect(insteadWords(planDream(settings('claude', 1), 'schedule'), t)).toBe('');
  });

  it('is told to whoever is about to have it on a schedule', () => {
    const words = (limit: number | null) => scheduleWords(planDream(settings('claude-batch', limit), 'schedule'), t);
    expect(words(null)).toBe('It runs offline, costs nothing and only proposes.');
    expect(words(0.5)).toBe('It uses Claude API in Batches, costs at most $0.50 each time, and only proposes.');
  });

  it('is offline on a schedule where the engine needs a person', () => {
    for (const engine of ['claude-code', 'vscode-lm', 'managed'] as const) {
      expect(planDream(settings(engine, 5), 'schedule')).toEqual({
        kind: 'offline',
        instead: { engine, because: 'not-by-itself' },
      });
    }
  });
});

describe('the estimate', () => {
  it('says sessions, tokens, dollars, limit, models, and what is sent where', () => {
    const { message, detail, fits } = estimateQuestion(FORECAST, t);
    expect(fits).toBe(true);
    expect(message).toBe('Dream over shop with Claude API?');
    expect(detail.split('\n\n').slice(0, 2)).toEqual([
      'What it reads\n20 sessions, 23 requests, about 180,000 tokens in and about 41,000 out. claude-haiku-5-5 reads, claude-sonnet-5-5 consolidates.',
      'What it costs\nEstimate: $0.14. Limit: $1.00; the dream stops before the request that could pass it, and keeps what it found.',
    ]);
    expect(detail).toMatch(/To api\.anthropic\.com: .*secrets replaced/u);
  });

  it('says what need not be sent again', () => {
    const { detail } = estimateQuestion({ ...FORECAST, estimate: { ...FORECAST.estimate, known: 5 } }, t);
    expect(detail).toContain('5 more are known from an earlier dream, and are not sent again. claude-haiku-5-5 reads');
    const one = estimateQuestion({ ...FORECAST, estimate: { ...FORECAST.estimate, known: 1 } }, t);
    expect(one.detail).toContain('1 more is known');
  });

  it('says whether anything was sent to be counted', () => {
    expect(estimateQuestion(FORECAST, t).detail).toMatch(/For this estimate nothing was sent\.$/u);
    const counted = estimateQuestion({ ...FORECAST, counted: true }, t);
    expect(counted.detail).toMatch(/sent to be counted, free of charge\.$/u);
  });

  it('says what the provider counted as it is', () => {
    const { detail } = estimateQuestion({ ...FORECAST, estimate: { ...FORECAST.estimate, exact: true } }, t);
    expect(detail).toContain('183,412 tokens in (counted by the provider)');
  });

  it('does not start a dream that would pass the limit', () => {
    const { message, fits } = estimateQuestion({ ...FORECAST, limitUsd: 0.1 }, t);
    expect(fits).toBe(false);
    expect(message).toBe('This dream would cost about $0.14, and your limit is $0.10.');
  });

  it('is called rough where the provider tells no price before', () => {
    expect(estimateQuestion({ ...FORECAST, engine: 'managed' }, t).detail).toContain(
      'Rough estimate: $0.14; the provider',
    );
  });

  it('speaks of plan and quota where no dollars are spent', () => {
    const free = { ...FORECAST, estimate: { ...FORECAST.estimate, usd: 0 }, models: { extract: '', consolidate: '' } };
    expect(estimateQuestion({ ...free, engine: 'claude-code' }, t).detail).toContain('limits of your Claude plan');
    expect(estimateQuestion({ ...free, engine: 'vscode-lm' }, t).detail).not.toContain('$');
  });

  it('is compared with what it cost in the end', () => {
    expect(costOutcome({ costUsd: 0 }, t)).toBe('');
    expect(costOutcome({ costUsd: 0.2, estimatedUsd: 0.25 }, t)).toBe('It cost $0.20, $0.25 was estimated.');
    expect(costOutcome({ costUsd: 0.001 }, t)).toBe('It cost less than $0.01.');
  });
});

describe('a typed limit', () => {
  it.each([
    ['1', 1],
    ['$2.50', 2.5],
    [' 0 ', 0],
    ['1000', 1_000],
  ])('%j is %d', (text, usd) => expect(parseLimit(text, 1_000)).toBe(usd));

  it.each(['', '-1', '1e9', '1001', 'one', '1,50', 'NaN', '0x10'])('%j is none', (text) => {
    expect(parseLimit(text, 1_000)).toBeUndefined();
  });
});

describe('amounts', () => {
  it('are written for people', () => {
    expect([0, 0.004, 0.005, 1, 12.345].map((usd) => dollars(usd, t))).toEqual([
      'nothing',
      'less than $0.01',
      '$0.01',
      '$1.00',
      '$12.35',
    ]);
    expect([7, 1_234_567].map(grouped)).toEqual(['7', '1,234,567']);
    expect([7, 1_234, 183_412, 98_765_432].map(roundTokens)).toEqual(['7', '1,200', '180,000', '99,000,000']);
  });
});
