import assert from 'node:assert/strict';
import type { AgentDreamsError } from '../../../../src/core/errors';
import { isAgentDreamsError, type ErrorCode } from '../../../../src/core/errors';
import type { ModelNotice } from '../../../../src/core/model/languageModel';
import type { CancelSignal } from '../../../../src/core/ports';
import { createManagedDreamer } from '../../../../src/engines/managed/managedDreamer';
import { createManagedFake, type ManagedFake, type ManagedPlan } from '../../../fakes/anthropic/managed';
import { startAnthropic } from '../../../fakes/anthropic/server';
import type { FakeAnthropic, Trouble } from '../../../fakes/anthropic/types';
import { createWorld } from '../../core/dream/dreamWorld';
import { completed, paths, PORTAL, portal, reasons } from '../../core/dream/model/modelWorld';
import { dreamOverStore } from '../../core/dream/model/storeWorld';
import { everythingOf, listening } from './case';
import { CASES, type CaseName } from './cases';
import type { EngineUnderTest } from './world';

const KEY = 'key-that-nobody-may-see';
const NEVER = { aborted: false };

interface Managed {
  readonly server: FakeAnthropic;
  readonly managed: ManagedFake;
  readonly dreamer: ReturnType<typeof createManagedDreamer>;
}

interface Waits {
  readonly realWaits?: boolean;
  readonly silenceMs?: number;
}

async function inManaged<T>(plan: ManagedPlan, use: (world: Managed) => Promise<T>, waits: Waits = {}): Promise<T> {
  const managed = createManagedFake(plan);
  const server = await startAnthropic({ routes: [managed.routes] });
  const dreamer = createManagedDreamer({
    apiKey: KEY,
    baseUrl: server.url,
    ...(waits.realWaits === true ? {} : { wait: async () => await Promise.resolve() }),
    times: waits.silenceMs === undefined ? {} : { silenceMs: waits.silenceMs },
  });
  try {
    return await use({ server, managed, dreamer });
  } finally {
    await server.close();
  }
}

/** A dream over one memory and one session; what it told on the way is in `notices`. */
async function ask({ dreamer }: Managed, notices: ModelNotice[] = [], signal: CancelSignal = NEVER): Promise<void> {
  await dreamer.dream(
    {
      files: [{ path: 'facts/one.md', text: 'One.\n' }],
      sessions: [{ title: 'one', text: 'A session.' }],
      instructions: 'Renew.',
      sessionCapUsd: 0.01,
    },
    {
      signal,
      onNotice: (notice) => void notices.push(notice),
      onUsage: async () => await Promise.resolve(),
      left: { read: async () => await Promise.resolve([]), write: async () => await Promise.resolve() },
    },
  );
}

async function failing(world: Managed, code: ErrorCode, notices?: ModelNotice[]): Promise<AgentDreamsError> {
  const error: unknown = await ask(world, notices).then(
    () => assert.fail('it answered'),
    (thrown: unknown) => thrown,
  );
  assert.ok(isAgentDreamsError(error, code), everythingOf(error));
  return error;
}

/** This trouble for the first tries to make a store; counts them. */
function troubled({ server }: Managed, trouble: Trouble, times: number): () => number {
  let left = times;
  let tries = 0;
  server.trouble(({ method, path }) => {
    if (method !== 'POST' || path !== '/v1/memory_stores') return undefined;
    tries += 1;
    left -= 1;
    return left >= 0 ? trouble : undefined;
  });
  return () => tries;
}

type OwnCase = () => Promise<void>;

function hopeless(status: number, code: ErrorCode): OwnCase {
  return async () =>
    await inManaged({}, async (world) => {
      const tries = troubled(world, { status, message: 'what was said' }, 1);
      const error = await failing(world, code);
      assert.equal(tries(), 1);
      assert.equal(error.details['said'], 'what was said');
      assert.deepEqual(world.managed.left(), []);
    });
}

function once(trouble: Trouble, kind: ModelNotice['kind']): OwnCase {
  return async () =>
    await inManaged({}, async (world) => {
      const tries = troubled(world, trouble, 1);
      const notices: ModelNotice[] = [];
      await ask(world, notices);
      assert.equal(tries(), 2);
      assert.ok(notices.some((notice) => notice.kind === kind && (notice.delayMs ?? 0) > 0));
      assert.deepEqual(world.managed.left(), []);
    });
}

function thrice(status: number, code: ErrorCode): OwnCase {
  return async () =>
    await inManaged({}, async (world) => {
      const tries = troubled(world, { status }, 3);
      await failing(world, code);
      assert.equal(tries(), 3);
    });
}

/** Making something is not repeated where nobody knows whether it was made. */
function silent(where: 'headers' | 'body'): OwnCase {
  return async () =>
    await inManaged(
      {},
      async (world) => {
        const tries = troubled(world, { hang: where }, 9);
        await failing(world, 'model-unreachable');
        assert.equal(tries(), 1);
      },
      { silenceMs: 150 },
    );
}

function cancelled(trouble: Trouble | undefined): OwnCase {
  return async () =>
    await inManaged(
      { looks: 1_000 },
      async (world) => {
        const controller = new AbortController();
        if (trouble) troubled(world, trouble, 9);
        const cancel = (notice: ModelNotice): void => {
          if (trouble === undefined ? notice.kind === 'polling' : notice.kind === 'waiting') controller.abort();
        };
        const notices = Object.assign([] as ModelNotice[], { push: (notice: ModelNotice) => (cancel(notice), 0) });
        const before = performance.now();
        const error: unknown = await ask(world, notices, controller.signal).catch((thrown: unknown) => thrown);
        assert.ok(isAgentDreamsError(error, 'cancelled'), everythingOf(error));
        assert.ok(performance.now() - before < 3_000);
        assert.deepEqual(world.managed.left(), []);
      },
      { realWaits: true },
    );
}

