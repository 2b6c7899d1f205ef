import { describe, expect, it } from 'vitest';
import { coalesce } from '../../../../src/vscode/capture/coalesce';

/** Work that ends when the test says so. */
function createWork() {
  const started: { resolve: (value: number) => void; reject: (error: Error) => void }[] = [];
  const work = (): Promise<number> =>
    new Promise((resolve, reject) => {
      started.push({ resolve, reject });
    });
  return { started, work };
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

describe('coalesced work', () => {
  it('runs one at a time; calls made meanwhile share one run that begins afterwards', async () => {
    const { started, work } = createWork();
    const { run } = coalesce(work);
    const first = run();
    const [second, third] = [run(), run()];
    expect(started.length).toBe(1);
    started[0]?.resolve(1);
    await settle();
    expect(started.length).toBe(2);
    started[1]?.resolve(2);
    expect(await Promise.all([first, second, third])).toEqual([1, 2, 2]);
  });

  it('starts at once again when it is idle', async () => {
    const { started, work } = createWork();
    const { run } = coalesce(work);
    const first = run();
    started[0]?.resolve(1);
    await first;
    void run();
    expect(started.length).toBe(2);
  });

  it('fails only for the calls that shared the failing run', async () => {
    const { started, work } = createWork();
    const { run } = coalesce(work);
    const first = run();
    const second = run();
    started[0]?.reject(new Error('no'));
    await expect(first).rejects.toThrow('no');
    await settle();
    started[1]?.resolve(2);
    expect(await second).toBe(2);
  });
});
