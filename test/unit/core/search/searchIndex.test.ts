import { describe, expect, test } from 'vitest';
import { createSearchIndex, type SearchDocument } from '../../../../src/core/search/searchIndex';
import { searchTerms } from '../../../../src/core/search/terms';

function session(
  id: string,
  turns: readonly (readonly [string, string])[],
  more: Partial<SearchDocument> = {},
): SearchDocument {
  return { id, title: '', at: '', parts: turns.map(([speaker, text]) => ({ speaker, text })), ...more };
}

describe('a search index', () => {
  test('puts the document first that says what is asked, and leaves out what says nothing of it', () => {
    const index = createSearchIndex([
      session('a', [['user', 'the login page flickers']]),
      session('b', [
        ['user', 'migrate the orders table'],
        ['agent', 'added a migration for orders'],
      ]),
      session('c', [['user', 'tidy the readme']]),
    ]);
    expect(index.search('migrating orders', 10).map(({ id }) => id)).toEqual(['b']);
  });

  test('says which part answers', () => {
    const index = createSearchIndex([
      session('a', [
        ['user', 'hello'],
        ['agent', 'hi'],
        ['user', 'why does the flaky socket test fail'],
        ['agent', 'a port'],
      ]),
    ]);
    const [hit] = index.search('flaky socket', 1);
    expect(hit?.part).toBeGreaterThanOrEqual(1);
    expect(hit?.part).toBeLessThanOrEqual(2);
  });

  test('finds a title, a day and a month', () => {
    const index = createSearchIndex([
      session('a', [['user', 'x']], { title: 'Release notes', at: '2026-05-07T10:00:00Z' }),
      session('b', [['user', 'x']], { title: 'Other', at: '2026-06-09T10:00:00Z' }),
    ]);
    expect(index.search('release', 5)[0]?.id).toBe('a');
    expect(index.search('what happened in June', 5)[0]?.id).toBe('b');
    expect(index.search('2026-05-07', 5)[0]?.id).toBe('a');
  });

  test('finds the beginning of a word while it is typed, and never a similar id', () => {
    const index = createSearchIndex([
      session('a', [['user', 'the scheduler sleeps']]),
      session('b', [['user', 'see ISSUE-4711']]),
    ]);
    expect(index.search('sched', 5).map(({ id }) => id)).toEqual(['a']);
    expect(index.search('4712', 5)).toEqual([]);
    expect(index.search('4711', 5)[0]?.id).toBe('b');
  });

  test('knows a word by its family, once something of what was asked is there', () => {
    const index = createSearchIndex([
      session('a', [['user', 'the printer queue is stuck']]),
      session('b', [['user', 'the printer organisation is stuck']]),
    ]);
    expect(index.search('who organised the printer', 5).map(({ id }) => id)).toEqual(['b', 'a']);
    expect(index.search('organised', 5)).toEqual([]);
  });

  test('weighs a word by how many turns have it, not by how many sessions', () => {
    const often = ['deploy one', 'deploy two', 'deploy three'].map((text): [string, string] => ['user', text]);
    const index = createSearchIndex([
      session('a', [...often, ['user', 'other words here']]),
      session('b', [['user', 'the certificate of it'], ...often.slice(1)]),
      session('c', [['user', 'certificate']]),
    ]);
    expect(index.search('deploy certificate', 5)[0]?.id).toBe('b');
  });

  test('prefers what the named speaker said', () => {
    const talk = (id: string, who: string, other: string): SearchDocument =>
      session(id, [
        [who, 'I bought a kayak'],
        [other, 'how nice to hear'],
      ]);
    const index = createSearchIndex([talk('a', 'Bob', 'Ann'), talk('b', 'Ann', 'Bob')]);
    expect(index.search('When did Ann buy a kayak?', 5)[0]?.id).toBe('b');
  });

  test('puts the later of two equal documents first, and is the same in any order', () => {
    const one = session('a', [['user', 'rotate keys']], { at: '2026-01-01T00:00:00Z' });
    const two = session('b', [['user', 'rotate keys']], { at: '2026-01-01T09:00:00Z' });
    expect(
      createSearchIndex([one, two])
        .search('rotate', 5)
        .map(({ id }) => id),
    ).toEqual(['b', 'a']);
    expect(
      createSearchIndex([two, one])
        .search('rotate', 5)
        .map(({ id }) => id),
    ).toEqual(['b', 'a']);
  });

  test('puts equal documents of one time in the order of their ids, whatever order they come in', () => {
    const documents = ['c', 'a', 'b'].map((id) => session(id, [['user', 'rotate keys']]));
    const found = createSearchIndex(documents).search('rotate', 5);
    expect(found.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(createSearchIndex(documents).search('rotate', 2)).toEqual(found.slice(0, 2));
  });

  test('finds a memory that is only a title, and a day of no month without failing', () => {
    const index = createSearchIndex([session('a', [], { title: 'Rotate keys', at: '2026-13-40' })]);
    expect(index.search('rotate', 5)).toMatchObject([{ id: 'a', part: 0 }]);
    expect(index.search('2026', 5)).toHaveLength(1);
  });

  test('answers nothing where there is nothing', () => {
    expect(createSearchIndex([]).search('anything', 5)).toEqual([]);
    expect(createSearchIndex([session('a', [])]).search('', 5)).toEqual([]);
  });
});

describe('search terms', () => {
  test.each([
    ['commits, committing, committed', ['commit', 'commit', 'commit']],
    ['src/readLog.ts', ['src/readlog.ts', 'src', 'read', 'log']],
    ['She went and bought it', ['go', 'buy']],
    ['データベース移行', ['デー', 'ータ', 'タベ', 'ベー', 'ース', 'ス移', '移行']],
    ["Ann's parties", ['ann', 'parti']],
  ])('of “%s”', (text, terms) => {
    const found = searchTerms(text);
    for (const term of terms) expect(found).toContain(term);
  });
});
