import { createHash, randomUUID } from 'node:crypto';
import type { Clock } from '../../core/ports';
import type { LeftBehind, StoreDreamer, StoreDreamOptions } from '../../core/model/storeDreamer';
import { createClock } from '../../node/clock';
import { USUAL_TIMES, waitOn, type ClaudeTimes, type Patience, type Wait } from '../claude/patience';
import { createSharedPause } from '../claude/tries';
import { troubleOf } from '../claude/trouble';
import { createAsk, type Ask } from './ask';
import { cleanUp } from './cleanUp';
import { ManagedClient } from './client';
import { Made } from './made';
import { dreamElsewhere } from './work';

export interface ManagedOptions {
  readonly apiKey: string;
  /** A gateway; https, or this machine. */
  readonly baseUrl?: string;
  /** The model that dreams; the server says which it takes. */
  readonly model?: string;
  readonly clock?: Pick<Clock, 'now' | 'after'>;
  readonly wait?: Wait;
  readonly times?: Partial<ClaudeTimes>;
}

/** Of those that the guide names, the one that costs least. As of 2026-11-20. */
const DREAM_MODEL = 'claude-sonnet-5';
const REPLAY_MODEL = 'claude-haiku-5-5';
/** Deleting goes on for so long after a cancel; what is left then is deleted by the next dream. */
const CLEAN_UP_MS = 60_000;

/** Anthropic's Dreams. Throws `model-key` and `invalid-setting`, before anything is sent. */
export function createManagedDreamer(options: ManagedOptions): StoreDreamer {
  const { clock = createClock(), wait, times, model = DREAM_MODEL } = options;
  const apiKey = options.apiKey.trim();
  const client = new ManagedClient(apiKey, options.baseUrl);
  const patience: Patience = { clock, wait: wait ?? waitOn(clock), times: { ...USUAL_TIMES, ...times } };
  const trying = {
    patience,
    pause: createSharedPause(patience),
    troubleOf: (error: unknown) => troubleOf(error, apiKey, clock.now()),
  };
  const account = createHash('sha256').update(`${client.baseURL}\0${apiKey}`).digest('hex').slice(0, 12);

  const cleaned = async (made: Made, { onNotice }: Pick<StoreDreamOptions, 'onNotice'>): Promise<void> => {
    // The user's signal has ended the dream; deleting what it made has a time of its own.
    const stop = { aborted: false };
    const cancel = clock.after(CLEAN_UP_MS, () => void (stop.aborted = true));
    // Nor does it wait for what the dream was told to wait for.
    const ask: Ask = createAsk({ ...trying, pause: createSharedPause(patience) }, { signal: stop, onNotice });
    await cleanUp(client, made, ask);
    cancel();
  };

  return {
    engine: 'managed',
    dream: async (request, ask) => {
      const run = randomUUID();
      const at = new Date(clock.now()).toISOString();
      const made = await Made.open(ask.left, run, account);
      if (made.own().length > 0) await cleaned(made, ask);
      await made.note('run', run, at);
      const asking = createAsk(trying, ask);
      const work = { client, ask: asking, made, patience, run, at, options: ask };
      try {
        const files = await dreamElsewhere({ ...work, replayModel: REPLAY_MODEL, dreamModel: model }, request);
        // Every answer was heard: there is nothing to look for.
        await made.gone(run);
        return files;
      } finally {
        await cleaned(made, ask);
        if (made.own().length > 0) ask.onNotice({ kind: 'waiting', message: leftWords(made.own()) });
      }
    },
    cleanUp: async (ask) => {
      const made = await Made.open(ask.left, randomUUID(), account);
      if (made.own().length > 0) await cleaned(made, ask);
      return made.all();
    },
  };
}

function leftWords(left: readonly LeftBehind[]): string {
  return `${left.length} uploads could not be deleted at Anthropic; the next dream tries again.`;
}
