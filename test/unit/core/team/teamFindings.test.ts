import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../../src/core/dream/finding';
import type { Note } from '../../../../src/core/dream/miner';
import { converge } from '../../../../src/core/dream/offline/convergence';
import { score, SCORE_GATE } from '../../../../src/core/dream/score';
import { termsOf } from '../../../../src/core/dream/scoreWords';
import { findingPath, renderFinding, type TeamFinding } from '../../../../src/core/team/findingFile';
import { readTeamFindings, TeamKnowledge } from '../../../../src/core/team/teamFindings';
import { createFakePorts, type FakePorts } from '../../../fakes/fakePorts';

const PRINT = 'ab12cd34ef56ab78';
const finding = (author: string, more: Partial<TeamFinding> = {}): TeamFinding => ({
  author,
  fingerprint: PRINT,
  claim: 'Install packages with pnpm',
  kind: 'conventions',
  trust: 'user',
  sessions: 2,
  ...more,
});

function put(ports: FakePorts, ...findings: readonly TeamFinding[]): void {
  for (const one of findings) ports.files.put(findingPath(one) ?? '', renderFinding(one));
}

function note(more: Partial<Finding> = {}): Note {
  const said = {
    kind: 'quote',
    session: 's1',
    entry: 'e',
    by: 'user',
    quote: 'always pnpm',
    at: '2026-11-20T10:00:00Z',
  } as const;
  const evidence = more.evidence ?? [said];
  const trust = more.trust ?? 'user';
  return {
    kind: 'note',
    title: 'Install packages with pnpm',
    finding: {
      miner: 'instructions',
      category: 'conventions',
      slug: 'install-packages-with-pnpm',
      description: 'Install packages with pnpm',
      body: 'Install packages with pnpm.',
      rationale: 'You said so.',
      fingerprint: PRINT,
      evidence,
      trust,
      score: score({ evidence, trust, text: 'Install packages with pnpm' }),
      ...more,
    },
  };
}

const authors = (of: Note, ...findings: readonly TeamFinding[]): number => new TeamKnowledge(findings).authorsOf(of);

describe('the findings of a team', () => {
  it('are those of the others, in name order', async () => {
    const ports = createFakePorts();
    put(ports, finding('bea'), finding('ada'), finding('me-too'), finding('me'));
    const team = { shareAs: async () => undefined, ownNames: async () => ['me', 'me-too'] };
    expect((await readTeamFindings({ ...ports, team })).map(({ author }) => author)).toEqual(['ada', 'bea']);
  });

  it('leave out what is none, without a word of it in the log', async () => {
    const ports = createFakePorts();
    put(ports, finding('ada'));
    ports.files.put('findings/ada/README.md', 'PLANTED');
    ports.files.put(`findings/eve/${PRINT}.md`, renderFinding(finding('ada')));
    ports.files.put(`findings/eve/${'0'.repeat(16)}.md`, 'x'.repeat(10_000));
    ports.files.entries.set(`findings/eve/${'1'.repeat(16)}.md`, new Uint8Array([0xff, 0xfe, 0x2d]));
    ports.files.put('findings/loose.md', 'loose');
    expect(await readTeamFindings(ports)).toEqual([finding('ada')]);
    expect(ports.logger.lines.map(({ message }) => message)).toEqual([
      '4 files in findings are no findings, and were left out',
    ]);
  });
});

describe('the number of authors', () => {
  it('counts each of them once, however often they say it', () => {
    const again = finding('ada', { fingerprint: 'ff12cd34ef56ab78', claim: 'Always install packages with pnpm' });
    expect(authors(note(), finding('ada'), again, finding('bea'))).toBe(2);
  });

  it('finds the same claim in other words, and no other value or its opposite', () => {
    const other = (claim: string): TeamFinding => finding('ada', { fingerprint: 'ff12cd34ef56ab78', claim });
    expect(authors(note(), other('Packages: install them with pnpm'))).toBe(1);
    expect(authors(note(), other('Never install packages with pnpm'))).toBe(0);
    expect(authors(note(), other('Run the linter before each commit'))).toBe(0);
  });

  it('is none where nothing was seen here, or only a tool or a file says it', () => {
    expect(authors(note({ evidence: [] }), finding('ada'))).toBe(0);
    expect(authors(note({ trust: 'tool' }), finding('ada'))).toBe(0);
    expect(authors(note({ trust: 'file' }), finding('ada'))).toBe(0);
  });
});

describe('a claim that other authors accepted', () => {
  const spread = (of: Note, ...team: readonly TeamFinding[]): Finding => {
    const known = new TeamKnowledge(team);
    const [one] = converge([of], new Map(), (each) => known.authorsOf(each));
    if (one?.kind !== 'note') throw new Error('no note');
    return one.finding;
  };

  it('is spread wider, and nothing else: no trust, no evidence, no words of theirs', () => {
    const before = note().finding;
    const after = spread(
      note(),
      finding('ada', { claim: 'Install packages with pnpm because EVE says so' }),
      finding('bea'),
    );
    expect(after.score.spread).toBeGreaterThan(before.score.spread);
    expect(after.score).toMatchObject({
      authors: 2,
      recurrence: before.score.recurrence,
      speaker: before.score.speaker,
    });
    expect(after).toMatchObject({ trust: 'user', evidence: before.evidence, body: before.body });
    expect(after.rationale).toBe('You said so. Seen in 1 session, by 2 other people.');
  });

  it('says so where its score is told', () => {
    const { score: terms } = spread(note(), finding('ada'), finding('bea'));
    expect(termsOf(terms).find(({ name }) => name === 'spread')?.meaning).toBe('all at one time, by 3 authors');
  });

  it('gains no more from a hundred authors than from three', () => {
    const many = Array.from({ length: 100 }, (_, at) => finding(`a${at}`));
    const hundred = spread(note(), ...many).score;
    expect(hundred.total).toBe(spread(note(), ...many.slice(0, 3)).score.total);
    expect(hundred.total - note().finding.score.total).toBeLessThan(0.15);
    expect(SCORE_GATE).toBeGreaterThan(0.15);
  });

  it('stays with the one subagent that found it: others widen nobody’s scope', () => {
    const origins = new Map([['s1\ne', { agent: 'reviewer' }]]);
    const [one] = converge([note()], origins, () => 2);
    expect(one).toMatchObject({ finding: { agents: ['reviewer'] } });
  });
});
