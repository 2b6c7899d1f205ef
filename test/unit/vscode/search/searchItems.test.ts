import { describe, expect, test } from 'vitest';
import type { Memory } from '../../../../src/core/memory/memory';
import type { SessionHit } from '../../../../src/core/search/sessionSearch';
import { memoryWords } from '../../../../src/vscode/search/memoryItems';
import { sessionWords } from '../../../../src/vscode/search/sessionItems';
import { plainTranslate } from '../../../../src/vscode/translate';
import { buildSession } from '../../../fakes/sessionBuilder';

const MEMORY: Memory = {
  path: 'conventions/use-pnpm.md',
  scope: { kind: 'team' },
  category: 'conventions',
  slug: 'use-pnpm',
  description: 'Install with pnpm',
  paths: [],
  agents: [],
  load: 'index',
  pinned: false,
  body: 'Never npm.\n',
  text: '',
  sha256: '',
};

function words(more: Partial<Memory>, waiting = false, line = 'Never npm.'): ReturnType<typeof memoryWords> {
  const memory = { ...MEMORY, ...more };
  const hit = { memory, path: memory.path, score: 1, line: { number: 5, text: line } };
  return memoryWords(hit, { waiting }, plainTranslate);
}

describe('a row of Search Memory', () => {
  test('says name, category, description and the line that answers', () => {
    expect(words({})).toEqual({
      label: 'use-pnpm',
      description: 'conventions',
      detail: 'Install with pnpm · Never npm.',
      icon: 'note',
    });
    expect(words({}, false, 'Install with pnpm').detail).toBe('Install with pnpm');
    expect(words({}, false, 'Install with pnpm.').detail).toBe('Install with pnpm');
  });

  test('says in which state the memory is', () => {
    expect(words({}, true)).toMatchObject({ description: 'conventions · waiting to be accepted', icon: 'warning' });
    expect(words({ scope: { kind: 'archive' } })).toMatchObject({
      description: 'conventions · archived',
      icon: 'archive',
    });
    expect(words({ pinned: true })).toMatchObject({ description: 'conventions · pinned', icon: 'pinned' });
    expect(words({ scope: { kind: 'personal' } })).toMatchObject({
      description: 'conventions · personal',
      icon: 'lock',
    });
    expect(words({ scope: { kind: 'agent', agent: 'dba' } }).description).toBe('conventions · only dba');
    expect(words({ agents: ['dba', 'qa'], paths: ['src/**'] }).description).toBe(
      'conventions · only dba, qa · for src/**',
    );
  });

  test('draws no icon or link that a memory names', () => {
    expect(words({ description: 'See [this](command:x) $(trash)' }).detail).toBe(
      'See [this] (command:x) \\$(trash) · Never npm.',
    );
  });
});

describe('a row of Search Sessions', () => {
  const { header } = buildSession('s', '2026-11-01T10:00:00.000Z', { title: 'Orders' }).says('hello').end();
  const row = (hit: Partial<SessionHit>): ReturnType<typeof sessionWords> =>
    sessionWords({ session: header, score: 1, snippet: 'the words', quote: 'the words', ...hit }, undefined, {
      t: plainTranslate,
      time: (iso) => iso.slice(0, 10),
    });
  const line = { entry: 'e', at: '2026-11-02T10:00:00.000Z', text: '', speaker: 'user' } as const;

  test('says who said it, and when', () => {
    expect(row({ line })).toEqual({
      label: 'Orders',
      description: '2026-11-02',
      detail: 'You: the words',
      icon: 'comment-discussion',
    });
    expect(row({ line: { ...line, speaker: 'agent' } }).detail).toBe('Agent: the words');
    expect(row({ line: { ...line, speaker: 'agent', tool: 'Bash' } }).detail).toBe('Agent used Bash: the words');
    expect(row({ line: { ...line, speaker: 'tool', agent: 'dba' } }).detail).toBe('Result for dba: the words');
  });

  test('says what it can of a session without a hit, and that one is excluded', () => {
    expect(row({ session: { ...header, private: true, title: '' } })).toEqual({
      label: 'Untitled session',
      description: '2026-11-01 · excluded from dreams',
      detail: 'Prompts: 1',
      icon: 'lock',
    });
  });
});
