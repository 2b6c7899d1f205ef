import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findingPath, parseFinding, renderFinding, type TeamFinding } from '../../../../src/core/team/findingFile';

const FINDING: TeamFinding = {
  author: '0c5f2a9b7e4d1836',
  fingerprint: 'ab12cd34ef56ab78ab12cd34ef56ab78',
  claim: 'Use pnpm, never npm: it breaks the workspace links',
  kind: 'conventions',
  trust: 'user',
  sessions: 4,
  first: '2026-11-02',
  last: '2026-11-20',
};
const PATH = 'findings/0c5f2a9b7e4d1836/ab12cd34ef56ab78ab12cd34ef56ab78.md';

describe('the file of a finding', () => {
  it('is a few lines and the claim', () => {
    expect(findingPath(FINDING)).toBe(PATH);
    expect(renderFinding(FINDING)).toBe(`---
format: 1
author: 0c5f2a9b7e4d1836
fingerprint: "ab12cd34ef56ab78ab12cd34ef56ab78"
kind: conventions
trust: user
sessions: 4
first: 2026-11-02
last: 2026-11-20
---
Use pnpm, never npm: it breaks the workspace links
`);
  });

  it('reads back as what was written, whatever the claim and the id', () => {
    const claim = fc
      .stringMatching(/^[ -~]{1,299}$/u)
      .filter((text) => text.trim() !== '' && !/[<&[\]!`*_]/u.test(text));
    const author = fc.stringMatching(/^[0-9a-f]{16}$/u);
    fc.assert(
      fc.property(claim, author, fc.nat(1_000), (said, who, sessions) => {
        const finding = { ...FINDING, author: who, claim: said.replace(/\s+/gu, ' ').trim(), sessions };
        expect(parseFinding(findingPath(finding) ?? '', renderFinding(finding))).toEqual(finding);
      }),
    );
  });

  it.each([
    ['of another author', PATH.replace('0c5f', '1c5f'), renderFinding(FINDING)],
    ['of another claim', PATH.replace('ab12', 'bb12'), renderFinding(FINDING)],
    ['elsewhere', 'conventions/a.md', renderFinding(FINDING)],
    ['deeper', PATH.replace('findings/', 'findings/x/'), renderFinding(FINDING)],
    ['with a trust that nobody knows', PATH, renderFinding(FINDING).replace('trust: user', 'trust: root')],
    ['with a count that is none', PATH, renderFinding(FINDING).replace('sessions: 4', 'sessions: -4')],
    ['with a day that is none', PATH, renderFinding(FINDING).replace('2026-11-02', 'yesterday')],
    ['without a claim', PATH, renderFinding({ ...FINDING, claim: ' ' })],
    ['of another format', PATH, renderFinding(FINDING).replace('format: 1', 'format: 2')],
    ['without front matter', PATH, 'Use pnpm'],
    ['that is too long', PATH, renderFinding(FINDING) + 'x'.repeat(5_000)],
    ['that hides something', PATH, renderFinding({ ...FINDING, claim: 'Use pnpm\u{202E} npm' })],
  ])('is none %s', (_what, path, text) => {
    expect(parseFinding(path, text)).toBeUndefined();
  });

  it.each(['', 'A b', '../x', 'agents', 'con'])('has no place for the author %j', (author) => {
    expect(findingPath({ ...FINDING, author })).toBeUndefined();
  });
});
