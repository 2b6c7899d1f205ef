import { describe, expect, it } from 'vitest';
import { recallQuestion, recallVerdicts } from '../../../../src/core/doctor/recallTest';
import { isOwnEnginePrompt } from '../../../../src/core/sessions/ownEngine';

const MEMORIES = [
  { id: 'm-1a2b', path: 'conventions/use-pnpm.md' },
  { id: 'm-3c4d', path: 'pitfalls/migrations-lock.md' },
  { id: 'm-5e6f', path: 'facts/prices-in-cents.md' },
];
const CONTEXT = [
  'Agent Dreams memory 0123abcd',
  '',
  '## [m-1a2b] Use pnpm',
  'Use pnpm.',
  '',
  '- [m-3c4d] Migrations lock the orders table (pitfalls/migrations-lock.md)',
].join('\n');

describe('the question of a recall test', () => {
  it('names the topic of each memory, and neither its id nor what it says', () => {
    const question = recallQuestion(MEMORIES);

    expect(question).toContain('1. use pnpm\n2. migrations lock\n3. prices in cents');
    expect(question).not.toMatch(/m-[0-9a-f]{4}/u);
  });

  it('is never captured as work', () => {
    expect(isOwnEnginePrompt(recallQuestion(MEMORIES))).toBe(true);
  });
});

describe('the answer of a recall test', () => {
  const answer = '1. [m-1a2b] I run pnpm.\n2. [m-3c4d] I run them at night.\n3. none';

  it('tells what arrived, how, and what was applied', () => {
    const verdicts = recallVerdicts(MEMORIES, { hooks: [CONTEXT], answer }, 'hooks');

    expect(verdicts.map(({ arrived, applied }) => [arrived, applied])).toEqual([
      ['whole', true],
      ['line', true],
      ['no', false],
    ]);
    expect(verdicts[0]?.said).toBe('1. [m-1a2b] I run pnpm.');
  });

  it('applies nothing by the id of another line, or by a longer id', () => {
    const other = '1. [m-3c4d] something\n2. [m-3c4d5] something\n3. [m-1a2b] something';

    const verdicts = recallVerdicts(MEMORIES, { hooks: [CONTEXT], answer: other }, 'hooks');

    expect(verdicts.map(({ applied }) => applied)).toEqual([false, false, false]);
  });

  it('cannot see what a rules file brought, and says so', () => {
    expect(recallVerdicts(MEMORIES, { hooks: [], answer }, 'rules')[0]).toMatchObject({
      arrived: 'unknown',
      applied: true,
    });
  });

  it('takes the text of another program for nothing of ours', () => {
    const hooks = ['## [m-1a2b] not ours'];

    expect(recallVerdicts(MEMORIES, { hooks, answer: '' }, 'hooks')[0]).toMatchObject({
      arrived: 'no',
      applied: false,
    });
  });
});
