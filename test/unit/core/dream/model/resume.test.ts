import { describe, expect, it } from 'vitest';
import type { LanguageModel } from '../../../../../src/core/model/languageModel';
import { AgentDreamsError } from '../../../../../src/core/errors';
import { listDreams } from '../../../../../src/core/dream/dreamFiles';
import type { CapturedSession } from '../../../../../src/core/sessions/session';
import { answer, createFakeBatchModel, createFakeModel, nothing, USAGE } from '../../../../fakes/fakeModel';
import { buildSession } from '../../../../fakes/sessionBuilder';
import { createWorld, textAt } from '../dreamWorld';
import {
  completed,
  dreamWith,
  keysOf,
  portal,
  portalChange,
  portalFinding,
  reasons,
  says,
  session,
} from './modelWorld';

describe('answers that are none', () => {
  const talks = (count: number): CapturedSession =>
    Array.from({ length: count }, (_, at) => at)
      .reduce(
        (built, at) => built.says(`do step ${at} of the plan`).answers(`step ${at} is done`),
        buildSession('s1', '2026-11-01T10:00:00Z'),
      )
      .end();

  it('ask with half of it where they were cut off, and next time with the halves at once', async () => {
    const world = createWorld({ sessions: [talks(8)] });
    const model = createFakeModel((request) =>
      request.prompt.length > 700 ? { kind: 'truncated', usage: USAGE, model: '' } : nothing(request),
    );
    expect(await dreamWith(world, model)).toMatchObject({ kind: 'completed' });
    expect(model.requests.length).toBeGreaterThan(2);
    const later = createFakeModel();
    await dreamWith(world, later);
    expect(later.requests).toEqual([]);
  });

  it('are written down where the model refuses', async () => {
    const world = createWorld({ sessions: [portal] });
    const model = createFakeModel(() => ({ kind: 'refused', reason: 'cannot help', usage: USAGE, model: '' }));
    expect(reasons(await dreamWith(world, model))).toEqual(['the model would not answer: cannot help']);
  });

  it.each([
    ['no JSON', { kind: 'unreadable', usage: USAGE, model: '' } as const],
    ['another shape', answer({ ideas: [] })],
  ])('are asked for once more: %s', async (_, reply) => {
    const model = createFakeModel((request, nth) => (nth === 0 ? reply : nothing(request)));
    expect(reasons(await dreamWith(createWorld({ sessions: [portal] }), model))).toEqual([]);
    expect(model.requests).toHaveLength(2);
    const never = createFakeModel(() => reply);
    expect(reasons(await dreamWith(createWorld({ sessions: [portal] }), never))).toEqual([
      'the model’s answer could not be read, twice',
    ]);
    expect(never.requests).toHaveLength(2);
  });
});

describe('a dream that was stopped', () => {
  const sessions = Array.from({ length: 12 }, (_, at) =>
    session(`s${at}`, String(at + 10), `from now on name every migration number ${at} after its ticket`),
  );

  it('goes on where it stood when it was canceled: nothing is sent twice', async () => {
    const world = createWorld({ sessions });
    const signal = { aborted: false };
    const first = createFakeModel((request, nth) => {
      if (nth === 5) signal.aborted = true;
      return nothing(request);
    });
    expect(await dreamWith(world, first, { signal })).toMatchObject({
      kind: 'canceled',
      record: { status: 'canceled' },
    });
    const second = createFakeModel();
    expect(await dreamWith(world, second)).toMatchObject({ kind: 'completed' });
    const all = [...keysOf(first.requests), ...keysOf(second.requests)];
    expect(new Set(all).size).toBe(all.length);
    expect(all).toHaveLength(12);
  });

  it('stops all others when one fails for good, and keeps what was paid for', async () => {
    const world = createWorld({ sessions });
    const failing = createFakeModel((request, nth) =>
      nth === 3 ? { kind: 'failed', reason: 'errored', message: 'no' } : nothing(request),
    );
    const outcome = await dreamWith(world, failing);
    expect(outcome).toMatchObject({ kind: 'failed', error: { code: 'model-failed' } });
    expect(failing.requests.length).toBeLessThan(9);
    const second = createFakeModel();
    await dreamWith(world, second);
    const answered = new Set(keysOf(failing.requests));
    expect(second.requests.length).toBeGreaterThanOrEqual(12 - answered.size);
    expect(second.requests.length).toBeLessThan(12);
  });

  it('never passes its cap, and goes on with the next one', async () => {
    const world = createWorld({ sessions });
    const model = createFakeModel();
    const outcome = await dreamWith(world, model, { capUsd: 0.0092 });
    expect(outcome).toMatchObject({ kind: 'failed', error: { code: 'over-budget' } });
    expect(model.requests.length).toBeGreaterThan(0);
    expect(model.requests.length).toBeLessThan(12);
    if (outcome.kind === 'failed') expect(outcome.record.costUsd).toBeLessThanOrEqual(0.0092);
    const second = createFakeModel();
    await dreamWith(world, second);
    expect(model.requests.length + second.requests.length).toBe(12);
  });

  it('has its cost on record even if nobody ended it', async () => {
    const world = createWorld({ sessions });
    const dead = createFakeModel(async (request, nth) => (nth < 3 ? nothing(request) : new Promise(() => undefined)));
    void dreamWith(world, dead);
    for (let turn = 0; turn < 400; turn += 1) await Promise.resolve();
    const [record] = await listDreams(world);
    expect(record).toMatchObject({ status: 'running', usage: [{ role: 'extract', requests: 3 }] });
  });

  it('reads the sessions of earlier dreams again without sending them, and speaks only of what is new', async () => {
    const world = createWorld({ sessions: [portal] });
    await dreamWith(world, createFakeModel(says([portalFinding], [portalChange])));
    const again = createFakeModel(says([portalFinding], [portalChange]));
    await dreamWith(world, again);
    expect(again.requests).toEqual([]);
    const chosen = createFakeModel(says([portalFinding], [portalChange]));
    await dreamWith(world, chosen, { sessions: ['s1'] });
    expect(chosen.requests).toEqual([]);
  });
});

