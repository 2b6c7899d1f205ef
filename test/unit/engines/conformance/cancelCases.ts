import assert from 'node:assert/strict';
import { AgentDreamsError } from '../../../../src/core/errors';
import type { CancelSignal } from '../../../../src/core/ports';
import { askInVain, type Case } from './case';
import { inWorld, QUESTION, type Step } from './world';

const SOON_MS = 1000;

/** Cancels as soon as `ready` says so, and expects the end within a second of it. */
async function cancelled(
  engine: Parameters<Case>[0],
  step: Step,
  on: 'notice' | 'sent',
  native: boolean,
): Promise<void> {
  await inWorld(engine, { steps: [step], realWaits: true }, async ({ model, asked }) => {
    const controller = new AbortController();
    const plain = { aborted: false };
    const signal: CancelSignal = native ? controller.signal : plain;
    let at = 0;
    const cancel = (): void => {
      at = performance.now();
      plain.aborted = true;
      controller.abort();
    };
    const asking = model.ask(QUESTION, { signal, onNotice: () => on === 'notice' && cancel() });
    const ended = asking.then(
      () => assert.fail('it answered'),
      (error: unknown) => error,
    );
    if (on === 'sent') {
      while (asked() === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      cancel();
    }
    const error = await ended;
    const took = performance.now() - at;
    assert.ok(error instanceof AgentDreamsError && error.code === 'cancelled', String(error));
    assert.ok(took < SOON_MS, `it took ${Math.round(took)} ms`);
    assert.equal(asked(), 1, 'nothing is sent afterwards');
  });
}

/** A cancel is felt within a second, wherever the engine stands. */
export const cancelCases = {
  'cancel during back-off': async (engine) => {
    await cancelled(engine, { do: 'status', status: 429, retryAfterS: 60 }, 'notice', true);
    await cancelled(engine, { do: 'status', status: 529 }, 'notice', true);
    await cancelled(engine, { do: 'status', status: 429, retryAfterS: 60 }, 'notice', false);
  },
  'cancel while nothing comes': async (engine) => {
    await cancelled(engine, { do: 'hang', where: 'headers' }, 'sent', true);
    await cancelled(engine, { do: 'hang', where: 'body' }, 'sent', false);
  },
  'cancelled before it is asked': async (engine) =>
    await inWorld(engine, {}, async ({ model, asked }) => {
      await askInVain(model, 'cancelled', { aborted: true });
      assert.equal(asked(), 0);
    }),
} as const satisfies Record<string, Case>;
