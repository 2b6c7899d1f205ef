import assert from 'node:assert/strict';
import { AgentDreamsError, isAgentDreamsError } from '../../../../src/core/errors';
import { startAnthropic } from '../../../fakes/anthropic/server';
import { askMany, GOOD, questions, type Case } from './case';
import { inWorld, type World } from './world';

const CREATE = '/v1/messages/batches';

function count(world: World, method: string, path: RegExp): number {
  return world.sent().filter((seen) => seen.method === method && path.test(seen.path)).length;
}

function created(world: World): number {
  return count(world, 'POST', new RegExp(`^${CREATE}$`));
}

function kinds(replies: ReadonlyMap<string, { readonly kind: string }>): Readonly<Record<string, string>> {
  return Object.fromEntries([...replies].map(([key, { kind }]) => [key, kind]));
}

/** Many at once, perhaps over hours and restarts. */
export const batchCases = {
  'batch: results out of order': async (engine) => {
    const steps = ['a', 'b', 'c'].map((name) => ({ do: 'answer', value: { findings: [name] } }) as const);
    await inWorld(engine, { steps, polls: 3 }, async (world) => {
      const { replies, handles, notices } = await askMany(world.model, questions(3));
      // The server gives them back to front.
      assert.deepEqual([...replies.keys()], ['item-2', 'item-1', 'item-0']);
      const [first] = [replies.get('item-0')];
      assert.ok(first?.kind === 'answer');
      assert.deepEqual(first.value, { findings: ['a'] });
      assert.ok(first.usage.input + first.usage.cacheWrite > 0);
      assert.equal(handles.length, 1);
      assert.deepEqual(
        notices.map(({ kind }) => kind),
        ['submitted', 'polling', 'polling', 'polling'],
      );
    });
  },
  'batch: expired and errored lines': async (engine) => {
    const steps = [
      { do: 'item', becomes: 'expired' },
      { do: 'answer', value: GOOD },
      { do: 'item', becomes: 'errored' },
      { do: 'truncate' },
      { do: 'item', becomes: 'canceled' },
      { do: 'refuse', reason: 'no' },
      { do: 'say', text: 'Hello.' },
    ] as const;
    await inWorld(engine, { steps }, async ({ model }) => {
      const { replies } = await askMany(model, questions(7));
      assert.deepEqual(kinds(replies), {
        'item-0': 'failed',
        'item-1': 'answer',
        'item-2': 'failed',
        'item-3': 'truncated',
        'item-4': 'failed',
        'item-5': 'refused',
        'item-6': 'unreadable',
      });
      const reasons = [0, 2, 4]
        .map((n) => replies.get(`item-${n}`))
        .map((reply) => reply?.kind === 'failed' && reply.reason);
      assert.deepEqual(reasons, ['expired', 'errored', 'canceled']);
    });
  },
  'batch: foreign results_url refused': async (engine) => {
    const foreign = await startAnthropic();
    try {
      await inWorld(engine, { resultsUrl: `${foreign.url}${CREATE}/msgbatch_1/results` }, async ({ model }) => {
        await assert.rejects(askMany(model, questions(2)), (error) => isAgentDreamsError(error, 'model-failed'));
      });
      assert.equal(foreign.requests.length, 0, 'the other server got nothing, least of all the key');
    } finally {
      await foreign.close();
    }
  },
  'batch: resumed by its handle after a restart': async (engine) => {
    await inWorld(engine, { polls: 2 }, async (world) => {
      const handles: string[] = [];
      const requests = questions(4);
      const gone = new AgentDreamsError('io', 'the host was killed');
      // The host dies when the batch is polled for the first time.
      const dying = askMany(world.model, requests, {
        onHandle: async (handle) => void handles.push(handle),
        onNotice: ({ kind }) => {
          if (kind === 'polling') throw gone;
        },
      });
      await assert.rejects(dying, gone);
      assert.equal(created(world), 1);

      const { replies } = await askMany(world.restarted(), requests, { handle: handles[0] ?? '' });

      assert.deepEqual(
        [...replies.keys()].sort(),
        requests.map(({ key }) => key),
      );
      assert.equal(created(world), 1, 'no second batch');
      assert.equal(world.asked(), 0, 'and nothing is asked one by one');
    });
  },
  'batch: only what is still open is handed over': async (engine) =>
    await inWorld(engine, {}, async (world) => {
      const requests = questions(3);
      let seen = 0;
      const handles: string[] = [];
      const full = askMany(world.model, requests, {
        onHandle: async (handle) => void handles.push(handle),
        onReply: async () => {
          seen += 1;
          if (seen === 2) throw new AgentDreamsError('disk-full', 'no room');
        },
      });
      await assert.rejects(full, (error) => isAgentDreamsError(error, 'disk-full'));
      assert.equal(count(world, 'DELETE', /./), 0, 'results that were not kept are not deleted');

      const rest = requests.slice(0, 2);
      const { replies } = await askMany(world.restarted(), rest, { handle: handles[0] ?? '' });

      assert.deepEqual([...replies.keys()].sort(), ['item-0', 'item-1']);
    }),
  'batch: the handle is kept before anything else': async (engine) =>
    await inWorld(engine, {}, async (world) => {
      const failing = askMany(world.model, questions(2), {
        onHandle: async () => await Promise.reject(new AgentDreamsError('disk-full', 'no room')),
      });
      await assert.rejects(failing, (error) => isAgentDreamsError(error, 'disk-full'));
      assert.equal(count(world, 'GET', /batches/), 0);
    }),
  'batch: gone at the server': async (engine) =>
    await inWorld(engine, {}, async (world) => {
      const { replies } = await askMany(world.model, questions(2), { handle: 'msgbatch_of_last_month' });
      assert.deepEqual(kinds(replies), { 'item-0': 'failed', 'item-1': 'failed' });
      assert.equal(created(world), 0);
    }),
  'batch: network away while it is polled': async (engine) =>
    await inWorld(engine, { onTheWay: { to: 'poll', times: 12 } }, async (world) => {
      const { replies } = await askMany(world.model, questions(2));
      assert.deepEqual(kinds(replies), { 'item-0': 'answer', 'item-1': 'answer' });
      assert.equal(created(world), 1);
    }),
  'batch: connection lost before the results': async (engine) =>
    await inWorld(engine, { onTheWay: { to: 'results', times: 2 } }, async ({ model }) => {
      const { replies } = await askMany(model, questions(2));
      assert.deepEqual(kinds(replies), { 'item-0': 'answer', 'item-1': 'answer' });
    }),
  'batch: rate limited while it is submitted': async (engine) =>
    await inWorld(engine, { onTheWay: { to: 'create', times: 1, status: 429 } }, async ({ model }) => {
      const { notices, handles } = await askMany(model, questions(2));
      assert.equal(notices[0]?.kind, 'waiting');
      assert.equal(handles.length, 1);
    }),
  'batch: never submitted twice for a lost answer': async (engine) => {
    for (const [way, code] of [
      [{}, 'model-unreachable'],
      [{ status: 504 }, 'model-failed'],
    ] as const) {
      await inWorld(engine, { onTheWay: { to: 'create', times: 1, ...way } }, async (world) => {
        await assert.rejects(askMany(world.model, questions(2)), (error) => isAgentDreamsError(error, code));
        assert.equal(created(world), 1);
      });
    }
  },
  'batch: a wrong key is told before it is submitted': async (engine) =>
    await inWorld(engine, { acceptedKey: 'another-key' }, async (world) => {
      await assert.rejects(askMany(world.model, questions(2)), (error) => isAgentDreamsError(error, 'model-key'));
      assert.equal(created(world), 0);
    }),
  'batch: cancel cancels it within a second': async (engine) =>
    await inWorld(engine, { polls: 1000, realWaits: true }, async (world) => {
      const controller = new AbortController();
      let at = 0;
      const polling = askMany(world.model, questions(2), {
        signal: controller.signal,
        onNotice: ({ kind }) => {
          if (kind !== 'polling') return;
          at = performance.now();
          controller.abort();
        },
      });
      await assert.rejects(polling, (error) => isAgentDreamsError(error, 'cancelled'));
      assert.ok(performance.now() - at < 1000, 'within a second');
      assert.equal(count(world, 'POST', /\/cancel$/), 1, 'the server was told');
    }),
  'batch: results deleted after reading': async (engine) =>
    await inWorld(engine, {}, async (world) => {
      const { handles } = await askMany(world.model, questions(2));
      const order = world.sent().map(({ method, path }) => `${method} ${path}`);
      const id = handles[0] ?? '';
      assert.equal(order.at(-1), `DELETE ${CREATE}/${id}`);
      assert.ok(order.includes(`GET ${CREATE}/${id}/results`));
    }),
} as const satisfies Record<string, Case>;
