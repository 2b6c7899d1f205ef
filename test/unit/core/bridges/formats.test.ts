import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BRIDGES, type Rendered } from '../../../../src/core/bridges/bridge';
import { parseEntries } from '../../../../src/core/bridges/entries';
import { bridgeFormat, bridgeFormats } from '../../../../src/core/bridges/formats';
import { joinGlobs, readRuleFile } from '../../../../src/core/bridges/ruleFile';
import type { Memory } from '../../../../src/core/memory/memory';
import { context, hasher, memoryAt, sourceFile } from './bridgeFixtures';
import { readOwnFile } from '../../../../src/core/bridges/ownFile';

const pnpm = memoryAt('conventions/use-pnpm.md', {
  description: 'Use pnpm, never npm',
  body: 'Use pnpm, never npm.\n\n**Why:** npm rewrites the lock file.',
});
const api = memoryAt('pitfalls/api-errors.md', {
  description: 'Handlers return errors as values',
  body: 'Return `Result`, do not throw.\n\n## Example\n\n```ts\n# not a heading\n```',
  paths: ['packages/api/**', 'src/**/*.{ts,tsx}'],
});

function filesOf(rendered: readonly Rendered[]): Readonly<Record<string, string>> {
  return Object.fromEntries(rendered.flatMap((one) => (one.kind === 'file' ? [[one.path, one.text]] : [])));
}

function blockOf(rendered: readonly Rendered[]): string {
  return rendered.find((one) => one.kind === 'block')?.content ?? '';
}

