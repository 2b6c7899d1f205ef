import { describe, expect, it } from 'vitest';
import type { Evidence, Finding } from '../../../../src/core/dream/finding';
import { toChange } from '../../../../src/core/dream/propose';
import { score } from '../../../../src/core/dream/score';
import { evidenceProblem, isEcho, sizeProblem } from '../../../../src/core/dream/verify';
import type { ChangeId } from '../../../../src/core/review/proposal';
import { buildSession } from '../../../fakes/sessionBuilder';
import { memoryOf, plainSchema } from './offline/mine';

const id = '00000000000000000000000001' as ChangeId;
const quote: Evidence = { kind: 'quote', session: 's1', entry: 'e', by: 'user', quote: 'use pnpm', at: '' };

function finding(more: Partial<Finding> = {}): Finding {
  return {
    miner: 'm',
    category: 'conventions',
    slug: 'use-pnpm',
    description: 'Use pnpm',
    body: 'Use pnpm.',
    evidence: [quote],
    trust: 'user',
    score: score({ evidence: [], trust: 'user', text: '' }),
    rationale: 'Said.',
    fingerprint: 'f',
    ...more,
  };
}

function textOf(made: ReturnType<typeof toChange>): string {
  return typeof made === 'string' ? made : made.files[0].after;
}

function change(more: Partial<Finding> = {}, taken: readonly string[] = [], renews?: ReturnType<typeof memoryOf>) {
  const candidate = { kind: 'note', title: 'Use pnpm', finding: finding(more) } as const;
  const context = { schema: plainSchema(), today: '2026-11-21', isTaken: (path: string) => taken.includes(path) };
  return toChange(renews === undefined ? { candidate } : { candidate, renews }, id, context);
}

describe('a change made of a finding', () => {
  it('carries paths and agents into the file', () => {
    expect(textOf(change({ paths: ['web/**'], agents: ['reviewer'] }))).toMatch(
      /paths: .*web\/\*\*[^]*agents: .*reviewer/u,
    );
  });

  it('takes the next free name', () => {
    const made = change({}, ['conventions/use-pnpm.md', 'conventions/use-pnpm-2.md']);
    expect(made).toMatchObject({ files: [{ path: 'conventions/use-pnpm-3.md' }] });
    expect(textOf(made)).toContain('name: use-pnpm-3');
  });

  it('is none without evidence', () => {
    expect(change({ evidence: [] })).toBe('it has no evidence');
  });

  it.each([
    [[quote, { kind: 'by-hand', at: '' }], 'user'],
    [[quote, { kind: 'memory', path: 'a/b.md', sha256: '', quote: '' }], 'recalled'],
    [[{ ...quote, by: 'file' }, quote], 'file'],
    [[{ ...quote, by: 'agent' }], 'agent'],
  ] as [readonly Evidence[], string][])('has the lowest trust of its evidence', (evidence, trust) => {
    expect(change({ evidence })).toMatchObject({ trust });
  });

  it('never raises the trust that the miner gives', () => {
    expect(change({ trust: 'recalled' })).toMatchObject({ trust: 'recalled', risk: 'high' });
  });

  it('renews a memory even where its body stands in the middle of the file', () => {
    const memory = memoryOf('conventions/pm.md', 'Use npm here.');
    const odd = { ...memory, body: 'Use npm here.', text: `${memory.text}trailer\n` };
    const made = change({ description: 'Use pnpm here', body: 'Use pnpm here.' }, [], odd);
    expect(made).toMatchObject({ kind: 'update' });
    expect(textOf(made)).toContain('Use pnpm here.\ntrailer');
  });
});

describe('checks of the verifier', () => {
  const session = buildSession('s1', '2026-11-01T10:00:00Z').says('hi').reads('a.md', 'file text').end();
  const [, , result] = session.entries;

  it.each([
    ['file text as a file’s', { ...quote, entry: result!.id, by: 'file', quote: 'file text' }, undefined],
    ['a prompt as a tool’s', { ...quote, entry: 's1-0', by: 'tool', quote: 'hi' }, 'tool did not say it'],
    ['a prompt as the agent’s', { ...quote, entry: 's1-0', by: 'agent', quote: 'hi' }, 'agent did not say it'],
    ['a result as the user’s', { ...quote, entry: result!.id, quote: 'file text' }, 'user did not say it'],
    ['a call as a file’s', { ...quote, entry: 's1-1', by: 'file', quote: 'a.md' }, 'file did not say it'],
  ] as const)('%s', (_, evidence, problem) => {
    expect(evidenceProblem(evidence, session)).toBe(problem);
  });

  it('an interruption shows itself', () => {
    const stopped = { ...session, entries: [{ kind: 'interrupt', id: 'i', at: '' } as const] };
    expect(
      evidenceProblem(
        { kind: 'event', session: 's1', entry: 'i', event: 'interrupted', quote: 'interrupted', at: '' },
        stopped,
      ),
    ).toBeUndefined();
  });

  it('an existing large file may stay large', () => {
    const large = 'x'.repeat(30_000);
    expect(sizeProblem([{ path: 'a/b.md', before: large, after: large }])).toBeUndefined();
    expect(sizeProblem([{ path: 'a/b.md', before: null, after: large }])).toBe('a/b.md would be too long');
  });

  it('a short quote is no echo', () => {
    expect(isEcho('use pnpm', ['use pnpm'])).toBe(false);
    expect(isEcho('Always use pnpm', ['we always use pnpm here'])).toBe(true);
  });
});
