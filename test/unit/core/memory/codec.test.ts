import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMemory, renderMemory, updateFrontMatter } from '../../../../src/core/memory/codec';
import type { Memory } from '../../../../src/core/memory/memory';
import { createFakePorts } from '../../../fakes/fakePorts';

const ports = createFakePorts();
const PATH = 'conventions/use-pnpm.md';

function parse(text: string, path = PATH): Memory {
  const parsed = parseMemory(path, ports.text.encode(text), ports);
  if (!parsed.ok) throw new Error(parsed.problem.reason);
  return parsed.memory;
}

function problem(text: string, path = PATH): string {
  const parsed = parseMemory(path, ports.text.encode(text), ports);
  return parsed.ok ? 'no problem' : parsed.problem.reason;
}

const FULL = `---
name: use-pnpm
description: Install with pnpm # because of the workspace
paths: ["packages/**", 'apps/*']
agents:
  - reviewer # only this one
load: always
pinned: true
created: 2026-11-02
x-own: {kept: [1, 2]}
---
Use \`pnpm\`.

**Why:** npm breaks the links.
`;

describe('a memory file', () => {
  it('is read field by field', () => {
    expect(parse(FULL)).toEqual({
      path: PATH,
      scope: { kind: 'team' },
      category: 'conventions',
      slug: 'use-pnpm',
      description: 'Install with pnpm',
      paths: ['packages/**', 'apps/*'],
      agents: ['reviewer'],
      load: 'always',
      pinned: true,
      created: '2026-11-02',
      body: 'Use `pnpm`.\n\n**Why:** npm breaks the links.\n',
      text: FULL,
      sha256: ports.hasher.sha256(FULL),
    });
  });

  it('needs no more than a description', () => {
    expect(parse('---\ndescription: x\n---\n')).toMatchObject({
      description: 'x',
      paths: [],
      agents: [],
      load: 'index',
      pinned: false,
      body: '',
    });
    expect(parse('---\ndescription: x\n---')).not.toHaveProperty('created');
  });

  it.each([
    ['\uFEFF---\r\ndescription: x\r\n---\r\nBody\r\n', 'Body\r\n'],
    ['---\ndescription: x\n---\nno end', 'no end'],
    ['--- \ndescription: x\n---\t\nBody\n---\nmore\n', 'Body\n---\nmore\n'],
  ])('keeps BOM, line ends and rules in the body: %j', (text, body) => {
    expect(parse(text)).toMatchObject({ text, body, description: 'x' });
  });

  it.each([
    ['', 'no front matter'],
    ['Text only', 'no front matter'],
    ['---\ndescription: x\n', 'no front matter'],
    [`---\n${'# x\n'.repeat(20_000)}description: x\n---\n`, 'no front matter'],
    ['---\n---\n', 'description is missing'],
    ['---\ndescription:\n---\n', 'description is missing'],
    ['---\ndescription: "  "\n---\n', 'description is missing'],
    ['---\ndescription: [a]\n---\n', 'description is missing'],
    ['---\ndescription: x\ndescription: y\n---\n', 'description stands there twice'],
    ['---\ndescription: x\npaths: src/**\n---\n', 'paths must be a list'],
    ['---\ndescription: x\npaths: [1]\n---\n', 'paths must be a list'],
    ['---\ndescription: x\nagents: reviewer\n---\n', 'agents must be a list'],
    ['---\ndescription: x\nload: sometimes\n---\n', 'load must be'],
    ['---\ndescription: x\nload: [always]\n---\n', 'load must be'],
    ['---\ndescription: x\npinned: "yes"\n---\n', 'pinned must be'],
    ['---\ndescription: x\ncreated: yesterday\n---\n', 'created must be a date'],
    ['---\ndescription: x\nname: another\n---\n', 'name must be use-pnpm'],
    ['---\n- description\n---\n', 'not a list of fields'],
    ['---\ndescription: "x\n---\n', 'line 2'],
  ])('says what to mend in %j', (text, reason) => {
    expect(problem(text)).toContain(reason);
  });

  it('is refused where no memory may stand', () => {
    for (const path of [
      'use-pnpm.md',
      'Conventions/x.md',
      'a/b/c.md',
      'agents/x.md',
      'archive/x.md',
      'findings/x.md',
    ]) {
      expect(problem(FULL, path)).toContain('<category>/<name>.md');
    }
  });

  it('is refused past 100 kB, and when it is not UTF-8', () => {
    expect(problem(`---\ndescription: x\n---\n${'x'.repeat(100_000)}`)).toContain('100 kB');
    const parsed = parseMemory(PATH, new Uint8Array([0xff, 0xfe, 0x2d, 0x00]), ports);
    expect(parsed).toMatchObject({
      ok: false,
      problem: { path: PATH, reason: expect.stringContaining('not UTF-8') as unknown },
    });
  });

  it('never makes the reader throw, and is never altered by it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (bytes, fenced) => {
        const whole = fenced
          ? new Uint8Array([...ports.text.encode('---\n'), ...bytes, ...ports.text.encode('\n---\n')])
          : bytes;
        const parsed = parseMemory(PATH, whole, ports);
        if (parsed.ok) expect(ports.text.encode(parsed.memory.text)).toEqual(whole);
        else expect(parsed.problem.reason).not.toBe('');
      }),
      { numRuns: 500 },
    );
  });
});

