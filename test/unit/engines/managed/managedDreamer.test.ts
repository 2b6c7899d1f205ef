import { afterEach, describe, expect, it } from 'vitest';
import type { LeftBehind, LeftBehindFile, StoreDreamRequest } from '../../../../src/core/model/storeDreamer';
import { createManagedDreamer } from '../../../../src/engines/managed/managedDreamer';
import { createManagedFake, type ManagedFake, type ManagedPlan } from '../../../fakes/anthropic/managed';
import { startAnthropic } from '../../../fakes/anthropic/server';
import type { FakeAnthropic } from '../../../fakes/anthropic/types';

const KEY = 'key-of-nobody';
const REQUEST: StoreDreamRequest = {
  files: Array.from({ length: 30 }, (_, n) => ({ path: `facts/fact-${n}.md`, text: `Fact ${n}.\n` })),
  sessions: [
    { title: 'first', text: 'The first session.' },
    { title: 'second', text: 'The second session.' },
  ],
  instructions: 'Renew the store.',
  sessionCapUsd: 0.05,
};

const open: FakeAnthropic[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

interface World {
  readonly server: FakeAnthropic;
  readonly managed: ManagedFake;
  readonly left: LeftBehindFile & { current: readonly LeftBehind[] };
}

async function world(plan: ManagedPlan = {}): Promise<World> {
  const managed = createManagedFake(plan);
  const server = await startAnthropic({ routes: [managed.routes] });
  open.push(server);
  const left = {
    current: [] as readonly LeftBehind[],
    read: async () => await Promise.resolve(left.current),
    write: async (made: readonly LeftBehind[]) => {
      left.current = made;
      await Promise.resolve();
    },
  };
  return { server, managed, left };
}

interface Run {
  readonly signal?: AbortSignal;
  readonly onUsage?: () => Promise<void>;
  readonly onNotice?: (message: string) => void;
  readonly apiKey?: string;
}

function dreamer({ server }: World, apiKey = KEY): ReturnType<typeof createManagedDreamer> {
  return createManagedDreamer({ apiKey, baseUrl: server.url, wait: async () => await Promise.resolve() });
}

async function dream(
  here: World,
  { signal, onUsage, onNotice, apiKey }: Run = {},
): Promise<ReadonlyMap<string, string>> {
  const files = await dreamer(here, apiKey).dream(REQUEST, {
    signal: signal ?? { aborted: false },
    left: here.left,
    onUsage: onUsage ?? (async () => await Promise.resolve()),
    onNotice: ({ message }) => onNotice?.(message),
  });
  return new Map(files.map(({ path, text }) => [path, text]));
}

describe('a dream at Anthropic', () => {
  it('uploads store and sessions, brings the new store back, and deletes all of it', async () => {
    const seen: string[][] = [];
    const here = await world({
      dream: (files, sessions) => {
        seen.push([...sessions]);
        return new Map([...files, ['/facts/new.md', 'New.\n']]);
      },
      looks: 3,
      sessionLooks: 2,
    });
    const messages: string[] = [];
    const back = await dream(here, { onNotice: (message) => void messages.push(message) });
    expect(back.size).toBe(31);
    expect(back.get('/facts/fact-29.md')).toBe('Fact 29.\n');
    expect(back.get('/facts/new.md')).toBe('New.\n');
    expect(seen).toEqual([['The first session.', 'The second session.']]);
    expect(messages).toEqual(expect.arrayContaining(['The sessions are being replayed.', 'The dream is under way.']));
    expect(here.managed.left()).toEqual([]);
    expect(here.left.current).toEqual([]);
  });

  it('limits what each session may cost, and gives the replaying agent nothing to work with', async () => {
    const here = await world();
    await dream(here);
    const bodyOf = (path: string): unknown =>
      here.server.requests.find((request) => request.method === 'POST' && request.path === path)?.body;
    expect(bodyOf('/v1/sessions')).toMatchObject({
      budget: { type: 'limit', max_list_cost: { amount: '5', currency: 'USD' } },
    });
    expect(bodyOf('/v1/agents')).not.toHaveProperty('tools');
    expect(bodyOf('/v1/environments')).toMatchObject({ config: { type: 'cloud', networking: { type: 'limited' } } });
  });

  it.each(['400', '403', '404'])('says that there is no access where dreams are answered with %s', async (status) => {
    const refusal = { status: Number(status), type: 'invalid_request_error', message: 'not enrolled' };
    const here = await world({ refusal });
    await expect(dream(here)).rejects.toMatchObject({ code: 'model-forbidden', details: { said: 'not enrolled' } });
    expect(here.managed.left()).toEqual([]);
    expect(here.left.current).toEqual([]);
  });

  it('deletes everything after a dream that failed', async () => {
    const here = await world({ fails: { type: 'input_memory_store_too_large', message: 'too large' } });
    await expect(dream(here)).rejects.toMatchObject({
      code: 'model-failed',
      details: { said: 'input_memory_store_too_large: too large' },
    });
    expect(here.managed.left()).toEqual([]);
    expect(here.left.current).toEqual([]);
  });

  it('cancels the dream and deletes everything when the user cancels', async () => {
    const here = await world({ looks: 1_000 });
    const controller = new AbortController();
    const onNotice = (message: string): void => {
      if (message === 'The dream is under way.') controller.abort();
    };
    await expect(dream(here, { signal: controller.signal, onNotice })).rejects.toMatchObject({ code: 'cancelled' });
    expect([...here.managed.state.dreams.values()].map(({ status }) => status)).toEqual(['canceled']);
    expect(here.managed.left()).toEqual([]);
  });

  it('is stopped and deleted where it costs more than it may', async () => {
    const here = await world({ looks: 1_000 });
    const onUsage = async (): Promise<void> => await Promise.reject(new Error('over budget'));
    await expect(dream(here, { onUsage })).rejects.toThrow('over budget');
    expect(here.managed.left()).toEqual([]);
  });

  it('finds and deletes with the next dream what a killed one has made, noted or not', async () => {
    const here = await world();
    // A machine that loses power keeps what was written down by then: here nothing but the run itself.
    let runs: readonly LeftBehind[] = [];
    const write = here.left.write.bind(here.left);
    here.left.write = async (made) => {
      if (runs.length === 0) runs = made;
      await write(made);
    };
    const dying = dreamer(here).dream(REQUEST, {
      signal: { aborted: false },
      left: { read: async () => await Promise.resolve([]), write: async (made) => await here.left.write(made) },
      onUsage: async () => await new Promise<never>(() => undefined),
      onNotice: () => undefined,
    });
    void dying.catch(() => undefined);
    await expect.poll(() => here.managed.state.sessions.size).toBe(2);
    await expect.poll(() => here.left.current.filter(({ kind }) => kind === 'session').length).toBe(2);
    expect(runs.map(({ kind }) => kind)).toEqual(['run']);
    here.left.current = runs;
    const left = await dreamer(here).cleanUp({
      signal: { aborted: false },
      left: here.left,
      onNotice: () => undefined,
    });
    expect(left).toEqual([]);
    expect(here.managed.left()).toEqual([]);
  });

  it('keeps in mind what could not be deleted, and tries again with the next dream', async () => {
    const here = await world();
    let broken = true;
    here.server.trouble(({ method, path }) =>
      broken && method === 'DELETE' && path.startsWith('/v1/memory_stores') ? { status: 500 } : undefined,
    );
    const messages: string[] = [];
    await dream(here, { onNotice: (message) => void messages.push(message) });
    expect(messages.at(-1)).toMatch(/2 uploads could not be deleted/u);
    expect(here.left.current.map(({ kind }) => kind)).toEqual(['store', 'store']);
    broken = false;
    await dream(here);
    expect(here.managed.left()).toEqual([]);
    expect(here.left.current).toEqual([]);
  });

  it('leaves alone what another key has made', async () => {
    const here = await world();
    const other = {
      kind: 'store',
      id: 'memstore_of_others',
      run: 'r',
      account: 'a',
      at: '2026-11-01T00:00:00Z',
    } as const;
    here.left.current = [other];
    await dream(here);
    expect(here.left.current).toEqual([other]);
    expect(here.server.requests.some(({ path }) => path.includes('memstore_of_others'))).toBe(false);
  });

  it('writes the key down nowhere', async () => {
    const here = await world({ looks: 1_000 });
    const written: string[] = [];
    const write = here.left.write.bind(here.left);
    here.left.write = async (made) => {
      written.push(JSON.stringify(made));
      await write(made);
    };
    const controller = new AbortController();
    await expect(
      dream(here, {
        signal: controller.signal,
        onUsage: async () => {
          controller.abort();
          await Promise.resolve();
        },
        apiKey: 'key-that-nobody-may-see',
      }),
    ).rejects.toMatchObject({ code: 'cancelled' });
    expect(written.length).toBeGreaterThan(3);
    expect(written.join('')).not.toContain('key-that-nobody-may-see');
  });

  it.each([
    [401, 'model-key'],
    [402, 'model-billing'],
    [403, 'model-forbidden'],
  ] as const)('stops at a %i, with nothing left', async (status, code) => {
    const here = await world();
    here.server.trouble(({ path, method }) =>
      path === '/v1/memory_stores' && method === 'POST' ? { status, message: 'what was said' } : undefined,
    );
    await expect(dream(here)).rejects.toMatchObject({ code, details: { said: 'what was said' } });
    expect(here.managed.left()).toEqual([]);
    expect(here.left.current).toEqual([]);
  });

  it('waits out a rate limit, visibly, and makes nothing twice', async () => {
    const here = await world();
    let refusals = 2;
    here.server.trouble(({ path, method }) => {
      if (path !== '/v1/sessions' || method !== 'POST' || refusals === 0) return undefined;
      refusals -= 1;
      return { status: 429, headers: { 'retry-after': '3' } };
    });
    const messages: string[] = [];
    await dream(here, { onNotice: (message) => void messages.push(message) });
    expect(messages).toContain('Anthropic limits the rate of requests.');
    expect([...here.managed.state.dreams.values()][0]?.sessions).toHaveLength(2);
    expect(here.managed.left()).toEqual([]);
  });

  it('sends nothing where the key or the address cannot be used', () => {
    expect(() => createManagedDreamer({ apiKey: '' })).toThrow();
    expect(() => createManagedDreamer({ apiKey: KEY, baseUrl: 'http://example.com' })).toThrow(/https/u);
  });
});
