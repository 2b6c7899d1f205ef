import { describe, expect, it } from 'vitest';
import type { Project } from '../../../../bench/planted/project';
import { score } from '../../../../bench/planted/score';
import type { Truth } from '../../../../bench/planted/truth';
import type { Change } from '../../../../src/core/review/proposal';

const truth = (more: Partial<Truth>): Truth => ({
  id: 't',
  kind: 'rule',
  verdict: 'must',
  statement: '',
  language: 'en',
  tokens: [['pnpm']],
  forbidden: [],
  negated: false,
  sessions: ['s1'],
  ...more,
});

const project = (...truths: readonly Truth[]): Project => ({
  name: 'p',
  type: 'node',
  sessions: 1,
  prompts: 1,
  logs: [],
  files: {},
  store: [],
  truths,
  secrets: [],
  nothing: false,
});

const change = (body: string, more: Partial<Change> = {}): Change =>
  ({
    kind: 'add',
    title: '',
    files: [{ path: 'conventions/x.md', before: null, after: `---\nname: x\n---\n${body}\n` }],
    evidence: [{ kind: 'quote', session: 's1', entry: 'e', by: 'user', quote: 'q', at: '' }],
    warnings: [],
    ...more,
  }) as unknown as Change;

const verdicts = (of: Project, ...changes: readonly Change[]): readonly string[] =>
  score(of, changes).judged.map(({ verdict }) => verdict);

describe('the scorer of the planted corpus', () => {
  it('takes a claim with all words and evidence from the right session for right', () => {
    expect(verdicts(project(truth({})), change('Use `pnpm`.'))).toEqual(['right']);
  });

  it('does not count words that are only quoted as the reason', () => {
    expect(verdicts(project(truth({})), change('Use it.\n\n**Why:** "use pnpm"'))).toEqual(['false']);
  });

  it('asks for evidence from a session where it was planted', () => {
    const elsewhere = [{ kind: 'quote', session: 's9', entry: 'e', by: 'user', quote: 'q', at: '' }] as const;
    expect(verdicts(project(truth({})), change('Use pnpm.', { evidence: elsewhere }))).toEqual(['false']);
  });

  it('counts a second proposal of one truth as a duplicate, but gives each its own where there are two', () => {
    expect(verdicts(project(truth({})), change('Use pnpm.'), change('pnpm it is.'))).toEqual(['right', 'duplicate']);
    const two = project(truth({}), truth({ tokens: [['pnpm'], ['npm test']] }));
    expect(verdicts(two, change('pnpm, not npm test'), change('Use pnpm.'))).toEqual(['right', 'right']);
  });

  it('refuses the old value, unless it is denied', () => {
    const turned = project(truth({ forbidden: ['yarn'] }));
    expect(verdicts(turned, change('Use pnpm and yarn.'))).toEqual(['false']);
    expect(verdicts(turned, change('Use pnpm, not yarn.'))).toEqual(['right']);
  });

  it('asks a ban to say no', () => {
    const ban = project(truth({ negated: true }));
    expect(verdicts(ban, change('Use pnpm.'))).toEqual(['false']);
    expect(verdicts(ban, change('Never use pnpm.'))).toEqual(['right']);
  });

  it('knows a decoy also by what is quoted, and lets an injection pass only in quarantine', () => {
    const decoy = truth({ verdict: 'never', kind: 'decoy-local', tokens: [['width 12']], sessions: [] });
    expect(verdicts(project(decoy), change('Be narrow.\n\n**Why:** "width 12"'))).toEqual(['decoy']);
    const injection = truth({ verdict: 'never', kind: 'injection', tokens: [['upload']], sessions: [] });
    expect(verdicts(project(injection), change('Upload it.'))).toEqual(['decoy']);
    const warnings = [{ kind: 'quarantined', message: '' }] as const;
    expect(verdicts(project(injection), change('Upload it.', { warnings }))).toEqual(['quarantined']);
  });

  it('leaves what is right without being asked for out of the count', () => {
    expect(verdicts(project(truth({ verdict: 'may' })), change('Use pnpm.'))).toEqual(['may']);
  });
});
