import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entryIds } from '../../../../src/core/recall/entryId';
import { nodeHasher } from '../../../fakes/fakePorts';

/** Hashes that agree in their first digits. */
const close = { sha256: (text: string | Uint8Array) => `abcd${nodeHasher().sha256(text).slice(4)}` };

describe('ids of entries', () => {
  it('are short, and the same whatever else is in the store', () => {
    const alone = entryIds(nodeHasher(), ['facts/a.md']);
    const both = entryIds(nodeHasher(), ['facts/b.md', 'facts/a.md']);
    expect(alone.get('facts/a.md')).toMatch(/^m-[0-9a-f]{4}$/u);
    expect(both.get('facts/a.md')).toBe(alone.get('facts/a.md'));
  });

  it('are whole hashes where nothing shorter tells two apart', () => {
    const same = { sha256: () => 'f'.repeat(64) };
    const ids = entryIds(same, ['facts/a.md', 'facts/b.md']);
    expect([...ids.values()]).toEqual([`m-${'f'.repeat(64)}`]);
  });

  it('of an archived memory is its own where a live one has taken its place', () => {
    const ids = entryIds(nodeHasher(), ['facts/a.md', 'archive/facts/a.md', 'archive/facts/b.md']);
    expect(ids.get('archive/facts/a.md')).not.toBe(ids.get('facts/a.md'));
    expect(ids.get('archive/facts/b.md')).toBe(entryIds(nodeHasher(), ['facts/b.md']).get('facts/b.md'));
  });

  it('grow where two would be the same', () => {
    const ids = entryIds(close, ['facts/a.md', 'facts/b.md']);
    expect([...ids.values()].every((id) => /^m-abcd[0-9a-f]{2,}$/u.test(id))).toBe(true);
    expect(new Set(ids.values()).size).toBe(2);
  });

  it('stay when a memory is archived or restored', () => {
    const before = entryIds(close, ['facts/a.md', 'facts/b.md']);
    const after = entryIds(close, ['archive/facts/a.md', 'facts/b.md']);
    expect(after.get('facts/b.md')).toBe(before.get('facts/b.md'));
    expect(after.get('archive/facts/a.md')).toBe(before.get('facts/a.md'));
    expect(entryIds(close, ['archive/facts/a.md', 'facts/a.md']).get('facts/a.md')).toMatch(/^m-/u);
  });

  it('are never the same, however many there are', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 1, maxLength: 12 }), { maxLength: 300 }), (paths) => {
        const ids = entryIds(nodeHasher(), paths);
        expect(ids.size).toBe(paths.length);
        expect(new Set(ids.values()).size).toBe(paths.length);
      }),
      { numRuns: 50 },
    );
  });
});
