import { describe, expect, it } from 'vitest';
import { bridgeFormat } from '../../../../src/core/bridges/formats';
import { siftImport, type Sifted } from '../../../../src/core/bridges/siftImport';
import { DEFAULT_SCHEMA_TEXT } from '../../../../src/core/memory/defaultTexts';
import type { Memory } from '../../../../src/core/memory/memory';
import { parseSchema } from '../../../../src/core/memory/schema';
import { context, hasher, memoryAt, sourceFile } from './bridgeFixtures';

function sifted(lines: readonly string[], memories: readonly Memory[] = []): readonly Sifted[] {
  const items = bridgeFormat('agents-md').parse(sourceFile('AGENTS.md', lines), context);
  return siftImport({ items, memories, schema: parseSchema(DEFAULT_SCHEMA_TEXT), hasher, now: context.now });
}

describe('what an import would propose', () => {
  it('is each new statement, with the file, the line and its words as evidence', () => {
    const [one] = sifted(['# Testing', '', '- Run `pnpm test` before every push']);
    expect(one).toMatchObject({
      kind: 'new',
      change: {
        kind: 'add',
        description: 'Run `pnpm test` before every push',
        rationale: 'AGENTS.md says so in line 3.',
        evidence: [{ kind: 'check', subject: 'AGENTS.md:3', detail: '- Run `pnpm test` before every push' }],
      },
    });
  });

  it('is nothing that a memory says already, archived ones too', () => {
    const archived = memoryAt('archive/conventions/pnpm.md', {
      description: 'Use pnpm, never npm',
      body: 'Use pnpm, never npm.',
    });
    expect(sifted(['- Use pnpm, never npm'], [archived])).toMatchObject([{ kind: 'known', path: archived.path }]);
  });

  it('is nothing twice', () => {
    expect(sifted(['- Use pnpm, never npm', '', '- Always use pnpm, never npm'])).toMatchObject([
      { kind: 'new' },
      { kind: 'known', path: 'AGENTS.md:1' },
    ]);
  });

  it('says where a memory says otherwise, and leaves that to the reviewer', () => {
    const memory = memoryAt('conventions/indent.md', {
      description: 'Indent code with tabs',
      body: 'Indent code with tabs.',
    });
    const [one] = sifted(['- Indent code with spaces'], [memory]);
    expect(one).toMatchObject({ kind: 'new', against: memory.path });
    expect(one).toMatchObject({ change: { against: { path: memory.path, said: 'Indent code with tabs' } } });
  });

  it('is personal where it is about the person', () => {
    const items = bridgeFormat('claude-memory').parse(
      sourceFile(
        'terse.md',
        '---\nname: terse\ndescription: Terse answers\nmetadata:\n  type: user\n---\nAda wants terse answers.\n',
      ),
      context,
    );
    const [one] = siftImport({
      items,
      memories: [],
      schema: parseSchema(DEFAULT_SCHEMA_TEXT),
      hasher,
      now: context.now,
    });
    expect(one).toMatchObject({ kind: 'new', change: { path: '.local/personal/preferences/terse.md' } });
  });

  it('is nothing that the schema wants nothing of', () => {
    const schema = { categories: [], instructions: '' };
    const items = bridgeFormat('agents-md').parse(sourceFile('AGENTS.md', '- Use pnpm, never npm'), context);
    expect(siftImport({ items, memories: [], schema, hasher, now: context.now })).toMatchObject([{ kind: 'unwanted' }]);
  });
});