describe('what is read of other tools', () => {
  it('are AGENTS.md in every folder, which speak for it', () => {
    const { parse, reads } = bridgeFormat('agents-md');
    expect(['AGENTS.md', 'packages/api/AGENTS.md', 'agents.md', 'MY-AGENTS.md'].map(reads)).toEqual([
      true,
      true,
      false,
      false,
    ]);
    const [item] = parse(sourceFile('packages/api/AGENTS.md', '- Return errors as values\n'), context);
    expect(item).toMatchObject({
      file: 'packages/api/AGENTS.md',
      line: 1,
      paths: ['packages/api/**'],
      personal: false,
    });
  });

  it('is CLAUDE.md, and CLAUDE.local.md as what is about the person', () => {
    const { parse } = bridgeFormat('claude-md');
    expect(parse(sourceFile('CLAUDE.local.md', 'Answer me in German.'), context)).toMatchObject([{ personal: true }]);
    expect(parse(sourceFile('CLAUDE.md', 'Answer always in German.'), context)).toMatchObject([{ personal: false }]);
  });

  it('are Copilot’s instructions with their globs', () => {
    const { parse } = bridgeFormat('copilot');
    const [item] = parse(
      sourceFile('.github/instructions/api.instructions.md', [
        '---', 'description: Errors of the API', 'applyTo: "packages/api/**, **/*.{ts,tsx}"', '---', '', '# Errors', '',
        '- Return errors as values', '- Log them once at the border',
      ]), // prettier-ignore
      context,
    );
    expect(item).toMatchObject({
      name: 'api',
      description: 'Errors of the API',
      paths: ['packages/api/**', '**/*.{ts,tsx}'],
      body: '- Return errors as values\n- Log them once at the border',
      heading: 'Errors',
      line: 8,
      lastLine: 9,
    });
  });

  it.each([
    ['no YAML', 'globs: *.ts,src/**/*.{js,jsx}', ['*.ts', 'src/**/*.{js,jsx}']],
    ['a list', 'globs: ["a/**", "b/**"]', ['a/**', 'b/**']],
    ['a list of lines', 'globs:\n  - a/**\n  - "*.css"', ['a/**', '*.css']],
    ['everything', 'globs: **/*', []],
    ['nothing', 'globs:', []],
  ])('are Cursor’s rules, whose globs are %s', (_name, globs, paths) => {
    const text = `---\ndescription: How we test\n${globs}\nalwaysApply: false\n---\nUse vitest for every test.\n`;
    const [item] = bridgeFormat('cursor').parse(sourceFile('.cursor/rules/testing.mdc', text), context);
    expect(item).toMatchObject({
      name: 'testing',
      description: 'How we test',
      paths,
      body: 'Use vitest for every test.',
    });
  });

  it('are Cursor’s rules that always apply, whatever their globs', () => {
    const text = '---\nglobs: src/**\nalwaysApply: true\n---\nUse vitest for every test.\n';
    expect(bridgeFormat('cursor').parse(sourceFile('.cursor/rules/a.mdc', text), context)).toMatchObject([
      { paths: [] },
    ]);
  });

  it('are the statements of a rule that is long, or of one file of old', () => {
    const lines = Array.from(
      { length: 60 },
      (_, index) => `- Rule number ${index} says something about topic ${index}`,
    );
    const { parse } = bridgeFormat('cursor');
    expect(parse(sourceFile('.cursorrules', lines), context)).toHaveLength(60);
    expect(
      parse(sourceFile('.cursor/rules/all.mdc', ['---', 'description: All', '---', ...lines]), context),
    ).toHaveLength(60);
  });

  it('are Windsurf’s rules, with globs where their trigger is one', () => {
    const { parse } = bridgeFormat('windsurf');
    const rule = (trigger: string): string =>
      `---\ntrigger: ${trigger}\nglobs: *.rs\ndescription: Rust\n---\nPrefer anyhow over panics.\n`;
    expect(parse(sourceFile('.windsurf/rules/rust.md', rule('glob')), context)).toMatchObject([{ paths: ['*.rs'] }]);
    expect(parse(sourceFile('.windsurf/rules/rust.md', rule('always_on')), context)).toMatchObject([{ paths: [] }]);
  });

  it('are Claude Code’s notes, with their type and their session', () => {
    const { parse } = bridgeFormat('claude-memory');
    const text = [
      '---', 'name: terse-answers', 'description: Wants terse answers', 'metadata:', '  node_type: memory', '  type: user',
      '  originSessionId: 0b0d6c1e-1111-2222-3333-444455556666', '---', '', 'Ada wants answers in two sentences.', '',
    ]; // prettier-ignore
    expect(parse(sourceFile('terse-answers.md', text), context)).toMatchObject([
      {
        name: 'terse-answers',
        description: 'Wants terse answers',
        category: 'preferences',
        personal: true,
        line: 10,
        session: '0b0d6c1e-1111-2222-3333-444455556666',
      },
    ]);
    const index = '- [Terse](terse-answers.md) — wants terse answers\n- The staging server restarts at night\n';
    expect(parse(sourceFile('MEMORY.md', index), context)).toMatchObject([{ line: 2 }]);
  });

  it('are the groups of Codex’s memory that are for this folder', () => {
    const group = (cwd: string, rule: string): readonly string[] => [
      `# Task Group: work in ${cwd}`, '', 'scope: tests', `applies_to: cwd=${cwd}; reuse_rule=safe here`, '',
      '## Task 1: fix the tests', '### keywords', '- tests, vitest, flaky, clock', '',
      '## User preferences', `- ${rule}`, '## Reusable knowledge', '- The clock of the tests is fake', '',
    ]; // prettier-ignore
    const text = [
      ...group('/home/ada/other', 'Never rebase the main branch'),
      ...group('/home/ada/shop', 'Run vitest with one worker'),
    ];
    const found = bridgeFormat('codex').parse(sourceFile('MEMORY.md', text), context);
    expect(found.map(({ body, category, personal, line }) => [body, category, personal, line])).toEqual([
      ['Run vitest with one worker', 'preferences', true, 25],
      ['The clock of the tests is fake', 'facts', false, 27],
    ]);
  });

  it('never fails on anything', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), fc.constantFrom(...BRIDGES), (text, id) => {
        const format = bridgeFormat(id);
        for (const start of [
          '',
          '---\n',
          '---\nglobs: *\nmetadata:\n  type: user\n---\n',
          '# Task Group: x\napplies_to: cwd=/home/ada/shop\n## User preferences\n',
        ])
          format.parse(sourceFile('AGENTS.md', start + text), context);
      }),
    );
  });
});

