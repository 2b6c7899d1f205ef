import { describe, expect, it } from 'vitest';
import { batchFile } from '../../../../../src/core/dream/model/keptBatch';
import { KEPT_FOLDER, KeptFindings } from '../../../../../src/core/dream/model/keptFindings';
import { createFakePorts } from '../../../../fakes/fakePorts';
import { FAKE_TRAITS } from '../../../../fakes/fakeModel';

const KEY = 'a'.repeat(64);
const DAY = 86_400_000;
const names = async (ports: ReturnType<typeof createFakePorts>): Promise<readonly string[]> =>
  (await ports.files.list(KEPT_FOLDER)).map(({ name }) => name);

describe('kept answers', () => {
  it('are there for the next process, and know whether a dream has used them', async () => {
    const ports = createFakePorts();
    const first = new KeptFindings(ports);
    await first.keep(KEY, { kind: 'answer', value: { findings: [] } });
    expect(await new KeptFindings(ports).read(KEY)).toEqual({
      outcome: { kind: 'answer', value: { findings: [] } },
      used: false,
    });
    await first.markUsed();
    expect(await new KeptFindings(ports).read(KEY)).toMatchObject({ used: true });
  });

  it('count as none where the file is broken or of another shape', async () => {
    for (const text of ['{', '{"format":2}', '[]']) {
      const ports = createFakePorts({ [`${KEPT_FOLDER}/${KEY}.json`]: text });
      expect(await new KeptFindings(ports).read(KEY)).toBeUndefined();
      expect(ports.logger.lines).toHaveLength(1);
    }
  });

  it('go after thirty days without use, with what a dead process left', async () => {
    const ports = createFakePorts({
      [`${KEPT_FOLDER}/${'b'.repeat(64)}.json.tmp`]: 'torn',
      [`${KEPT_FOLDER}/notes.txt`]: 'not ours',
    });
    await new KeptFindings(ports).keep(KEY, { kind: 'split' });
    ports.clock.set(ports.clock.now() + 29 * DAY);
    await new KeptFindings(ports).prune();
    expect(await names(ports)).toEqual([`${KEY}.json`, 'notes.txt']);
    const used = new KeptFindings(ports);
    await used.read(KEY);
    await used.markUsed();
    ports.clock.set(ports.clock.now() + 29 * DAY);
    await new KeptFindings(ports).prune();
    expect(await names(ports)).toContain(`${KEY}.json`);
    ports.clock.set(ports.clock.now() + 2 * DAY);
    await new KeptFindings(ports).prune();
    expect(await names(ports)).toEqual(['notes.txt']);
  });
});

describe('a kept batch', () => {
  it('is that of the same engine and models only', async () => {
    const ports = createFakePorts();
    const file = batchFile(ports, FAKE_TRAITS);
    await file.write({ handle: 'msgbatch_1', keys: ['extract-1'] });
    expect(await file.read()).toEqual({ handle: 'msgbatch_1', keys: ['extract-1'] });
    const other = { ...FAKE_TRAITS, model: { ...FAKE_TRAITS.model, extract: 'another' } };
    expect(await batchFile(ports, other).read()).toBeUndefined();
    await file.remove();
    expect(await file.read()).toBeUndefined();
  });
});