interface Dreamt {
  readonly paths: readonly string[];
  readonly reasons: readonly string[];
}

/** A dream over one session and this store, from which these files come back beside what was given. */
async function dreamt(
  back: Readonly<Record<string, string>>,
  store: Readonly<Record<string, string>> = {},
  keep = true,
): Promise<Dreamt> {
  const added = Object.entries(back).map(([path, text]) => [`/${path}`, text] as const);
  const dream: ManagedPlan['dream'] = (files) => new Map([...(keep ? files : []), ...added]);
  return await inManaged({ dream }, async ({ dreamer, managed }) => {
    const outcome = completed(await dreamOverStore(createWorld({ sessions: [portal], files: store }), dreamer));
    assert.deepEqual(managed.left(), [], 'everything is deleted');
    return { paths: paths(outcome), reasons: reasons(outcome) };
  });
}

const nothingFrom =
  (back: Readonly<Record<string, string>>): OwnCase =>
  async () => {
    const { paths: proposed, reasons: told } = await dreamt(back);
    assert.deepEqual(proposed, []);
    assert.equal(told.length, Object.keys(back).length, told.join('\n'));
  };

const own: Partial<Record<CaseName, OwnCase>> = {
  '429 with retry-after': once({ status: 429, headers: { 'retry-after': '7' } }, 'waiting'),
  '429 without retry-after': hopeless(429, 'model-busy'),
  '529 once': once({ status: 529 }, 'retrying'),
  '529 three times': thrice(529, 'model-busy'),
  // What may have been made is not made again.
  '500 three times': hopeless(500, 'model-failed'),
  '400 not well-formed': hopeless(400, 'model-failed'),
  '401 wrong key': hopeless(401, 'model-key'),
  '402 no credit': hopeless(402, 'model-billing'),
  '403 not allowed': hopeless(403, 'model-forbidden'),
  '404 no such model': hopeless(404, 'model-missing'),
  '413 too large': hopeless(413, 'too-large'),
  'hang before the answer': silent('headers'),
  'hang within the answer': silent('body'),
  'connection refused': async () =>
    await inManaged({}, async (world) => {
      await world.server.close();
      await failing(world, 'model-unreachable');
    }),
  'cancel during back-off': cancelled({ status: 429, headers: { 'retry-after': '60' } }),
  'cancel while nothing comes': cancelled(undefined),
  'cancelled before it is asked': async () =>
    await inManaged({}, async (world) => {
      const error: unknown = await ask(world, [], { aborted: true }).catch((thrown: unknown) => thrown);
      assert.ok(isAgentDreamsError(error, 'cancelled'));
      assert.ok(!world.server.requests.some(({ method }) => method === 'POST'), 'nothing is made');
    }),
  'key in no log and no error': async () => {
    const written = await listening(async () => {
      await inManaged({}, async (world) => {
        troubled(world, { status: 403, message: `The key ${KEY} is not welcome here.` }, 1);
        const error = await failing(world, 'model-forbidden');
        assert.ok(!everythingOf(error).includes(KEY));
      });
    });
    assert.ok(!written.includes(KEY));
  },
  'redirect is not followed': async () => {
    const foreign = await startAnthropic();
    try {
      await inManaged({}, async (world) => {
        troubled(world, { status: 307, headers: { location: `${foreign.url}/v1/memory_stores` }, body: '' }, 9);
        await failing(world, 'model-failed');
      });
      assert.equal(foreign.requests.length, 0);
    } finally {
      await foreign.close();
    }
  },
  'dream: what was said is proposed': async () => {
    const { paths: proposed } = await dreamt({ 'conventions/migration-names.md': `${PORTAL}\n` });
    assert.deepEqual(proposed, ['conventions/migration-names.md']);
  },
  'dream: quote not in the session': nothingFrom({
    'conventions/x.md': 'Always deploy on friday evenings after six.\n',
  }),
  'dream: path traversal in a proposed name': nothingFrom({
    'conventions/CON.md': `${PORTAL}\n`,
    '.git/config.md': `${PORTAL}\n`,
  }),
  'dream: output that tries to edit CLAUDE.md': nothingFrom({
    'CLAUDE.md': `${PORTAL}\n`,
    'docs/claude.md': `${PORTAL}\n`,
  }),
  'dream: memory of 200 kB': nothingFrom({ 'conventions/x.md': `${PORTAL}\n${'more '.repeat(40_000)}` }),
  'dream: duplicate slugs': async () => {
    const { paths: proposed } = await dreamt({
      'conventions/migration-names.md': `${PORTAL}\n`,
      'facts/migration-names.md': `${PORTAL}\n`,
    });
    assert.equal(proposed.length, 1, proposed.join('\n'));
  },
  'dream: would archive half the store': async () => {
    const store = Object.fromEntries(
      ['red', 'green', 'blue', 'black'].map((name) => [
        `facts/${name}.md`,
        `---\nname: ${name}\ndescription: The ${name} host\n---\nThe ${name} host runs the ${name} queue.\n`,
      ]),
    );
    const { paths: proposed, reasons: told } = await dreamt({}, store, false);
    assert.deepEqual(proposed, []);
    assert.equal(told.length, 4);
  },
};

/** The column of Anthropic's Dreams, which is asked no questions: it plays the cases in its own way. */
export const managed: EngineUnderTest = {
  engine: 'managed',
  open: async () => await Promise.reject(new Error('This engine is asked no questions.')),
  own,
  notApplicable: Object.fromEntries(
    CASES.filter(([name]) => own[name] === undefined).map(([name]) => [name, 'it is asked no questions of its own']),
  ),
};
