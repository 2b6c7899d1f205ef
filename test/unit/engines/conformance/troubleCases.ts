import assert from 'node:assert/strict';
import type { ErrorCode } from '../../../../src/core/errors';
import { ask, askInVain, GOOD, type Case } from './case';
import { inWorld, type Step } from './world';

const OVERLOAD: Step = { do: 'status', status: 529 };
const GOOD_STEP: Step = { do: 'answer', value: GOOD };

/** A status that no repetition helps against: one try, the right code, and what the server said. */
function hopeless(status: number, code: ErrorCode): Case {
  return async (engine) =>
    await inWorld(engine, { steps: [{ do: 'status', status, message: 'what was said' }] }, async ({ model, asked }) => {
      const { error } = await askInVain(model, code);
      assert.equal(asked(), 1, 'it is asked once');
      if (engine.repeatsServer !== false) assert.equal(error.details['said'], 'what was said');
    });
}

/** A number of tries that all fail in this way, and the code they end in. */
function thrice(step: Step, code: ErrorCode, silenceMs?: number): Case {
  return async (engine) => {
    const setup = { steps: [step, step, step, GOOD_STEP], ...(silenceMs === undefined ? {} : { silenceMs }) };
    await inWorld(engine, setup, async ({ model, asked }) => {
      const { notices } = await askInVain(model, code);
      assert.equal(asked(), 3, 'three tries');
      assert.deepEqual(
        notices.map(({ kind }) => kind),
        ['retrying', 'retrying'],
      );
      assert.ok(
        notices.every(({ delayMs }) => delayMs !== undefined && delayMs > 0),
        'each says how long it waits',
      );
    });
  };
}

/** One failed try, a notice, and then the answer. */
function once(step: Step, kind: 'waiting' | 'retrying', delayMs?: number): Case {
  return async (engine) =>
    await inWorld(engine, { steps: [step, GOOD_STEP] }, async ({ model, asked }) => {
      const { reply, notices } = await ask(model);
      assert.equal(reply.kind, 'answer');
      assert.deepEqual(reply.value, GOOD);
      assert.equal(asked(), 2);
      assert.deepEqual(
        notices.map((notice) => notice.kind),
        [kind],
      );
      const told = notices[0]?.delayMs ?? 0;
      // Milliseconds pass between the answer and the notice.
      const most = (delayMs ?? 0) * (engine.repeatsServer === false ? 1.25 : 1);
      if (delayMs !== undefined) assert.ok(told <= most && told > delayMs - 500, `${told} ms were told`);
    });
}

/** What goes wrong on the way, and what becomes of it. */
export const troubleCases = {
  '429 with retry-after': once({ do: 'status', status: 429, retryAfterS: 7 }, 'waiting', 7000),
  '429 without retry-after': hopeless(429, 'model-busy'),
  '429 with a retry-after too long to wait for': async (engine) =>
    await inWorld(engine, { steps: [{ do: 'status', status: 429, retryAfterS: 7200 }] }, async ({ model, asked }) => {
      const { notices } = await askInVain(model, 'model-busy');
      assert.equal(asked(), 1);
      assert.deepEqual(notices, []);
    }),
  'rate limit used up by the last answer': async (engine) =>
    await inWorld(engine, { steps: [{ do: 'lastOne', value: GOOD, resetS: 20 }] }, async ({ model }) => {
      await ask(model);
      const { notices } = await ask(model);
      assert.deepEqual(
        notices.map(({ kind }) => kind),
        ['waiting'],
      );
    }),
  '529 once': once(OVERLOAD, 'retrying'),
  '529 three times': thrice(OVERLOAD, 'model-busy'),
  '500 three times': thrice({ do: 'status', status: 500 }, 'model-failed'),
  '400 not well-formed': hopeless(400, 'model-failed'),
  '401 wrong key': hopeless(401, 'model-key'),
  '402 no credit': hopeless(402, 'model-billing'),
  '403 not allowed': hopeless(403, 'model-forbidden'),
  '404 no such model': hopeless(404, 'model-missing'),
  '413 too large': hopeless(413, 'too-large'),
  'prompt too long': async (engine) => {
    const message = 'prompt is too long: 1200000 tokens > 1000000 maximum';
    await inWorld(engine, { steps: [{ do: 'status', status: 400, message }] }, async ({ model }) => {
      await askInVain(model, 'too-large');
    });
  },
  'mid-stream error, then success': once({ do: 'breakMidway', by: 'overload' }, 'retrying'),
  'mid-stream error three times': thrice({ do: 'breakMidway', by: 'overload' }, 'model-busy'),
  'connection cut mid-stream, then success': once({ do: 'breakMidway', by: 'cut' }, 'retrying'),
  'hang before the answer': thrice({ do: 'hang', where: 'headers' }, 'model-unreachable', 120),
  'hang within the answer': thrice({ do: 'hang', where: 'body' }, 'model-unreachable', 120),
  'connection refused': async (engine) =>
    await inWorld(engine, { unreachable: true }, async ({ model }) => {
      await askInVain(model, 'model-unreachable');
    }),
} as const satisfies Record<string, Case>;
