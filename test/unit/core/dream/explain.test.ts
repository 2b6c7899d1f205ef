import { describe, expect, it } from 'vitest';
import type { DreamRecord } from '../../../../src/core/dream/dream';
import { explainDream } from '../../../../src/core/dream/explain';
import type { Explanation } from '../../../../src/core/dream/explainText';
import type { Dismissed, Evidence } from '../../../../src/core/dream/finding';
import type { Change, Proposal } from '../../../../src/core/review/proposal';
import { change, dreamId } from '../review/dreamt';

const id = dreamId('d');
const record: DreamRecord = {
  format: 1,
  id,
  status: 'completed',
  engine: 'offline',
  createdAt: '2026-11-20T03:00:00.000Z',
  sessions: ['s1', 's2'],
  trigger: 'command',
  costUsd: 0,
};
const titles = new Map([
  ['s1', 'Fix the build'],
  ['s2', 'Write the docs'],
]);
const file = { path: 'facts/a.md', before: null, after: 'b\n' } as const;

function explain(
  changes: readonly Change[],
  dismissed: readonly Dismissed[],
  more: Partial<DreamRecord> = {},
): Explanation {
  const proposal: Proposal = { format: 1, id, createdAt: record.createdAt, changes, dismissed };
  return explainDream({ record: { ...record, ...more }, proposal, titles });
}

const left = (more: Partial<Dismissed> = {}): Dismissed => ({
  miner: 'instructions',
  summary: 'use 12 characters',
  reason: 'it was said for one task',
  ...more,
});

/** What the editor underlines. */
function underlined({ text, links }: Explanation): readonly string[] {
  const lines = text.split('\n');
  return links.map(({ line, start, end }) => (lines[line] ?? '').slice(start, end));
}

