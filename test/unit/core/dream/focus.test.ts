import { describe, expect, it } from 'vitest';
import { outOfFocus, parseFocus } from '../../../../src/core/dream/focus';
import type { Candidate } from '../../../../src/core/dream/miner';

function about(description: string): Candidate {
  return {
    kind: 'note',
    title: description,
    finding: {
      miner: 'instructions',
      category: 'conventions',
      slug: 'x',
      description,
      body: description,
      evidence: [],
      trust: 'user',
      score: { recurrence: 0, spread: 0, outcome: 0, speaker: 0, specificity: 0, total: 1 },
      rationale: '',
      fingerprint: '',
    },
  };
}

describe('the instructions of one dream', () => {
  it.each([
    ['Only tests and linting.', 'Run the tests twice', true],
    ['Only tests and linting.', 'Name branches well', false],
    ['Ignore docker', 'Start docker first', false],
    ['Ignore docker', 'Start the server first', true],
    ['focus on commit messages; skip emoji', 'Write commit messages in English', true],
    ['focus on commit messages; skip emoji', 'Put an emoji into commit messages', false],
    ['Be thorough, this matters.', 'Anything', true],
    ['', 'Anything', true],
    ['only commands', 'Lint with x', false],
  ])('“%s” about “%s”: %s', (instructions, description, stays) => {
    expect(outOfFocus(about(description), parseFocus(instructions)) === undefined).toBe(stays);
  });

  it('reach changes of files, too', () => {
    const edit: Candidate = {
      kind: 'edit',
      change: 'archive',
      miner: 'staleAnchors',
      title: 'Archive docker-notes',
      rationale: '',
      files: [{ path: 'archive/facts/docker-notes.md', from: 'facts/docker-notes.md', before: '', after: '' }],
      evidence: [{ kind: 'by-hand', at: '' }],
      trust: 'observed',
      fingerprint: '',
    };
    expect(outOfFocus(edit, parseFocus('only staleAnchors'))).toBeUndefined();
    expect(outOfFocus(edit, parseFocus('only tests'))).toBe('the instructions of this dream ask for something else');
  });
});