describe('what is written for other tools', () => {
  it('is one block in AGENTS.md, with the paths in words and headings below their entry', () => {
    const content = blockOf(bridgeFormat('agents-md').render([pnpm, api], context));
    expect(content).toContain('### Use pnpm, never npm\n\n**Why:** npm rewrites the lock file.');
    expect(content).toContain('Applies to: `packages/api/**`, `src/**/*.{ts,tsx}`\n\nReturn `Result`');
    expect(content).toContain('\n##### Example\n\n```ts\n# not a heading\n```');
  });

  it('are rules of Cursor, Windsurf and Copilot with globs', () => {
    const cursor = filesOf(bridgeFormat('cursor').render([pnpm, api], context));
    expect(Object.keys(cursor)).toEqual([
      '.cursor/rules/agent-memory.mdc',
      '.cursor/rules/agent-memory-pitfalls-api-errors.mdc',
    ]);
    expect(cursor['.cursor/rules/agent-memory.mdc']).toMatch(/^---\ndescription: .*\nalwaysApply: true\n---\n/u);
    expect(cursor['.cursor/rules/agent-memory-pitfalls-api-errors.mdc']).toMatch(
      /^---\ndescription: Handlers return errors as values\nglobs: packages\/api\/\*\*,src\/\*\*\/\*\.\{ts,tsx\}\nalwaysApply: false\n---\n/u,
    );
    const windsurf = filesOf(bridgeFormat('windsurf').render([api], context));
    expect(windsurf['.windsurf/rules/agent-memory-pitfalls-api-errors.md']).toMatch(
      /^---\ntrigger: glob\nglobs: packages\//u,
    );
    const copilot = bridgeFormat('copilot').render([pnpm, api], context);
    expect(filesOf(copilot)['.github/instructions/agent-memory-pitfalls-api-errors.instructions.md']).toContain(
      'applyTo: "packages/api/**,src/**/*.{ts,tsx}"',
    );
    expect(blockOf(copilot)).toContain('Use pnpm');
    expect(blockOf(copilot)).not.toContain('Handlers');
  });

  it('are facts of Claude Code with a line each in the index', () => {
    const rendered = bridgeFormat('claude-memory').render([pnpm, api], context);
    expect(blockOf(rendered)).toBe(
      '- [Use pnpm, never npm](agent-memory-conventions-use-pnpm.md) — Use pnpm, never npm\n' +
        '- [Handlers return errors as values](agent-memory-pitfalls-api-errors.md) — Handlers return errors as values',
    );
    expect(filesOf(rendered)['agent-memory-conventions-use-pnpm.md']).toMatch(
      /^---\nname: agent-memory-conventions-use-pnpm\ndescription: Use pnpm, never npm\nmetadata:\n {2}type: feedback\n---\n/u,
    );
  });

  it('is a note for Codex that names the folder it is for', () => {
    const [path = '', text = ''] = Object.entries(filesOf(bridgeFormat('codex').render([pnpm], context)))[0] ?? [];
    expect(path).toBe('extensions/ad_hoc/notes/2026-11-21T19-00-00-agent-memory-shop-1a2b3c.md');
    expect(text).toContain('Applies to work in `/home/ada/shop` and nowhere else.');
    const { owns } = bridgeFormat('codex');
    expect(owns(path, context)).toBe(true);
    expect(owns(path, { project: 'shop-999999' })).toBe(false);
  });

  it('is nothing where there is nothing to tell', () => {
    for (const format of bridgeFormats) expect(format.render([], context)).toEqual([]);
  });

  it('names what does not fit, and counts what is left', () => {
    const many = Array.from({ length: 400 }, (_, index) =>
      memoryAt(`facts/fact-${index}.md`, { description: `Fact number ${index}`, body: 'All about it. '.repeat(20) }),
    );
    for (const id of ['agents-md', 'copilot', 'windsurf', 'cursor', 'codex', 'claude-md'] as const) {
      const rendered = bridgeFormat(id).render(many, context);
      const text = blockOf(rendered) + Object.values(filesOf(rendered)).join('');
      expect(text.length).toBeLessThan(id === 'windsurf' ? 12_000 : 16_500);
      expect(text).toMatch(/- \d+ more in `\.agent-memory\/MEMORY\.md`/u);
    }
  });

  it('says on demand what is loaded on demand', () => {
    const memory = memoryAt('facts/rare.md', { description: 'The rare thing', body: 'Long story.', load: 'on-demand' });
    const content = blockOf(bridgeFormat('agents-md').render([memory], context));
    expect(content).toContain('- The rare thing (`.agent-memory/facts/rare.md`)');
    expect(content).not.toContain('Long story.');
  });
});

