import { describe, expect, it } from 'vitest';
import type { Memory } from '../../../../src/core/memory/memory';
import { entryIds } from '../../../../src/core/recall/entryId';
import { PART_CHARACTERS, renderSessionText, type TextOptions } from '../../../../src/core/recall/sessionText';
import { nodeHasher } from '../../../fakes/fakePorts';
import { memoryAt } from '../../../fakes/memories';

function optionsFor(memories: readonly Memory[], more: Partial<TextOptions> = {}): TextOptions {
  const hasher = nodeHasher();
  const ids = entryIds(
    hasher,
    memories.map(({ path }) => path),
  );
  return { ids, hasher, maxTokens: 6_000, maxParts: 3, reviewedOn: '2026-11-21', ...more };
}

const many = (count: number, length = 400): readonly Memory[] =>
  Array.from({ length: count }, (_, n) => memoryAt(`facts/fact-${n}.md`, { body: `Fact ${n}. `.repeat(length / 9) }));

describe('the text of a session', () => {
  it('says what it is, then the entries with their ids', () => {
    const memory = memoryAt('conventions/use-pnpm.md', {
      description: 'Use pnpm',
      body: 'Never npm.\n\n**Why:** links.',
    });
    const { parts, marker, entries } = renderSessionText([memory], optionsFor([memory]));
    const [{ id } = { id: '' }] = entries;

    expect(parts).toHaveLength(1);
    expect(parts[0]).toContain(`Agent Dreams memory ${marker}\n`);
    expect(parts[0]).toContain('reviewed on 2026-11-21');
    expect(parts[0]).toContain(`## [${id}] Use pnpm\n  Never npm.\n\n  **Why:** links.`);
    expect(entries).toEqual([{ id, path: 'conventions/use-pnpm.md', how: 'whole' }]);
  });

  it('is nothing where nothing is remembered', () => {
    expect(renderSessionText([], optionsFor([])).parts).toEqual([]);
  });

  it('keeps to its budget in tokens, parts and characters, each part with the preface', () => {
    const memories = many(400);
    const { parts, tokens, entries } = renderSessionText(memories, optionsFor(memories));
    expect(tokens).toBeLessThanOrEqual(6_000);
    expect(tokens).toBeGreaterThan(4_500);
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.length).toBeLessThanOrEqual(3);
    parts.forEach((part, index) => {
      expect(part.length).toBeLessThanOrEqual(PART_CHARACTERS);
      expect(part.split('\n')[0]).toMatch(
        new RegExp(`^Agent Dreams memory [0-9a-f]{8}, part ${index + 1} of ${parts.length}$`, 'u'),
      );
    });
    const left = entries.filter(({ how }) => how === 'left-out').length;
    expect(left).toBeGreaterThan(0);
    expect(parts.join('\n')).toContain(`${left} more in .agent-memory/MEMORY.md`);
    expect(entries.filter(({ how }) => how === 'line').length).toBeGreaterThan(10);
  });

  it.each([1, 2, 3])('keeps room for lines of what is worth more, with %i parts', (maxParts) => {
    const scoped = memoryAt('pitfalls/locked.md', { paths: ['src/**'] });
    for (let count = 10; count <= 60; count += 1) {
      const memories = [scoped, ...many(count)];
      const { entries } = renderSessionText(memories, optionsFor(memories, { maxParts }));
      expect(entries.find(({ path }) => path === scoped.path)).toMatchObject({ how: 'line' });
    }
  });
});
