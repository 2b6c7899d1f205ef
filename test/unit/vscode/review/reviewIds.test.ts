import { describe, expect, it } from 'vitest';
import { hunkAt, nextHunkLine, partNow } from '../../../../src/vscode/review/cursorHunk';
import { describeDecision } from '../../../../src/vscode/review/describeDecision';
import {
  readReviewArguments,
  readSelection,
  readSessionArguments,
} from '../../../../src/vscode/review/reviewArguments';
import { parseReviewUri, reviewUriParts } from '../../../../src/vscode/review/reviewUri';
import { plainTranslate } from '../../../../src/vscode/translate';
import type { Hunk } from '../../../../src/core/review/hunks';

describe('the URI of a review document', () => {
  const place = { folder: 'a1b2', dream: '01jd0000000000000000000000' as never, path: 'commands/tests.md' };
  const authority = 'a1b2.01jd0000000000000000000000';

  it('leads back to what it shows', () => {
    expect(reviewUriParts(place)).toEqual({ authority, path: '/agent-dreams-review/commands/tests.md' });
    expect(parseReviewUri(reviewUriParts(place))).toEqual(place);
  });

  it.each([
    [authority, '/other/c.md'],
    [authority, '/agent-dreams-review'],
    [authority, '/agent-dreams-review/../c.md'],
    [authority, '/agent-dreams-review//c.md'],
    [authority, 'agent-dreams-review/c.md'],
    ['', '/agent-dreams-review/c.md'],
    ['a1b2', '/agent-dreams-review/c.md'],
    ['a1b2.d.e', '/agent-dreams-review/c.md'],
    ['a b.d', '/agent-dreams-review/c.md'],
  ])('%s with the path %s is none', (other, path) => {
    expect(parseReviewUri({ authority: other, path })).toBeUndefined();
  });
});

describe('arguments of review commands', () => {
  it('are ids, given directly or in a row of the view', () => {
    const ids = { folder: 'f', dream: 'd', change: 'c', hunk: 'h', at: 3 };
    expect(readReviewArguments(ids)).toEqual(ids);
    expect(readReviewArguments({ label: 'row', target: { folder: 'f', dream: 'd' } })).toEqual({
      folder: 'f',
      dream: 'd',
    });
  });

  it.each([
    [undefined],
    [null],
    ['text'],
    [{}],
    [{ folder: 'f' }],
    [{ folder: 1, dream: 'd' }],
    [{ folder: 'f', dream: 'x'.repeat(201) }],
  ])('%j says nothing', (argument) => {
    expect(readReviewArguments(argument)).toBeUndefined();
  });

  it('mean the selection where the clicked row is part of it', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((change) => ({ target: { folder: 'f', dream: 'd', change } }));
    expect(readSelection([a, [a, b]])).toHaveLength(2);
    expect(readSelection([c, [a, b]])).toEqual([{ folder: 'f', dream: 'd', change: 'c' }]);
    expect(readSelection([])).toEqual([]);
  });

  it('name a place in a session', () => {
    expect(readSessionArguments({ folder: 'f', session: 's', entry: 'e', quote: 'q' })).toEqual({
      folder: 'f',
      session: 's',
      entry: 'e',
      quote: 'q',
    });
    expect(readSessionArguments({ folder: 'f' })).toBeUndefined();
    expect(readSessionArguments('s')).toBeUndefined();
  });
});

describe('the hunk that a cursor means', () => {
  const hunk = (oldStart: number, oldCount: number, newStart: number, newCount: number): Hunk => ({
    id: `${oldStart}-${newStart}` as never,
    oldStart,
    oldLines: Array.from({ length: oldCount }, () => 'x'),
    newStart,
    newLines: Array.from({ length: newCount }, () => 'y'),
  });
  const hunks = [hunk(2, 1, 2, 3), hunk(10, 4, 12, 0), hunk(20, 0, 18, 2)];

  it('is the one it is in, on either side', () => {
    expect(hunkAt(hunks, 'new', 4)).toBe(hunks[0]);
    expect(hunkAt(hunks, 'old', 13)).toBe(hunks[1]);
  });

  it('is the gap it stands beside, where this side has no lines of it', () => {
    expect(hunkAt(hunks, 'new', 11)).toBe(hunks[1]);
    expect(hunkAt(hunks, 'new', 12)).toBe(hunks[1]);
    expect(hunkAt(hunks, 'old', 20)).toBe(hunks[2]);
  });

  it('is none between them, but the only one from anywhere', () => {
    expect(hunkAt(hunks, 'new', 7)).toBeUndefined();
    expect(hunkAt(hunks.slice(0, 1), 'new', 99)).toBe(hunks[0]);
    expect(hunkAt([], 'new', 0)).toBeUndefined();
  });

  it('is followed by the next one below', () => {
    expect(nextHunkLine(hunks, 'new', 2)).toBe(12);
    expect(nextHunkLine(hunks, 'old', 2)).toBe(10);
    expect(nextHunkLine(hunks, 'new', 18)).toBeUndefined();
  });

  it('is the one a lens names, or the one that typing has put in its place', () => {
    expect(partNow(hunks, '10-12' as never, 2)).toBe('10-12');
    expect(partNow(hunks, 'before the typing' as never, 10)).toBe('10-12');
    expect(partNow(hunks, 'gone' as never, 11)).toBe('gone');
    expect(partNow(hunks, 'gone' as never, undefined)).toBe('gone');
  });
});

describe('the words for a decision', () => {
  const words = (result: Parameters<typeof describeDecision>[0]) => describeDecision(result, plainTranslate);
  const done = { kind: 'done', dream: 'd' as never, changes: [], written: [] } as const;

  it('are none where the diff shows it', () => {
    expect(words({ ...done, left: [] })).toBeUndefined();
  });

  it('name what was left', () => {
    expect(words({ ...done, left: ['a' as never] })?.message).toMatch(/^1 change was left/);
    expect(words({ kind: 'nothing', left: ['a' as never, 'b' as never] })?.message).toMatch(/^2 changes were left/);
  });

  it.each([
    [{ kind: 'nothing', left: [] }, /Nothing is open/],
    [{ kind: 'conflict', path: 'facts/a.md' }, /facts\/a\.md changed meanwhile.*Nothing was written/],
    [
      {
        kind: 'refused',
        reason: 'hidden-text',
        path: 'facts/a.md',
        line: 3,
        codePoint: 'U+202E',
        words: 'direction override',
      },
      /Line 3 of facts\/a\.md.*direction override U\+202E.*Nothing was written/,
    ],
    [
      { kind: 'refused', reason: 'invalid-memory', path: 'facts/a.md', detail: 'no name' },
      /not be a readable memory: no name/,
    ],
    [{ kind: 'refused', reason: 'unresolvable', path: 'facts/a.md' }, /cannot be reviewed/],
  ] as const)('%o', (result, message) => {
    expect(words(result)?.message).toMatch(message);
  });
});
