import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { duplicatesMiner } from '../../../../../src/core/dream/offline/duplicates';
import { memoryOf, mine } from './mine';

const base =
  'Ask in the channel before you run the long tests against the shared staging database, because two runs at once break each other.';
const sentence = fc.constantFrom(
  'Run `make Check` first.',
  'Run `make check` first.',
  'Never restart it.',
  'The port is 5433.',
  'See docs/staging.md and https://example.org/a?b=1.',
  'Set APP_ENV to staging.',
  'The port is 5433, not 5432.',
  '**Why:** It cost us a day.',
);
const bodies = fc.array(fc.array(sentence, { maxLength: 4 }), { minLength: 2, maxLength: 5 });
const FACTS = /`[^`]+`|https?:\S+|[\w./-]*\/[\w./-]+|\b[A-Z]+_[A-Z_]+\b|\d+|\b(?:never|not)\b/giu;

describe('a merge', () => {
  it('loses no path, command, address, number, name or negation, unless the reviewer reads it', async () => {
    await fc.assert(
      fc.asyncProperty(bodies, async (parts) => {
        const memories = parts.map((more, index) => memoryOf(`facts/m${index}.md`, [base, ...more].join('\n')));
        for (const one of (await mine(duplicatesMiner, [], { memories })).candidates) {
          if (one.kind !== 'edit') throw new Error('a merge is an edit');
          const gone = one.files.flatMap(({ from }) => memories.filter(({ path }) => path === from));
          const kept = one.evidence
            .flatMap((each) => (each.kind === 'memory' ? [each.path] : []))
            .find((path) => !gone.some((memory) => memory.path === path));
          const after =
            one.files.find(({ path }) => path === kept)?.after ?? memories.find(({ path }) => path === kept)!.text;
          for (const fact of gone.flatMap(({ body }) => body.match(FACTS) ?? []))
            expect(after + one.rationale).toContain(fact);
          for (const { path, from, before, after: moved } of one.files)
            if (from !== undefined) expect([path, moved]).toEqual([`archive/${from}`, before]);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('takes a group at once', async () => {
    const memories = ['a', 'b', 'c'].map((name) => memoryOf(`facts/${name}.md`, base));
    const { candidates } = await mine(duplicatesMiner, [], { memories });
    expect(candidates.map((one) => one.kind === 'edit' && one.files.map(({ from }) => from))).toEqual([
      ['facts/b.md', 'facts/c.md'],
    ]);
  });
});
