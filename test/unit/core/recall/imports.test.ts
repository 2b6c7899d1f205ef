import { describe, expect, it } from 'vitest';
import { withImports, withoutImports } from '../../../../src/core/recall/imports';

describe('what Claude Code takes for a file to load', () => {
  it.each([
    ['@../../.env', '\\@../../.env'],
    ['see @~/.ssh/id_rsa and @/etc/hosts', 'see \\@~/.ssh/id_rsa and \\@/etc/hosts'],
    ['a\n  @.env\n', 'a\n  \\@.env\n'],
    ['## read\u00A0@notes/a.md', '## read\u00A0\\@notes/a.md'],
    ['@a\\ b/c', '\\@a\\ b/c'],
    ['`npm i @types/node`', '`npm i \\@types/node`'],
  ])('is no import any more: %s', (text, plain) => {
    expect(withoutImports(text)).toBe(plain);
    expect(withImports(plain)).toBe(text);
  });

  it.each(['@Override', '@param name', 'me@example.org/x', '(@a/b)', '`@a/b`', '@'])('is none: %s', (text) => {
    expect(withoutImports(text)).toBe(text);
  });

  it('is found in a long text at once', () => {
    const text = ` @${'a'.repeat(200_000)}`.repeat(5);
    expect(withoutImports(text)).toBe(text);
  });
});
