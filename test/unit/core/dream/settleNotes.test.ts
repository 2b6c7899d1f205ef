import { describe, expect, it } from 'vitest';
import type { Trust } from '../../../../src/core/dream/finding';
import type { Note } from '../../../../src/core/dream/miner';
import { settle } from '../../../../src/core/dream/settle';

interface Said {
  readonly rule: string;
  readonly miner?: string;
  readonly trust?: Trust;
  /** When it was said; '' where nobody knows, missing where nobody said it. */
  readonly at?: string;
}

const note = ({ rule, miner = 'instructions', trust = 'user', at }: Said): Note => ({
  kind: 'note',
  title: rule,
  finding: {
    miner,
    category: 'conventions',
    slug: 'it',
    description: rule,
    body: `${rule}\n\n**Why:** It was said.`,
    evidence: at === undefined ? [] : [{ kind: 'quote', session: 's', entry: rule, by: 'user', quote: rule, at }],
    trust,
    score: { recurrence: 1, spread: 0, outcome: 0, speaker: 1, specificity: 1, total: 3 },
    rationale: '',
    fingerprint: rule,
  },
});

const OLD = '2026-11-01T10:00:00Z';
const NEW = '2026-11-08T10:00:00Z';
const textile = (more: Omit<Said, 'rule'>): Said => ({ rule: 'Write release notes in textile.', ...more });
const asciidoc = (more: Omit<Said, 'rule'>): Said => ({ rule: 'Write release notes in asciidoc.', ...more });

const after = (...said: readonly Said[]) => {
  const { kept, outvoted } = settle(said.map(note));
  return {
    kept: kept.map(({ title }) => title),
    gone: outvoted.map(({ note: { title }, by }) => `${title} < ${by.title}`),
    bodies: kept.map(({ finding }) => finding.body),
  };
};

describe('of two claims that cannot both hold', () => {
  it.each([
    ['old first', [textile({ at: OLD }), asciidoc({ at: NEW })]],
    ['new first', [asciidoc({ at: NEW }), textile({ at: OLD })]],
  ])('the newer stays, and quotes the older with its day: %s', (_, said) => {
    const { kept, gone, bodies } = after(...said);
    expect(kept).toEqual(['Write release notes in asciidoc.']);
    expect(gone).toEqual(['Write release notes in textile. < Write release notes in asciidoc.']);
    expect(bodies[0]).toContain(
      '**Why:** It was said. It was also said on 2026-11-01: “Write release notes in textile.”',
    );
  });

  it.each([
    ['observed first', [textile({ at: NEW, trust: 'observed' }), asciidoc({ at: OLD })]],
    ['observed last', [asciidoc({ at: OLD }), textile({ at: NEW, trust: 'observed' })]],
  ])('what a person said stays over what was observed later, without its words: %s', (_, said) => {
    const { kept, gone, bodies } = after(...said);
    expect(kept).toEqual(['Write release notes in asciidoc.']);
    expect(gone).toHaveLength(1);
    expect(bodies[0]).not.toContain('textile');
  });

  it('the first stays where nobody knows when they were said, and no day is made up', () => {
    const { kept, bodies } = after(textile({ at: '' }), asciidoc({ at: '' }));
    expect(kept).toEqual(['Write release notes in textile.']);
    expect(bodies[0]).toContain('It was also said: “Write release notes in asciidoc.”');
  });

  it('nothing is quoted where nobody said it', () => {
    const { kept, bodies } = after(textile({}), asciidoc({}));
    expect(kept).toEqual(['Write release notes in textile.']);
    expect(bodies[0]).not.toContain('asciidoc');
  });

  it('the last of three stays', () => {
    const third: Said = { rule: 'Write release notes in org.', at: '2026-11-15T10:00:00Z' };
    const { kept, gone } = after(textile({ at: OLD }), asciidoc({ at: NEW }), third);
    expect(kept).toEqual(['Write release notes in org.']);
    expect(gone).toHaveLength(2);
  });

  it('the newest quote of the one that goes is told', () => {
    const told = note(textile({ at: OLD }));
    const twice: Note = {
      ...told,
      finding: {
        ...told.finding,
        evidence: [
          { kind: 'quote', session: 's', entry: 'b', by: 'user', quote: 'textile, the second', at: OLD },
          { kind: 'quote', session: 's', entry: 'a', by: 'user', quote: 'textile, the first', at: OLD },
          {
            kind: 'quote',
            session: 'r',
            entry: 'c',
            by: 'user',
            quote: 'textile, long ago',
            at: '2026-01-01T10:00:00Z',
          },
        ],
      },
    };
    const [kept] = settle([twice, note(asciidoc({ at: NEW }))]).kept;
    expect(kept?.finding.body).toContain('“textile, the first”');
    expect(kept?.finding.body).not.toContain('long ago');
  });
});

describe('claims that stay side by side', () => {
  it.each([
    ['both were observed', [textile({ at: OLD, miner: 'commands' }), asciidoc({ at: NEW, miner: 'commands' })]],
    ['one rests on what a tool said', [textile({ at: OLD }), asciidoc({ at: NEW, trust: 'tool' })]],
    ['one rests on what a file said', [textile({ at: OLD, trust: 'file' }), asciidoc({ at: NEW })]],
    ['they are of two topics', [textile({ at: OLD }), { rule: 'Write unit tests in Ruby.', at: NEW }]],
    [
      'much of their words are the same, and both hold',
      [
        { rule: 'Run the linter on every changed file before a commit.', at: OLD },
        { rule: 'Run the linter on every changed file before a release.', at: NEW },
      ],
    ],
  ])('do where %s', (_, said) => {
    const { kept, gone } = after(...said);
    expect(kept).toEqual(said.map(({ rule }) => rule));
    expect(gone).toEqual([]);
  });
});
