import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { inspectText } from '../../../../src/core/unicode/inspectText';
import { hiddenTitle, hiddenWords } from '../../../../src/vscode/hidden/hiddenWords';
import { plainLabel, plainRow, plainWords } from '../../../../src/vscode/plainWords';
import { plainTranslate as t } from '../../../../src/vscode/translate';

/** What VS Code makes a link of in messages and prompts. */
const LINK = /\[[^\]]+\]\((?:https?:\/\/|command:|file:)[^)\s]+/iu;
const ICON = /(?<!\\)\$\([a-z-]+(?:~[a-z]+)?\)/u;

describe('foreign words in a message', () => {
  it.each(['[x](command:a.b?1)', 'a [b](https://x.test) [c](file:///d)', '[[x](command:a)]'])(
    '%s is no link',
    (text) => {
      expect(LINK.test(text)).toBe(true);
      expect(plainWords(text)).not.toMatch(LINK);
    },
  );

  it('stand on one short line, with hidden characters by their names', () => {
    expect(plainWords('a\nb\u202Ec')).toBe('a b[U+202E]c');
    expect(plainWords('x'.repeat(5_000))).toHaveLength(401);
  });

  it('draw no icon in a label', () => {
    expect(plainLabel('$(verified) safe $(sync~spin)')).not.toMatch(ICON);
  });

  it('keep their lines in a row of a tree', () => {
    expect(plainRow('a\nb\u200Bc')).toBe('a\nb[U+200B]c');
  });
});

describe('the lens that counts', () => {
  it.each([
    ['a\u202Eb', '1 hidden character: U+202E'],
    ['a\u202Eb\u200B\u200Bc', '3 hidden characters: U+202E, U+200B'],
    ['a\u202Eb <!-- c -->', '1 hidden character: U+202E · an HTML comment'],
    ['<!-- c --> [d](command:e)', 'an HTML comment and 1 more'],
  ])('%j', (text, title) => {
    expect(hiddenTitle(inspectText(text), t)).toBe(title);
  });

  it('is not there where nothing is hidden', () => {
    expect(hiddenTitle([], t)).toBeUndefined();
  });
});

it('a refusal names the line and the character', () => {
  const told = { path: 'facts/a.md', line: 3, words: 'zero-width space', codePoint: 'U+200B' };
  expect(hiddenWords(told, t)).toMatch(/^Line 3 of facts\/a\.md hides something: zero-width space U\+200B\./);
});

describe('Markdown that the extension makes', () => {
  const folder = path.resolve(import.meta.dirname, '../../../../src/vscode');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const sources = files.map((name) => ({ name, text: readFileSync(path.join(folder, name), 'utf8') }));

  it('is trusted with named commands at most, and never HTML', () => {
    for (const { name, text } of sources) {
      expect(text, name).not.toMatch(
        /isTrusted\s*[=:]\s*true|supportHtml\s*[=:]\s*true|new vscode\.MarkdownString\([^)]*true, true/u,
      );
    }
  });

  it('is made in four places only, each looked at', () => {
    const makers = sources.filter(({ text }) => text.includes('new vscode.MarkdownString')).map(({ name }) => name);
    expect(makers.sort()).toEqual([
      'hidden/hiddenMarks.ts',
      'review/whyHover.ts',
      'status/statusBar.ts',
      'tools/proposalQuestion.ts',
    ]);
  });
});
