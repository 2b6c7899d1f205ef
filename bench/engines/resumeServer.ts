import { startAnthropic } from '../../test/fakes/anthropic/server';
import type { Reply, SeenRequest } from '../../test/fakes/anthropic/types';
import { listAt } from '../../test/fakes/anthropic/json';
import { createRandom } from '../canary/formats';
import { changesFor } from './fabricatedChanges';
import { findingOf } from './fabrications';
import { isAboutChanges, promptOf } from './requests';
import type { Talk } from './talks';

/** When a dreaming process is killed. */
export type KillPoint =
  /** So many answers are on the disk, and the next requests are under way. */
  | { readonly at: 'answers'; readonly count: number }
  /** The moment so many answers are on the disk, whatever it is doing. */
  | { readonly at: 'kept'; readonly count: number }
  /** So many milliseconds after so many requests have come in. */
  | { readonly at: 'requests'; readonly count: number; readonly laterMs: number }
  /** The first question about changes has come in. */
  | { readonly at: 'changes' }
  /** Of a batch: it was looked at so often. */
  | { readonly at: 'looks'; readonly count: number };

/** A loopback Anthropic that counts who is sent how often, and knows when to kill. */
export interface ResumeServer {
  readonly url: string;
  /** Sessions that were sent, in order; those of batches too. */
  readonly sent: readonly string[];
  readonly batches: () => number;
  /** Resolves when it is time. `kept` tells how many answers are on the disk. */
  until(point: KillPoint, kept: () => Promise<number>): Promise<void>;
  /** Everything is answered from now on. */
  calm(): void;
  close(): Promise<void>;
}

/** How long the model thinks, so that several requests are under way at once. */
const THINKS_MS = 25;
const LOOKS = 6;
const PATIENCE_MS = 60_000;

/** Finds in each session what the person said first, and says a change for each finding. */
export async function startResumeServer(talks: readonly Talk[]): Promise<ResumeServer> {
  const fake = await startAnthropic({ batchPolls: LOOKS });
  const sent: string[] = [];
  const random = createRandom(1);
  let point: KillPoint | undefined;
  let [answers, requests, looks] = [0, 0, 0];
  let strike: (() => void) | undefined;
  const strikeIn = (ms: number): void => void setTimeout(() => strike?.(), ms);
  const tagOf = (body: unknown): string => talks.find(({ tag }) => promptOf(body).includes(tag))?.tag ?? '';

  fake.trouble(({ method, path, body }) => {
    if (method === 'POST' && path === '/v1/messages' && !isAboutChanges(body)) sent.push(tagOf(body));
    if (method === 'POST' && path.endsWith('/batches'))
      for (const item of listAt(body, 'requests')) sent.push(tagOf((item as { readonly params?: unknown }).params));
    if (method === 'GET' && /\/batches\/[^/]+$/u.test(path)) looks += 1;
    if (point?.at === 'looks' && looks >= point.count) strike?.();
    return undefined;
  });
  fake.reply(async ({ body, customId }) => {
    if (isAboutChanges(body)) {
      if (point?.at === 'changes') return held(strike);
      return { json: { changes: changesFor(promptOf(body), random).changes } };
    }
    requests += 1;
    if (point?.at === 'requests' && requests === point.count) strikeIn(point.laterMs);
    if (point?.at === 'answers' && answers >= point.count) return { hang: 'headers' };
    answers += 1;
    if (customId === undefined) await new Promise((resolve) => setTimeout(resolve, THINKS_MS));
    return answerFor(talks.find(({ tag }) => tag === tagOf(body)));
  });
  return {
    url: fake.url,
    sent,
    batches: () => fake.requests.filter((one) => isNewBatch(one)).length,
    until: async (next, kept) => {
      [answers, requests, looks] = [0, 0, 0];
      const already = next.at === 'answers' ? await kept() : 0;
      const struck = new Promise<void>((resolve) => (strike = resolve));
      point = next;
      if (next.at !== 'answers' && next.at !== 'kept') return struck;
      // What was kept before is not asked for again; what is answered now has to reach the disk, and others to come in.
      const others = next.at === 'answers' ? next.count : -1;
      const deadline = performance.now() + PATIENCE_MS;
      while ((await kept()) < already + next.count || requests <= others) {
        if (performance.now() > deadline) throw new Error(`Fewer than ${next.count} answers were kept`);
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    },
    calm: () => void (point = undefined),
    close: () => fake.close(),
  };
}

function held(strike: (() => void) | undefined): Reply {
  strike?.();
  return { hang: 'headers' };
}

function isNewBatch({ method, path }: SeenRequest): boolean {
  return method === 'POST' && path.endsWith('/batches');
}

function answerFor(talk: Talk | undefined): Reply {
  if (talk === undefined) throw new Error('A request about no session');
  const [{ entry, text }] = talk.said;
  return { json: { findings: [findingOf([{ entry: String(entry), quote: text }], text, talk.tag)] } };
}
