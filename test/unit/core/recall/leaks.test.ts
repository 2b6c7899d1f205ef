import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { viewOf } from '../../../../src/core/recall/view';
import { memoryAt } from '../../../fakes/memories';
import { everybodysMemory, judgeWorld, worlds } from '../../../views/viewWorld';

describe('what agents are told', () => {
  it('holds no memory of another agent, of another user, archived or not accepted, and all that may be there', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, async (world) => {
        const { leaks, missing } = await judgeWorld(world);
        expect(leaks).toEqual([]);
        expect(missing).toEqual([]);
      }),
      { numRuns: 15 },
    );
  }, 60_000);

  it('is looked at by somebody who would see a leak, and a gap', async () => {
    const world = { memories: [everybodysMemory], maxTokens: 3_000 };
    expect((await judgeWorld({ ...world, subagents: 'full' }, 'filtered')).leaks).not.toEqual([]);
    expect((await judgeWorld({ ...world, subagents: 'filtered' }, 'full')).missing).not.toEqual([]);
  });

  it('holds nothing about other files, where it is about a file', () => {
    const name = fc.stringMatching(/^[a-z]{1,4}$/u);
    const folder = fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
    fc.assert(
      fc.property(fc.array(folder, { maxLength: 6 }), folder, name, (folders, place, file) => {
        const store = folders.map((one, n) => memoryAt(`facts/m${n}.md`, { paths: [`${one}/**`] }));
        const seen = viewOf(store, { kind: 'main' }, { subagents: 'full', path: `${place}/${file}` });
        const wanted = store.filter((_, n) => `${place}/${file}`.startsWith(`${folders[n] ?? ''}/`));
        expect(seen.map(({ path }) => path)).toEqual(wanted.map(({ path }) => path));
      }),
      { numRuns: 300 },
    );
  });
});