const words = fc
  .array(fc.constantFrom('use', 'pnpm', 'tests', '`src/a.ts`', '**bold**', 'never', 'é', '日本', '#', '-', '1.', '>'), {
    minLength: 1,
    maxLength: 8,
  })
  .map((parts) => `Rule ${parts.join(' ')}`);
const bodies = fc
  .array(
    fc.oneof(
      words,
      fc.constantFrom(
        '',
        '# Heading',
        '### Heading',
        '- a list',
        '```',
        '**Why:** because',
        '<!-- agent-dreams:memory:end -->',
      ),
    ),
    { maxLength: 8 },
  )
  .map((lines) => lines.join('\n'));
const globs = fc
  .array(fc.constantFrom('src/**', '*.ts', 'a/{b,c}/*.{js,ts}', 'docs/[ab].md', 'x y/**'), { maxLength: 3 })
  .map((all) => [...new Set(all)]);
const stores = fc
  .array(fc.record({ description: words, body: bodies, paths: globs }), { maxLength: 6 })
  .map((drafts): readonly Memory[] => drafts.map((draft, index) => memoryAt(`conventions/rule-${index}.md`, draft)));

describe('round trips', () => {
  it('bring every memory of a block back, with its description and its globs', () => {
    fc.assert(
      fc.property(stores, (memories) => {
        const content = blockOf(bridgeFormat('agents-md').render(memories, context));
        const back = parseEntries(content, 'AGENTS.md', 1);
        expect(back.map(({ description, paths }) => [description, paths])).toEqual(
          memories.map(({ description, paths }) => [description.replace(/\s+/gu, ' '), paths]),
        );
        const again = blockOf(
          bridgeFormat('agents-md').render(
            back.map(({ description, body, paths }, index) =>
              memoryAt(`conventions/rule-${index}.md`, { description, body, paths }),
            ),
            context,
          ),
        );
        // Headings go deeper once; then what is read back is what was written.
        expect(again).toBe(content);
      }),
    );
  });

  it('bring every rule of some paths back from Cursor, Windsurf and Copilot', () => {
    fc.assert(
      fc.property(stores, fc.constantFrom('cursor', 'windsurf', 'copilot'), (memories, id) => {
        const format = bridgeFormat(id);
        const scoped = memories.filter(({ paths }) => paths.length > 0 && joinGlobs(paths) !== undefined);
        const files = Object.entries(filesOf(format.render(scoped, context)));
        expect(files).toHaveLength(scoped.length);
        files.forEach(([path, text], index) => {
          expect(format.reads(path) && format.owns(path, context)).toBe(true);
          expect(readOwnFile(text, hasher)).toEqual({ kind: 'ours', edited: false });
          const { fields } = readRuleFile(text);
          const globs = fields.get('globs') ?? fields.get('applyTo');
          expect(String(globs)).toBe((scoped[index]?.paths ?? []).join(','));
          for (const item of format.parse(sourceFile(path, text), context))
            expect(item.paths).toEqual(scoped[index]?.paths);
        });
      }),
    );
  });
});