describe('a new memory', () => {
  const plain = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 80 })
    .filter((text) => /[^\s\p{Cc}\uFEFF]/u.test(text));
  const draft = fc.record(
    {
      name: fc.constant('use-pnpm'),
      description: plain,
      body: fc.string({ unit: 'grapheme' }),
      paths: fc.array(plain, { maxLength: 3 }),
      agents: fc.array(plain, { maxLength: 3 }),
      load: fc.constantFrom('always', 'index', 'on-demand'),
      pinned: fc.boolean(),
      created: fc.constant('2026-11-21'),
    },
    { requiredKeys: ['name', 'description', 'body'] },
  );

  it('reads back as it was meant', () => {
    fc.assert(
      fc.property(draft, (meant) => {
        const read = parse(renderMemory(meant));

        expect(read.description).toBe(meant.description.replace(/\s+/gu, ' ').trim());
        expect(read.paths).toEqual(meant.paths ?? []);
        expect(read.agents).toEqual(meant.agents ?? []);
        expect(read.load).toBe(meant.load ?? 'index');
        expect(read.pinned).toBe(meant.pinned ?? false);
        expect(read.body.trim()).toBe(meant.body.trim());
      }),
      { numRuns: 400 },
    );
  });

  it('is short: what has its default is not written', () => {
    expect(
      renderMemory({
        name: 'a',
        description: 'About a',
        body: '\n\nBody.\n\n',
        load: 'index',
        paths: [],
        pinned: false,
      }),
    ).toBe('---\nname: a\ndescription: About a\n---\nBody.\n');
  });
});

describe('changing the front matter of a memory', () => {
  it('touches the named fields only', () => {
    const changed = updateFrontMatter(FULL, {
      description: 'Use pnpm: always',
      pinned: undefined,
      load: 'index',
      tags: ['a'],
    });

    expect(changed).toBe(
      FULL.replace('Install with pnpm #', '"Use pnpm: always" #')
        .replace('pinned: true\n', '')
        .replace('load: always', 'load: index')
        .replace('---\nUse', 'tags: ["a"]\n---\nUse'),
    );
  });

  it('keeps Windows line ends and the BOM', () => {
    expect(updateFrontMatter('\uFEFF---\r\ndescription: x\r\n---\r\nBody', { created: '2026-11-21' })).toBe(
      '\uFEFF---\r\ndescription: x\r\ncreated: 2026-11-21\r\n---\r\nBody',
    );
  });

  it.each(['no front matter', '---\na: [\n---\n', '---\na: 1\na: 2\n---\n', '---\n{a: 1}\n---\n', '---\n- a\n---\n'])(
    'refuses %j rather than guess',
    (text) => {
      expect(() => updateFrontMatter(text, { a: 'x' })).toThrow(expect.objectContaining({ code: 'invalid-memory' }));
    },
  );
});
