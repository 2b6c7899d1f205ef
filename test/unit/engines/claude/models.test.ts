import { afterEach, describe, expect, it } from 'vitest';
import { chooseClaudeModels } from '../../../../src/engines/claude/claudeModel';
import { FAKE_MODELS } from '../../../fakes/anthropic/models';
import { startAnthropic } from '../../../fakes/anthropic/server';
import type { FakeAnthropic, FakeModel, FakeOptions } from '../../../fakes/anthropic/types';

describe('choosing the models', () => {
  let fake: FakeAnthropic | undefined;
  const ask = { signal: { aborted: false }, onNotice: () => undefined };
  const choose = async (
    options: FakeOptions,
    wanted: Parameters<typeof chooseClaudeModels>[1] = {},
  ): ReturnType<typeof chooseClaudeModels> => {
    fake = await startAnthropic(options);
    return await chooseClaudeModels({ apiKey: 'key-of-nobody', baseUrl: fake.url }, wanted, ask);
  };
  const model = (id: string, line: string, createdAt: string, rest: Partial<FakeModel> = {}): FakeModel => ({
    ...FAKE_MODELS[0]!,
    id,
    line,
    createdAt,
    ...rest,
  });

  afterEach(async () => {
    await fake?.close();
  });

  it('takes the newest active model of each line, with what the server knows of it', async () => {
    const models = await choose({
      models: [
        model('claude-haiku-7', 'haiku', '2027-03-01T00:00:00Z', { lifecycle: 'deprecated' }),
        model('claude-haiku-5-5', 'haiku', '2026-10-21T00:00:00Z'),
        model('claude-sonnet-6', 'sonnet', '2027-01-01T00:00:00Z', { maxTokens: 32_000, effort: false }),
        model('claude-sonnet-5-5', 'sonnet', '2026-10-07T00:00:00Z'),
        model('claude-opus-9', 'opus', '2027-05-01T00:00:00Z'),
      ],
    });

    expect(models.extract).toEqual({
      id: 'claude-haiku-5-5',
      maxPromptTokens: 968_000,
      maxOutputTokens: 128_000,
      effort: true,
    });
    expect(models.consolidate).toMatchObject({ id: 'claude-sonnet-6', maxOutputTokens: 32_000, effort: false });
  });

  it('reads every page of a long list', async () => {
    const many = Array.from({ length: 130 }, (_, index) =>
      model(`claude-opus-${index}`, 'opus', '2026-01-01T00:00:00Z'),
    );
    const models = await choose({ models: [...many, model('claude-haiku-0', 'haiku', '2025-01-01T00:00:00Z')] });

    expect(models.extract.id).toBe('claude-haiku-0');
    expect(fake?.requests.map(({ path, query }) => [path, query.get('after_id')])).toEqual([
      ['/v1/models', null],
      ['/v1/models', 'claude-opus-99'],
    ]);
  });

  it('takes the dated names where a line has no model, and where the server has no list', async () => {
    const opus = await choose({ models: [model('claude-opus-9', 'opus', '2027-05-01T00:00:00Z')] });
    expect([opus.extract.id, opus.consolidate.id]).toEqual(['claude-haiku-5-5', 'claude-sonnet-5-5']);

    const other = await startAnthropic();
    other.trouble(({ path }) => (path === '/v1/models' ? { status: 404 } : undefined));
    const models = await chooseClaudeModels(
      { apiKey: 'key', baseUrl: other.url },
      { extract: 'my-gateway-model' },
      ask,
    );
    await other.close();
    expect([models.extract.id, models.consolidate.id]).toEqual(['my-gateway-model', 'claude-sonnet-5-5']);
  });

  it('takes the models that are wanted, and says so where one is not there', async () => {
    const models = await choose({}, { extract: 'claude-haiku-4-5-20251001' });
    expect(models.extract).toMatchObject({ id: 'claude-haiku-4-5-20251001', effort: false, maxPromptTokens: 168_000 });

    await fake?.close();
    await expect(choose({}, { consolidate: 'claude-haiku-99' })).rejects.toMatchObject({ code: 'model-missing' });
  });

  it('tells a wrong key at once, without asking a model', async () => {
    await expect(choose({ acceptedKey: 'another' })).rejects.toMatchObject({ code: 'model-key' });
    expect(fake?.requests).toHaveLength(1);
  });
});
