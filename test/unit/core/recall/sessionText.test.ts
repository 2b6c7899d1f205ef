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

  it('prints first what is pinned, then what always loads, then by worth, use and age', () => {
    const memories = [
      memoryAt('facts/plain.md', { created: '2026-01-01' }),
      memoryAt('facts/newer.md', { created: '2026-02-01' }),
      memoryAt('facts/used.md'),
      memoryAt('facts/wrong.md', { created: '2026-03-01' }),
      memoryAt('preferences/liked.md'),
      memoryAt('facts/always.md', { load: 'always' }),
      memoryAt('facts/pinned.md', { pinned: true }),
    ];
    const use = new Map([
      ['facts/used.md', { read: 2, cited: 1, success: 3, corrected: 0 }],
      ['facts/wrong.md', { read: 1, cited: 0, success: 0, corrected: 2 }],
    ]);
    const { entries } = renderSessionText(memories, optionsFor(memories, { use }));
    expect(entries.map(({ path }) => path.replace(/^.*\/|\.md$/gu, ''))).toEqual([
      ...['pinned', 'always', 'liked', 'used', 'newer', 'plain', 'wrong'],
    ]);
    expect(entries.every(({ how }) => how === 'whole')).toBe(true);
  });

  it('keeps one long memory from taking the room of the others, unless somebody put it first', () => {
    const long = { body: 'A long story. '.repeat(1_000) };
    const text = (more: object): ReturnType<typeof renderSessionText> => {
      const memories = [memoryAt('facts/long.md', { ...long, ...more }), memoryAt('facts/short.md')];
      return renderSessionText(memories, optionsFor(memories));
    };
    expect(
      text({})
        .entries.map(({ how }) => how)
        .sort(),
    ).toEqual(['line', 'whole']);
    const pinned = text({ pinned: true });
    expect(pinned.entries.map(({ how }) => how)).toEqual(['cut', 'whole']);
    expect(pinned.parts.join('\n')).toContain('  … cut here; all of it: .agent-memory/facts/long.md');
  });

  it('lists what is about some files, and prints whole what nobody can open by its path', () => {
    const paths = ['src/**'];
    const memories = [memoryAt('facts/team.md', { paths }), memoryAt('.local/personal/facts/mine.md', { paths })];
    const { parts, entries } = renderSessionText(memories, optionsFor(memories));
    expect(new Map(entries.map(({ path, how }) => [path, how]))).toEqual(
      new Map([
        ['facts/team.md', 'line'],
        ['.local/personal/facts/mine.md', 'whole'],
      ]),
    );
    expect(parts[0]).toMatch(/\n- \[m-[0-9a-f]{4}\] About team \(facts\/team\.md; for src\/\*\*\)$/mu);
    expect(parts[0]).toContain('About mine\n(of this user; for src/**)\n  The body of mine.');
    expect(parts[0]).not.toContain('.local/');
  });

  it('only counts what is on demand', () => {
    const memories = [
      memoryAt('facts/asked.md', { load: 'on-demand' }),
      memoryAt('.local/personal/facts/b.md', { load: 'on-demand' }),
    ];
    const { parts, entries } = renderSessionText(memories, optionsFor(memories));
    expect(entries.map(({ how }) => how)).toEqual(['left-out', 'left-out']);
    expect(parts[0]).toMatch(
      /\(1 more in \.agent-memory\/MEMORY\.md and the folders beside it; 1 more by the tool read_memory\)$/u,
    );
  });

  it('puts attached stores after the own memories, under what the user says of them', () => {
    const own = memoryAt('facts/own.md');
    const other = { ...memoryAt('facts/other.md'), path: '@abcd1234/facts/other.md' };
    const listed = { ...memoryAt('facts/listed.md', { paths: ['x/**'] }), path: '@abcd1234/facts/listed.md' };
    const store = { name: 'Team', instructions: 'House rules.\nThey come second.', folder: '/srv/team/.agent-memory' };
    const attached = [
      { ...store, memories: [other, listed] },
      { name: 'Bare', memories: [memoryAt('facts/bare.md'), memoryAt('facts/b.md', { load: 'on-demand' })] },
    ];
    const [text = ''] = renderSessionText([own], optionsFor([own, other, listed], { attached })).parts;
    expect(text).toMatch(
      /About own\n.*\n\n# From the attached store "Team"\n {2}House rules\.\n {2}They come second\.\n\n## \[m-[0-9a-f]+\] About other/u,
    );
    expect(text).toMatch(
      /\n- \[m-[0-9a-f]+\] About listed \(\/srv\/team\/\.agent-memory\/facts\/listed\.md; for x\/\*\*\)\n/u,
    );
    expect(text).toContain('(1 more in attached stores)');
    expect(text).toContain('# From the attached store "Bare"\n\n## [m-');
  });

  it('is nothing where not even the preface fits, and takes 2,000 memories', () => {
    const memories = many(2_000, 200);
    expect(renderSessionText(memories, optionsFor(memories, { maxTokens: 20 })).parts).toEqual([]);
    const started = performance.now();
    const { tokens, entries } = renderSessionText(memories, optionsFor(memories));
    expect(entries).toHaveLength(2_000);
    expect(tokens).toBeGreaterThan(5_000);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