describe('an explanation', () => {
  it('counts what was read, proposed and left out', () => {
    const { text } = explain([change('one', [file])], [left(), left({ miner: 'fixes' })]);
    expect(text).toContain('# What the dream of 2026-11-20 03:00:00 UTC considered');
    expect(text).toContain('2 sessions were read, 1 change proposed, 2 candidates left out.');
  });

  it('tells each proposed change with every term of its score in plain words', () => {
    const score = { recurrence: 0.5, spread: 0.399, outcome: 1, speaker: 1, specificity: 0.5, total: 0.71 };
    const { text } = explain([change('one', [file], { score })], []);
    expect(text).toContain('### Change one');
    expect(text).toContain('- why: “You said so twice.”');
    expect(text).toContain('- score: 0.71 of 1; a finding is proposed from 0.40 on');
    expect(text).toContain('  - recurrence 0.50 × 0.25: it came up in 2 sessions');
    expect(text).toContain('  - spread 0.40 × 0.15: over 3 days');
    expect(text).toContain('  - outcome 1.00 × 0.20: 100 % of what was tried went well');
    expect(text).toContain('  - speaker 1.00 × 0.25: you said it');
    expect(text).toContain('  - specificity 0.50 × 0.15: it names something');
  });

  it('says where there is no score, and repeats warnings', () => {
    const warnings = [{ kind: 'stale', message: 'The file is gone.' }] as const;
    const { text } = explain([change('one', [file], { warnings })], []);
    expect(text).toContain('- score: none; it tidies memories that exist');
    expect(text).toContain('- warning: “The file is gone.”');
  });

  it('leads from each quote to its entry', () => {
    const told = explain([change('one', [file])], []);
    expect(told.text).toContain('  - you said: “always one” (show in “Fix the build”)');
    expect(underlined(told)).toEqual(['show in “Fix the build”']);
    expect(told.links[0]).toMatchObject({ session: 's1', entry: 'e-one' });
  });

  it('tells every kind of evidence, and how much more there is', () => {
    const evidence: readonly [Evidence, ...Evidence[]] = [
      { kind: 'event', session: 's2', entry: 'e', event: 'failed', quote: 'exit 1', at: '' },
      { kind: 'check', subject: 'scripts/x.sh', verdict: 'gone', detail: 'no such file', at: '' },
      { kind: 'memory', path: 'facts/a.md', sha256: '0', quote: 'old words' },
      { kind: 'by-hand', at: '' },
      { kind: 'quote', session: 's1', entry: 'e', by: 'tool', quote: 'printed', at: '' },
      { kind: 'quote', session: 's1', entry: 'e', by: 'file', quote: 'read', at: '' },
      { kind: 'quote', session: 's1', entry: 'e', by: 'agent', quote: 'seventh', at: '' },
    ];
    const { text } = explain([change('one', [file], { evidence })], []);
    expect(text).toContain('- evidence: 7');
    expect(text).toContain('it was seen (failed): “exit 1” (show in “Write the docs”)');
    expect(text).toContain('checked “scripts/x.sh”: “no such file”');
    expect(text).toContain('memory “facts/a.md”: “old words”');
    expect(text).toContain('written by hand');
    expect(text).toContain('a tool printed: “printed”');
    expect(text).toContain('a file or page said: “read”');
    expect(text).toContain('  - and 1 more');
    expect(text).not.toContain('seventh');
  });

  it('tells how a memory was used', () => {
    const counts = { loaded: 4, listed: 3, read: 2, cited: 1, success: 5, corrected: 6 };
    const used: Evidence = { kind: 'usage', path: 'facts/a.md', ...counts, at: '' };
    expect(explain([change('one', [file], { evidence: [used] })], []).text).toContain(
      'memory “facts/a.md” was loaded in 4 sessions (in 3 as a line of the index), opened in 2, named in 1; after that 5 went well, 6 were corrected',
    );
  });

  it('groups what was left out by miner and reason, with counts', () => {
    const { text } = explain(
      [],
      [
        left({ summary: 'first' }),
        left({ summary: 'other miner', miner: 'a new one' }),
        left({ summary: 'second' }),
        left({ summary: 'other reason', reason: 'it is a question' }),
      ],
    );
    const order = [
      '### Standing instructions: 3',
      '#### It was said for one task (2)',
      '- “first”',
      '- “second”',
      '#### It is a question (1)',
      '- “other reason”',
      '### a new one: 1',
      '- “other miner”',
    ].map((line) => text.indexOf(line));
    expect(order).not.toContain(-1);
    expect([...order].sort((a, b) => a - b)).toEqual(order);
  });

  it('gives the score of what came as far as being scored, and the way to its entry', () => {
    const score = { recurrence: 0, spread: 0, outcome: 0.5, speaker: 0.3, specificity: 0.1, total: 0.19 };
    const told = explain([], [left({ score, session: 's2', entry: 'e9' })]);
    expect(told.text).toContain('- “use 12 characters”, score 0.19 (show in “Write the docs”)');
    expect(told.links).toEqual([expect.objectContaining({ session: 's2', entry: 'e9' })]);
  });

  it('has no link into a session that is not kept, nor to an entry whose id is no id', () => {
    const told = explain(
      [],
      [left({ session: 'gone', entry: 'e1' }), left({ session: 's1', entry: '"}](command:evil)' })],
    );
    expect(told.text).toContain('(in a session that is not kept any more)');
    expect(told.text).toContain('(in “Fix the build”)');
    expect(told.links).toEqual([]);
  });

  it('says so where a dream found nothing new', () => {
    const { text, links } = explain([], []);
    expect(text).toContain('Nothing new: 2 sessions were read, and nothing stood out.');
    expect(text).toContain('A dream that proposes nothing is a good dream.');
    expect(links).toEqual([]);
  });

  it('says why there is nothing to explain of a dream that did not end well', () => {
    const without = (more: Partial<DreamRecord>): string =>
      explainDream({ record: { ...record, ...more }, proposal: undefined, titles }).text;
    expect(without({ status: 'failed', error: { code: 'io', message: 'disk full' } })).toContain('disk full');
    expect(without({ status: 'failed' })).toContain('no reason is known');
    expect(without({ status: 'canceled' })).toContain('was cancelled');
    expect(without({ status: 'running' })).toContain('still under way');
    expect(without({ status: 'running' })).not.toContain('## Proposed');
  });

  it('repeats what the dream was asked to look at', () => {
    expect(explain([], [], { instructions: 'only *tests*' }).text).toContain('“only \\*tests\\*”');
  });

  it('never lets foreign text become markup, a link, an address or another line', () => {
    const evil = '[x](command:evil) <img src=y> **b**\n# h https://example.org `code`\u202Egnirts';
    const { text } = explain(
      [change('one', [file], { title: evil, rationale: evil })],
      [left({ summary: evil, reason: evil, miner: evil })],
    );
    expect(text).not.toMatch(/(?<!\\)\]\(command/);
    expect(text).not.toMatch(/(?<!\\)<img/);
    expect(text).not.toMatch(/^# h/m);
    expect(text).not.toContain('https://');
    expect(text).not.toContain('\u202E');
    expect(text).toContain('U+202E');
  });

  it('cuts long texts', () => {
    const { text } = explain([], [left({ summary: 'x'.repeat(2_000) })]);
    expect(text.length).toBeLessThan(800);
  });
});
