import { describe, expect, it } from 'vitest';
import { createDebounce } from '../../../src/vscode/debounce';
import { createFakeClock } from '../../fakes/fakeClock';

function create() {
  const clock = createFakeClock();
  const calls = { count: 0 };
  const debounce = createDebounce(clock, { delayMs: 100, maxMs: 1000 }, () => {
    calls.count += 1;
  });
  return { clock, calls, debounce };
}

describe('a debounced call', () => {
  it('comes once, after it has been quiet', () => {
    const { clock, calls, debounce } = create();
    debounce.trigger();
    clock.advance(90);
    debounce.trigger();
    clock.advance(90);
    expect(calls.count).toBe(0);
    clock.advance(10);
    expect(calls.count).toBe(1);
    clock.advance(1000);
    expect(calls.count).toBe(1);
  });

  it('is not put off for ever by a steady stream', () => {
    const { clock, calls, debounce } = create();
    for (let passed = 0; passed < 2000; passed += 50) {
      debounce.trigger();
      clock.advance(50);
    }
    expect(calls.count).toBeGreaterThanOrEqual(1);
  });

  it('never comes after disposal', () => {
    const { clock, calls, debounce } = create();
    debounce.trigger();
    debounce.dispose();
    debounce.trigger();
    clock.advance(5000);
    expect([calls.count, clock.pending]).toEqual([0, 0]);
  });
});
