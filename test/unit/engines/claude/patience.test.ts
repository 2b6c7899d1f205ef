import { describe, expect, it } from 'vitest';
import {
  onLeash,
  SilentError,
  USUAL_TIMES,
  waitOn,
  type Leash,
  type Patience,
} from '../../../../src/engines/claude/patience';
import { createFakeClock, type FakeClock } from '../../../fakes/fakeClock';

function patienceOn(clock: FakeClock): Patience {
  return { clock, wait: waitOn(clock), times: { ...USUAL_TIMES, silenceMs: 100, tryMs: 1000 } };
}

/** A piece of work that ends when the test says so. */
class Held {
  leash!: Leash;
  end!: (value: string) => void;

  readonly work = async (leash: Leash): Promise<string> => {
    this.leash = leash;
    return await new Promise<string>((resolve) => (this.end = resolve));
  };
}

describe('a try on its leash', () => {
  it('leaves no timer behind, also where a last piece is heard after the end', async () => {
    const clock = createFakeClock();
    const work = new Held();
    const running = onLeash(work.work, { aborted: false }, patienceOn(clock));
    work.leash.heard();
    work.end('done');
    expect(await running).toBe('done');
    work.leash.heard();
    expect(clock.pending).toBe(0);
  });

  it('ends where nothing is heard, and lives as long as something is', async () => {
    const clock = createFakeClock();
    const work = new Held();
    const running = onLeash(work.work, { aborted: false }, patienceOn(clock));
    for (let piece = 0; piece < 5; piece++) {
      clock.advance(90);
      work.leash.heard();
    }
    expect(work.leash.signal.aborted).toBe(false);
    clock.advance(101);
    await expect(running).rejects.toThrow(SilentError);
    expect(work.leash.signal.aborted).toBe(true);
    expect(clock.pending).toBe(0);
  });

  it('ends after its whole time, however much is heard', async () => {
    const clock = createFakeClock();
    const work = new Held();
    const running = onLeash(work.work, { aborted: false }, patienceOn(clock));
    for (let piece = 0; piece < 13; piece++) {
      clock.advance(80);
      work.leash.heard();
    }
    await expect(running).rejects.toThrow(SilentError);
  });

  it.each(['an AbortSignal', 'a plain signal'])('hears %s within a fifth of a second', async (kind) => {
    const clock = createFakeClock();
    const controller = new AbortController();
    const plain = { aborted: false };
    const signal = kind === 'a plain signal' ? plain : controller.signal;
    const times = { ...USUAL_TIMES, silenceMs: 10_000, tryMs: 10_000 };
    const running = onLeash(new Held().work, signal, { ...patienceOn(clock), times });
    const waiting = waitOn(clock)(60_000, signal);
    plain.aborted = true;
    controller.abort();
    clock.advance(200);
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    await waiting;
    expect(clock.pending).toBe(0);
  });
});