describe('a batch', () => {
  const sessions = Array.from({ length: 6 }, (_, at) =>
    session(`s${at}`, String(at + 10), `please do the thing ${at}`),
  );

  it('takes all chunks at once, at half the price', async () => {
    const model = createFakeBatchModel();
    const { record } = completed(await dreamWith(createWorld({ sessions }), model));
    expect(model.batches.map((keys) => keys.length)).toEqual([6]);
    expect(record.usage?.[0]).toMatchObject({ requests: 6, usd: expect.closeTo(6 * 0.000_075, 10) as unknown });
  });

  it('is found again after a restart by its handle, and nothing is sent twice', async () => {
    const world = createWorld({ sessions });
    const model = createFakeBatchModel(nothing, (_batch, answered) => answered === 2);
    expect((await dreamWith(world, model)).kind).toBe('canceled');
    expect(await textAt(world, '.local/model/batch.json')).toContain('batch-0');
    let stopped = true;
    const same = {
      ...model,
      askMany: async (...given: Parameters<NonNullable<LanguageModel['askMany']>>) => {
        expect(given[1].handle).toBe('batch-0');
        stopped = false;
        for (const { key } of given[0]) await given[1].onReply(key, nothing(given[0][0]!));
      },
    };
    expect(await dreamWith(world, same)).toMatchObject({ kind: 'completed' });
    expect(stopped).toBe(false);
    expect(model.batches).toHaveLength(1);
    expect(await textAt(world, '.local/model/batch.json')).toBeUndefined();
  });

  it('asks expired and errored lines once more, and then leaves them to the next dream', async () => {
    const world = createWorld({ sessions });
    const model = createFakeBatchModel((request, nth) =>
      nth < 2 ? { kind: 'failed', reason: nth === 0 ? 'expired' : 'errored', message: 'late' } : nothing(request),
    );
    expect(await dreamWith(world, model)).toMatchObject({ kind: 'completed' });
    expect(model.batches.map((keys) => keys.length)).toEqual([6, 2]);
  });

  it('is submitted in parts that fit under the cap', async () => {
    const world = createWorld({ sessions });
    const model = createFakeBatchModel();
    expect(await dreamWith(world, model, { capUsd: 0.0135 })).toMatchObject({ kind: 'completed' });
    expect(model.batches.length).toBeGreaterThan(1);
    expect(model.batches.flat()).toHaveLength(6);
    const poor = createFakeBatchModel();
    expect(await dreamWith(createWorld({ sessions }), poor, { capUsd: 0.001 })).toMatchObject({
      kind: 'failed',
      error: { code: 'over-budget' },
    });
    expect(poor.batches).toEqual([]);
  });

  it('is submitted again where the provider has forgotten it', async () => {
    const world = createWorld({
      sessions,
      files: {
        '.local/model/batch.json': JSON.stringify({
          format: 1,
          engine: 'claude-batch',
          models: ['claude-haiku-5-5', 'claude-sonnet-5-5'],
          handle: 'gone',
          keys: [],
        }),
      },
    });
    const model = createFakeBatchModel(nothing, (_batch, answered) => answered === 0 && model.batches.length === 1);
    expect((await dreamWith(world, model)).kind).toBe('canceled');
    const kept = JSON.parse((await textAt(world, '.local/model/batch.json')) ?? '') as Record<string, unknown>;
    world.files.put('.local/model/batch.json', JSON.stringify({ ...kept, handle: 'gone' }));
    const later = createFakeBatchModel();
    expect(await dreamWith(world, later)).toMatchObject({ kind: 'completed' });
    expect(later.batches.map((keys) => keys.length)).toEqual([6]);
  });
});

describe('requests under way', () => {
  const sessions = Array.from({ length: 8 }, (_, at) =>
    session(`s${at}`, String(at + 10), `please do the thing ${at}`),
  );

  it('wait for each other where the cap has room for one at a time', async () => {
    const model = createFakeModel();
    const outcome = await dreamWith(createWorld({ sessions }), model, { capUsd: 0.011 });
    expect(outcome).toMatchObject({ kind: 'completed' });
    expect(model.mostAtOnce).toBe(1);
    expect(model.requests).toHaveLength(8);
  });

  it('are cut in two where the provider says that they are too large', async () => {
    const world = createWorld({
      sessions: [
        buildSession('s1', '2026-11-01T10:00:00Z').says('do the first').answers('ok').says('do the second').end(),
      ],
    });
    const model = createFakeModel((request) => {
      if (request.prompt.includes('first') && request.prompt.includes('second'))
        throw new AgentDreamsError('too-large', 'too large');
      return nothing(request);
    });
    expect(await dreamWith(world, model)).toMatchObject({ kind: 'completed', record: { usage: [{ requests: 3 }] } });
  });
});
