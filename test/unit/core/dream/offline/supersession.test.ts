import { describe, expect, it } from 'vitest';
import { rankStored, relationOf, repeats, supersededBy } from '../../../../../src/core/dream/offline/supersession';

const facts = [
  'Ada Kern plays the cello in a string quartet.',
  'Ada Kern studied physics at a university in Graz.',
  'Bo Lind and Ada Kern met at a conference in Oslo.',
  'Bo Lind enjoys sailing on the lakes near his home.',
  'Cy Moor wrote a book on bridges of the Alps.',
];

describe('which stored fact a new one replaces', () => {
  it.each([
    ['Bo Lind and Ada Kern met at a wedding in Lisbon.', 2],
    ['Ada Kern never attended university and taught herself physics.', 1],
    ['Bo Lind dislikes sailing and instead hikes in the hills.', 3],
    ['Cy Moor wrote a book on tunnels, not bridges, of the Alps.', 4],
    ['Dee Holt wrote a book on bridges of the Alps with Cy Moor.', 4],
  ])('%s', (statement, index) => {
    expect(supersededBy(statement, facts)).toBe(index);
  });

  it('none, where it speaks of somebody else', () => {
    expect(supersededBy('Eve Park enjoys sailing on the lakes near her home.', facts)).toBeUndefined();
  });

  it('none, where it has nothing to do with any of them', () => {
    expect(supersededBy('The build takes four minutes.', facts)).toBeUndefined();
    expect(supersededBy('Anything', [])).toBeUndefined();
  });

  it('not the one that it repeats word by word', () => {
    expect(repeats('Ada Kern plays the cello, in a string quartet', facts[0] ?? '')).toBe(true);
    expect(supersededBy(facts[0] ?? '', [facts[0] ?? ''])).toBeUndefined();
  });

  it('the order of equals is the stored order', () => {
    expect(rankStored('x', ['b', 'a']).map(({ index }) => index)).toEqual([0, 1]);
  });
});

describe('a new rule beside a stored one', () => {
  it.each([
    ['Use `npm` for installs.', 'Use `pnpm` for installs.'],
    ['The API listens on port 8080.', 'The API listens on port 9090.'],
    ['Tests need Node 18.', 'Tests need Node 20.'],
    ['Squash commits before a merge.', 'Never squash commits before a merge.'],
    ['Fixtures live in `test/data`.', 'Fixtures live in `test/fixtures`.'],
    ['The fixtures live beside the tests.', 'Fixtures live in a folder of their own.'],
    ['Run `make check` before a push.', 'Run `make verify` before a push.'],
  ])('“%s” gives way to “%s”', (stored, statement) => {
    expect(relationOf(statement, stored, true)).toBe('superseded');
  });

  it.each([
    ['Never mock the database in tests.', 'Never mock the clock in tests.'],
    ['The build is slow.', 'The build is reproducible.'],
    ['Docs live in the wiki.', 'Tests live in the package.'],
  ])('“%s” and “%s” stand side by side', (stored, statement) => {
    expect(relationOf(statement, stored, false)).toBe('unrelated');
  });

  it('the same in other words is said again', () => {
    expect(relationOf('Install with `pnpm`.', 'Use `pnpm` for installs, never `npm`.', true)).toBe('restated');
  });
});
