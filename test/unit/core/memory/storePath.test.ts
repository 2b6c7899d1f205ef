import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSlug, MAX_SLUG, toSlug } from '../../../../src/core/memory/slug';
import {
  archivePath,
  assertStorePath,
  isTracked,
  memoryPath,
  pathProblem,
  placeOf,
  restoredPath,
} from '../../../../src/core/memory/storePath';

describe('a slug', () => {
  it.each(['a', 'use-pnpm', 'x1', '2fa', 'a'.repeat(MAX_SLUG)])('may be %s', (name) => {
    expect(isSlug(name)).toBe(true);
  });

  it.each([
    '',
    '-a',
    'a-',
    'A',
    'a b',
    'a.b',
    'ä',
    'a/b',
    'a'.repeat(65),
    'agents',
    'archive',
    'findings',
    'audit',
    'con',
    'lpt1',
  ])('may not be %j', (name) => {
    expect(isSlug(name)).toBe(false);
  });

  it.each([
    ['Use pnpm, not npm!', 'use-pnpm-not-npm'],
    ['Größe über Ärger', 'gro-e-uber-arger'],
    ['  ÉCOLE  ', 'ecole'],
    ['日本語', 'memory'],
    ['', 'memory'],
    ['Audit', 'audit-note'],
    ['COM1', 'com1-note'],
    ['../../etc/passwd', 'etc-passwd'],
  ])('of %j is %s', (text, slug) => {
    expect(toSlug(text)).toBe(slug);
  });

  it('of any text, with any fallback, is a slug', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, fallback) => {
        expect(isSlug(toSlug(text, fallback))).toBe(true);
      }),
    );
    expect(toSlug('?', 'rule')).toBe('rule');
    expect(toSlug(`${'long '.repeat(30)}end`)).toHaveLength(MAX_SLUG);
    expect(toSlug('x'.repeat(200))).toHaveLength(MAX_SLUG);
  });
});

describe('a path in the store', () => {
  it.each(['a', 'facts/a.md', '.local/sessions/0f-1.jsonl', 'café.md', 'a b.txt'])('may be %s', (path) => {
    expect(pathProblem(path)).toBeUndefined();
  });

  it('is refused with its reason and without its tricks', () => {
    const path = 'a\u202E/../b';
    expect(() => assertStorePath(path)).toThrow(
      expect.objectContaining({ code: 'invalid-path', details: { path: 'a?/../b' } }),
    );
    expect(pathProblem('x/'.repeat(600))).toContain('1,024');
  });

  it('says whose memory stands there', () => {
    expect(placeOf('facts/a.md')).toEqual({ scope: { kind: 'team' }, category: 'facts', slug: 'a' });
    expect(placeOf('agents/dev/facts/a.md')?.scope).toEqual({ kind: 'agent', agent: 'dev' });
    expect(placeOf('.local/personal/facts/a.md')?.scope).toEqual({ kind: 'personal' });
    expect(placeOf('archive/agents/dev/facts/a.md')?.scope).toEqual({ kind: 'archive' });
    expect(placeOf('.local/archive/facts/a.md')?.scope).toEqual({ kind: 'archive' });
  });

  it.each([
    'a.md',
    'facts/a.txt',
    'facts/a',
    'facts/b/a.md',
    'Facts/a.md',
    'agents/a.md',
    'agents/Dev/facts/a.md',
    'agents/agents/facts/a.md',
    'archive/a.md',
    'archive/archive/facts/a.md',
    '.local/facts/a.md',
    '.local/sessions/a.md',
    'archive/.local/archive/facts/a.md',
    '../facts/a.md',
  ])('is no place for a memory: %s', (path) => {
    expect(placeOf(path)).toBeUndefined();
  });

  it('is made of a scope, a category and a slug, or refused', () => {
    expect(memoryPath({ kind: 'team' }, 'facts', 'a')).toBe('facts/a.md');
    expect(memoryPath({ kind: 'agent', agent: 'dev' }, 'facts', 'a')).toBe('agents/dev/facts/a.md');
    expect(memoryPath({ kind: 'personal' }, 'facts', 'a')).toBe('.local/personal/facts/a.md');
    for (const [category, slug] of [
      ['../x', 'a'],
      ['facts', 'A'],
      ['archive', 'a'],
    ] as const) {
      expect(() => memoryPath({ kind: 'team' }, category, slug)).toThrow(
        expect.objectContaining({ code: 'invalid-path' }),
      );
    }
  });

  it('of an archived memory leads back to where it was', () => {
    for (const path of ['facts/a.md', 'agents/dev/facts/a.md', '.local/personal/facts/a.md']) {
      expect(placeOf(archivePath(path))?.scope).toEqual({ kind: 'archive' });
      expect(restoredPath(archivePath(path))).toBe(path);
      expect(archivePath(path).startsWith('.local/')).toBe(path.startsWith('.local/'));
      expect(restoredPath(path)).toBeUndefined();
    }
  });

  it('is watched for changes where a person accepts the content', () => {
    for (const path of ['facts/a.md', 'archive/facts/a.md', 'schema.md', 'rubric.md', 'probes.yaml']) {
      expect(isTracked(path)).toBe(true);
    }
    for (const path of ['MEMORY.md', '.gitignore', 'README.md', '.local/state.json', 'x/schema.md.txt']) {
      expect(isTracked(path)).toBe(false);
    }
  });
});
