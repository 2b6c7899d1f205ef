import { describe, expect, it } from 'vitest';
import { parseSkillUri, readSkillArguments, skillUriParts } from '../../../../src/vscode/skills/skillUri';

const PLACE = {
  folder: '0123456789ab',
  side: 'proposed',
  path: '.claude/skills/cut-a-release/SKILL.md',
  source: 'workflows/cut-a-release.md',
  current: null,
  proposed: 'a'.repeat(64),
} as const;

describe('the URI of a skill', () => {
  it('says what it shows, and reads back', () => {
    const parts = skillUriParts(PLACE);
    expect(parts.path).toBe('/agent-dreams-review/skill/cut-a-release.md');
    expect(parseSkillUri(parts)).toEqual(PLACE);
    const other = { ...PLACE, side: 'current', current: 'b'.repeat(64) } as const;
    expect(parseSkillUri(skillUriParts(other))).toEqual(other);
  });

  it.each([
    ['another side', { authority: '0123456789ab.base' }],
    ['more than a side', { authority: '0123456789ab.current.x' }],
    ['another file', { path: '/agent-dreams-review/skill/../settings.md' }],
    ['another place', { path: '/x/skill/a.md' }],
    ['no memory', { query: `current=none&proposed=${'a'.repeat(64)}` }],
    ['no hash', { query: 'memory=workflows/a.md&current=none&proposed=x' }],
    ['no current hash', { query: `memory=workflows/a.md&current=x&proposed=${'a'.repeat(64)}` }],
  ])('is none with %s', (_what, wrong) => {
    expect(parseSkillUri({ ...skillUriParts(PLACE), ...wrong })).toBeUndefined();
  });

  it.each([undefined, null, 'x', {}, { ...PLACE, folder: '../x' }, { ...PLACE, source: '' }])(
    'is not what %j names',
    (argument) => expect(readSkillArguments(argument)).toBeUndefined(),
  );
});
