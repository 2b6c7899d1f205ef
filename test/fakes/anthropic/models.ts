import { wireError } from './errors';
import type { FakeModel, RouteModule } from './types';

function model(id: string, line: string, createdAt: string, rest: Partial<FakeModel> = {}): FakeModel {
  const usual = { maxInputTokens: 1_000_000, maxTokens: 128_000, effort: true, cacheFrom: 1024 };
  return { id, line, lifecycle: 'active', createdAt, ...usual, ...rest };
}

const OLD = { maxInputTokens: 200_000, maxTokens: 64_000, effort: false, cacheFrom: 4096 } as const;

/** The models of November 2026 that matter here, newest first. */
export const FAKE_MODELS: readonly FakeModel[] = [
  model('claude-haiku-5-5', 'haiku', '2026-10-21T00:00:00Z'),
  model('claude-sonnet-5-5', 'sonnet', '2026-10-07T00:00:00Z'),
  model('claude-opus-5-5', 'opus', '2026-09-23T00:00:00Z'),
  model('claude-sonnet-5', 'sonnet', '2026-06-30T00:00:00Z'),
  model('claude-sonnet-4-6', 'sonnet', '2026-02-17T00:00:00Z', { cacheFrom: 1024 }),
  model('claude-haiku-4-5-20251001', 'haiku', '2025-10-15T00:00:00Z', OLD),
  model('claude-sonnet-4-5-20250929', 'sonnet', '2025-09-29T00:00:00Z', { ...OLD, lifecycle: 'deprecated' }),
];

/** `GET /v1/models`, with its pages, and `GET /v1/models/{id}`. */
export const modelRoutes: RouteModule = ({ models }) => [
  {
    method: 'GET',
    path: /^\/v1\/models$/,
    handle: (exchange) => {
      const { query } = exchange.request;
      const asked = query.get('lifecycle');
      const all = models.filter(({ lifecycle }) => asked === null || lifecycle === asked);
      const after = query.get('after_id');
      const from = after === null ? 0 : all.findIndex(({ id }) => id === after) + 1;
      const page = all.slice(from, from + Number(query.get('limit') ?? 20));
      exchange.json(200, {
        data: page.map(modelInfo),
        has_more: from + page.length < all.length,
        first_id: page[0]?.id ?? null,
        last_id: page.at(-1)?.id ?? null,
      });
    },
  },
  {
    method: 'GET',
    path: /^\/v1\/models\/([^/]+)$/,
    handle: (exchange, [id = '']) => {
      const found = models.find((candidate) => candidate.id === id);
      if (found) exchange.json(200, modelInfo(found));
      else exchange.error(wireError(404, `model: ${id}`));
    },
  },
];

function modelInfo(model: FakeModel): unknown {
  const supported = { supported: true };
  const effort = { supported: model.effort };
  return {
    id: model.id,
    type: 'model',
    display_name: model.id,
    line: model.line,
    lifecycle: model.lifecycle,
    created_at: model.createdAt,
    deprecated_at: model.lifecycle === 'active' ? null : '2026-08-01T00:00:00Z',
    retires_at: null,
    max_input_tokens: model.maxInputTokens,
    max_tokens: model.maxTokens,
    capabilities: {
      structured_outputs: supported,
      batch: supported,
      effort: { ...effort, low: effort, medium: effort, high: effort, max: effort, xhigh: effort },
    },
  };
}
