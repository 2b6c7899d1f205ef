import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Edit, MinerResult } from '../../../../../src/core/dream/miner';
import { splitMiner } from '../../../../../src/core/dream/offline/split';
import { parseMemory } from '../../../../../src/core/memory/codec';
import { createFakePorts } from '../../../../fakes/fakePorts';
import { memoryOf, mine } from './mine';

const ports = createFakePorts();

function section(heading: string, lines: number): string {
  return [heading, ...Array.from({ length: lines }, (_, index) => `- ${heading.replace(/\W/gu, '')} ${index}`)].join(
    '\n',
  );
}

async function splitOf(body: string, more = {}): Promise<MinerResult> {
  return mine(splitMiner, [], { memories: [memoryOf('conventions/all.md', body, { description: 'All', ...more })] });
}

function editOf(result: MinerResult): Edit {
  const [edit] = result.candidates;
  if (edit?.kind !== 'edit') throw new Error(result.dismissed[0]?.reason ?? 'nothing');
  return edit;
}

function bodyOf(path: string, text: string): string {
  const parsed = parseMemory(path, ports.text.encode(text), ports);
  if (!parsed.ok) throw new Error(parsed.problem.reason);
  return parsed.memory.body;
}

const full = (text: string): readonly string[] =>
  text
    .split(/\r?\n/u)
    .map((line) => line.trimEnd())
    .filter((line) => line !== '')
    .sort();

describe('a memory of several topics', () => {
  it('is split: the first topic stays, each other one gets a file', async () => {
    const body = ['# Everything', '', section('## Tests', 12), section('## Deploys', 12), section('## Names', 12)].join(
      '\n',
    );
    const edit = editOf(await splitOf(body, { created: '2026-11-02', paths: ['src/**'] }));
    expect(edit).toMatchObject({ change: 'split', trust: 'observed' });
    expect(edit.files.map(({ path, before }) => [path, before === null])).toEqual([
      ['conventions/all.md', false],
      ['conventions/deploys.md', true],
      ['conventions/names.md', true],
    ]);
    expect(edit.files[1]?.after).toMatch(
      /^---\nname: deploys\ndescription: Deploys \(All\)\npaths: \["src\/\*\*"\]\ncreated: 2026-11-02\n---\n## Deploys\n- Deploys 0\n/u,
    );
  });

  it('never takes the name of another memory', async () => {
    const body = [section('## A', 20), section('## Tests', 20)].join('\n') + '\nx'.repeat(40);
    const memories = [memoryOf('conventions/all.md', body), memoryOf('conventions/tests.md', 'Other.')];
    const edit = editOf(await mine(splitMiner, [], { memories }));
    expect(edit.files[1]?.path).toBe('conventions/all-tests.md');
  });

  it.each([
    ['short', [section('## A', 5), section('## B', 5), section('## C', 5)].join('\n'), undefined],
    ['two topics in 40 lines', [section('## A', 18), section('## B', 18)].join('\n'), undefined],
    ['no headings', 'line\n'.repeat(80), 'no headings'],
    ['headings in code only', '```\n## A\n## B\n```\n' + 'line\n'.repeat(80), 'no headings'],
    ['links defined for all', `${section('## A', 40)}\n${section('## B', 40)}\n[x]: https://example.org`, 'its links'],
    ['too many', Array.from({ length: 20 }, (_, index) => section(`## A${index}`, 5)).join('\n'), '20 topics'],
  ])('stays whole: %s', async (_, body, reason) => {
    const result = await splitOf(body);
    expect(result.candidates).toEqual([]);
    expect(result.dismissed.map((one) => one.reason)).toEqual(
      reason === undefined ? [] : [expect.stringContaining(reason)],
    );
  });

  it('stays whole: pinned', async () => {
    const result = await splitOf([section('## A', 40), section('## B', 40)].join('\n'), { pinned: true });
    expect(result.dismissed[0]?.reason).toContain('pinned');
  });
});

describe('a split', () => {
  const line = fc.constantFrom(
    '',
    'Use tabs.',
    '- a  ',
    '### Sub',
    '```',
    '~~~',
    '# Title',
    '**Why:** so',
    '  indented',
    '#nohash',
  );
  const topic = fc.tuple(
    fc.constantFrom('## Tests', '## Deploy', '## 部署', '## con', '## Tests ##'),
    fc.array(line, { maxLength: 30 }),
  );

  it('keeps every line that is not blank in exactly one part, and makes only readable memories', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(topic, { minLength: 2, maxLength: 6 }), fc.boolean(), async (topics, crlf) => {
        const body = ['Above.', ...topics.flatMap(([heading, lines]) => [heading, ...lines]), 'x\n'.repeat(61)].join(
          '\n',
        );
        const { candidates } = await splitOf(body);
        const memory = memoryOf('conventions/all.md', body, { description: 'All' });
        const eol = crlf
          ? { ...memory, text: memory.text.replace(/\n/gu, '\r\n'), body: memory.body.replace(/\n/gu, '\r\n') }
          : memory;
        for (const one of crlf ? (await mine(splitMiner, [], { memories: [eol] })).candidates : candidates) {
          if (one.kind !== 'edit') throw new Error('a split is an edit');
          const parts = one.files.map(({ path, after }) => bodyOf(path, after));
          expect(parts.flatMap(full).sort()).toEqual(full(body));
          expect(new Set(one.files.map(({ path }) => path)).size).toBe(one.files.length);
          if (crlf) for (const part of parts) expect(part).not.toMatch(/[^\r]\n/u);
        }
      }),
      { numRuns: 80 },
    );
  });
});
