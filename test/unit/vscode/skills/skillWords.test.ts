import { describe, expect, it } from 'vitest';
import type { NoSkill, SkillOffer } from '../../../../src/core/skills/skillExport';
import { noSkillWords, skillLenses, skillQuestion, skillResultWords } from '../../../../src/vscode/skills/skillWords';

const t = (text: string, ...values: readonly (string | number | boolean)[]): string =>
  text.replace(/\{(\d)\}/gu, (_all, at: string) => String(values[Number(at)]));

const PATH = '.claude/skills/release/SKILL.md';
const TARGET = { folder: 'f', source: 'workflows/release.md', current: null, proposed: 'a'.repeat(64) };
const offer = (more: Partial<SkillOffer> = {}): SkillOffer => ({
  path: PATH,
  source: TARGET.source,
  sourceSha256: 'b'.repeat(64),
  title: 'Release',
  current: '',
  currentSha256: null,
  proposed: 'x',
  proposedSha256: TARGET.proposed,
  standing: 'new',
  strength: { sessions: 6, success: 1, steps: 3, trust: 'observed', lacks: [] },
  asked: [],
  confirmation: undefined,
  ...more,
});
const titles = (of: SkillOffer): readonly string[] => skillLenses(of, TARGET, t).map(({ title }) => title);

describe('the lenses of a skill', () => {
  it('accept and reject it', () => {
    expect(titles(offer())).toEqual(['$(check) Accept Skill', '$(close) Reject']);
    expect(skillLenses(offer(), TARGET, t)[0]).toMatchObject({
      command: 'agentDreams.acceptSkill',
      arguments: [TARGET],
    });
  });

  it('say that a skill written by hand would be replaced, and what is asked', () => {
    const asked = [{ kind: 'replaces', message: `${PATH} was written by somebody else.` }];
    expect(titles(offer({ standing: 'foreign', asked }))).toEqual([
      '$(warning) Replace Skill…',
      '$(close) Reject',
      '$(warning) Asks first',
    ]);
  });

  it('only tell where it is done', () => {
    expect(skillLenses(offer({ standing: 'same' }), TARGET, t)).toEqual([
      { title: 'Accepted', command: '', arguments: [] },
    ]);
  });
});

describe('the words about a skill', () => {
  it('ask with every reason', () => {
    const asked = [
      { kind: 'weak', message: 'Little speaks for it.' },
      { kind: 'executes', message: 'It runs a command.' },
    ];
    const { message, detail } = skillQuestion(offer({ asked }), t);
    expect(message).toBe(`Write ${PATH}?`);
    expect(detail).toContain('• Little speaks for it.');
    expect(detail).toContain('• It runs a command.');
  });

  it.each<NoSkill>(['not-accepted', 'not-team', 'no-steps', 'runs-on-load', 'substituted'])(
    'say why there is none: %s',
    (reason) => expect(noSkillWords(reason, 'workflows/a.md', t)).toMatch(/^workflows\/a\.md .{20,}\.$/u),
  );

  it('say why nothing was written', () => {
    expect(skillResultWords({ kind: 'done', path: PATH }, t)).toBeUndefined();
    expect(skillResultWords({ kind: 'nothing', path: PATH }, t)).toBe(`${PATH} says so already.`);
    expect(skillResultWords({ kind: 'conflict', path: PATH }, t)).toContain('changed since it was shown');
    expect(skillResultWords({ kind: 'refused', path: PATH, reason: 'unconfirmed' }, t)).toContain('confirmed');
    const hidden = {
      reason: 'hidden-text',
      line: 3,
      codePoint: 'U+202E',
      words: 'a character that turns text',
    } as const;
    expect(skillResultWords({ kind: 'refused', path: PATH, ...hidden }, t)).toContain('U+202E');
    const secret = { reason: 'credential', line: 3, rule: 'aws-key', fingerprint: '01234567' } as const;
    expect(skillResultWords({ kind: 'refused', path: PATH, ...secret }, t)).toContain('aws-key');
  });
});
