import { describe, expect, it } from 'vitest';
import { afterPowerLoss, EMPTY_DISK, filesOf } from '../../faults/disk';
import { createFaultFileStore, Killed } from '../../faults/faultFileStore';
import { fileStoreContract } from '../../fakes/fileStoreContract';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const now = (): number => 0;

fileStoreContract('the disk with faults', async () => ({
  files: createFaultFileStore(EMPTY_DISK, { now }),
  close: async () => undefined,
}));

describe('the disk with faults', () => {
  it('kills in the middle of a write, and lets nothing happen afterwards', async () => {
    const files = createFaultFileStore(EMPTY_DISK, { now });
    files.fault = { kind: 'kill', at: 1, half: true };
    await files.write('a', bytes('whole'));
    await expect(files.write('b', bytes('12345678'))).rejects.toBeInstanceOf(Killed);
    await expect(files.read('a')).rejects.toBeInstanceOf(Killed);
    expect([...filesOf(files.disk())].map(([path, { length }]) => [path, length])).toEqual([
      ['a', 5],
      ['b', 4],
    ]);
  });

  it('fails with the errors of the real disk, once or from then on', async () => {
    const files = createFaultFileStore(EMPTY_DISK, { now });
    files.fault = { kind: 'error', at: 0, errno: 'ENOSPC', lasting: false };
    await expect(files.write('a', bytes('x'))).rejects.toMatchObject({ code: 'disk-full' });
    await files.write('a', bytes('x'));
    files.fault = { kind: 'error', at: 0, errno: 'EROFS', lasting: true };
    await expect(files.write('a', bytes('y'))).rejects.toMatchObject({ code: 'read-only' });
    expect(await files.read('a')).toEqual(bytes('x'));
  });

  it('loses with the power what was not flushed, in every order that is possible', async () => {
    const files = createFaultFileStore(EMPTY_DISK, { now });
    await files.write('a', bytes('old'));
    await files.syncDirectory('');
    await files.write('b', bytes('new'));
    await files.rename('b', 'a');
    const states = afterPowerLoss(files.disk(), 100, () => 0.5);
    const seen = states.map((state) =>
      JSON.stringify([...filesOf(state)].map(([path, { length }]) => `${path}${length}`)),
    );
    expect(new Set(seen)).toEqual(new Set(['["a3"]', '["a3","b3"]']));
    await files.syncDirectory('');
    expect(afterPowerLoss(files.disk(), 100, () => 0.5)).toHaveLength(1);
  });

  it('loses a folder whose own entry was not flushed, with all that is in it', async () => {
    const files = createFaultFileStore(EMPTY_DISK, { now });
    await files.write('x/y/a', bytes('1'));
    await files.syncDirectory('x/y');
    await files.syncDirectory('x');
    const sizes = afterPowerLoss(files.disk(), 100, () => 0.5).map((state) => filesOf(state).size);
    expect(new Set(sizes)).toEqual(new Set([0, 1]));
  });

  it('takes names for one whose case or normal form differs, if asked to', async () => {
    const files = createFaultFileStore(EMPTY_DISK, { now, folds: true });
    await files.write('Facts/A.md', bytes('1'));
    await files.write('facts/a.md', bytes('2'));
    expect([...filesOf(files.disk()).keys()]).toEqual(['Facts/A.md']);
    expect(await files.read('FACTS/a.md')).toEqual(bytes('2'));
  });
});
