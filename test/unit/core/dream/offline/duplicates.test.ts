import { describe, expect, it } from 'vitest';
import type { Edit, MinerResult } from '../../../../../src/core/dream/miner';
import { duplicatesMiner } from '../../../../../src/core/dream/offline/duplicates';
import { memoryOf, mine } from './mine';

const long =
  'Run the integration tests against the shared staging database only after you have asked in the channel, because two runs at once break each other.';

function editsOf(result: MinerResult): readonly Edit[] {
  return result.candidates.flatMap((candidate) => (candidate.kind === 'edit' ? [candidate] : []));
}

describe('memories that say the same', () => {
  it('are merged: one stays, the other goes to the archive unchanged', async () => {
    const a = memoryOf('conventions/a.md', long);
    const b = memoryOf('workflows/b.md', `${long}\n\n**Why:** It cost us a day.`);
    const [edit] = editsOf(await mine(duplicatesMiner, [], { memories: [a, b] }));
    expect(edit).toMatchObject({ change: 'merge', trust: 'observed' });
    expect(edit?.files).toEqual([
      { path: 'archive/conventions/a.md', from: 'conventions/a.md', before: a.text, after: a.text },
    ]);
    expect(edit?.evidence.map((one) => one.kind)).toEqual(['memory', 'memory']);
  });

  it('lose no sentence: what only the other says is added, and quoted to the reviewer', async () => {
    const a = memoryOf(
      'conventions/a.md',
      `${long}\n\n**Why:** The first reason, which is quite long and stands here for weight.`,
    );
    const b = memoryOf('conventions/b.md', `${long}\n\n**Apply when:** before a release.`);
    const [edit] = editsOf(await mine(duplicatesMiner, [], { memories: [a, b] }));
    expect(edit?.files[0]?.path).toBe('conventions/a.md');
    expect(edit?.files[0]?.after).toBe(`${a.text}\n**Apply when:** before a release.\n`);
    expect(edit?.rationale).toContain('**Apply when:** before a release.');
  });

  it('near duplicates count, too', async () => {
    const a = memoryOf('conventions/a.md', `${long} ${long.toUpperCase()}`);
    const b = memoryOf('conventions/b.md', `${long} ${long} Please`);
    expect(editsOf(await mine(duplicatesMiner, [], { memories: [a, b] }))).toHaveLength(1);
  });

  it('the pinned one stays', async () => {
    const a = memoryOf('conventions/a.md', `${long}\n\nMore words that make it the longer one of the two.`);
    const b = memoryOf('conventions/b.md', long, { pinned: true });
    const exact = memoryOf('conventions/c.md', long);
    const [edit] = editsOf(await mine(duplicatesMiner, [], { memories: [exact, b] }));
    expect(edit?.files[0]?.from).toBe('conventions/c.md');
    expect(a.pinned).toBe(false);
  });
});

describe('memories that only look alike', () => {
  it.each([
    ['another scope', { scope: { kind: 'personal' } as const }],
    ['other agents', { agents: ['reviewer'] }],
    // One memory for both would hold where nobody said it, or no longer be loaded where it was.
    ['other paths', { paths: ['web/**'] }],
  ])('%s', async (_, more) => {
    const memories = [memoryOf('conventions/a.md', long), memoryOf('conventions/b.md', long, more)];
    expect(editsOf(await mine(duplicatesMiner, [], { memories }))).toEqual([]);
  });

  it('other paths on both sides: the reason is told', async () => {
    const memories = ['a', 'b'].map((name) => memoryOf(`conventions/${name}.md`, long, { paths: [`${name}/**`] }));
    expect(await mine(duplicatesMiner, [], { memories })).toEqual({
      candidates: [],
      dismissed: [expect.objectContaining({ miner: 'duplicates', reason: 'they apply to different paths' }) as unknown],
    });
  });

  it('the same paths in another order are no others', async () => {
    const memories = [
      ['x', 'y'],
      ['y', 'x'],
    ].map((paths, index) => memoryOf(`conventions/m${index}.md`, long, { paths }));
    expect(editsOf(await mine(duplicatesMiner, [], { memories }))).toHaveLength(1);
  });

  it('another value', async () => {
    const text = `${long} The port of the service that the tests talk to while they run on a machine is`;
    const memories = [memoryOf('conventions/a.md', `${text} 5432.`), memoryOf('conventions/b.md', `${text} 5433.`)];
    const result = await mine(duplicatesMiner, [], { memories });
    expect(editsOf(result)).toEqual([]);
    expect(result.dismissed[0]?.reason).toContain('different values');
  });

  it('archived ones', async () => {
    const memories = [memoryOf('conventions/a.md', long), memoryOf('archive/conventions/a.md', long)];
    expect(editsOf(await mine(duplicatesMiner, [], { memories }))).toEqual([]);
  });

  it('short ones on another topic', async () => {
    const memories = [memoryOf('conventions/a.md', 'Use tabs.'), memoryOf('conventions/b.md', 'Use pnpm.')];
    expect(editsOf(await mine(duplicatesMiner, [], { memories }))).toEqual([]);
  });
});
