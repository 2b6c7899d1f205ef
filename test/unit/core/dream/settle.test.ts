import { describe, expect, it } from 'vitest';
import { buildSession } from '../../../fakes/sessionBuilder';
import { createWorld, proposalOf } from './dreamWorld';
import type { CapturedSession } from '../../../../src/core/sessions/session';

const [one, two] = ['2026-11-01T10:00:00Z', '2026-11-08T10:00:00Z'];
const memory = (says: string) => `---\nname: it\ndescription: ${says}\ncreated: 2026-10-01\n---\n${says}.\n`;

async function after(sessions: readonly CapturedSession[], files: Readonly<Record<string, string>> = {}) {
  const { changes } = await proposalOf(createWorld({ sessions, files }));
  return changes.map(({ kind, files: [file] }) => ({ kind, path: file.path, text: file.after }));
}

describe('a ban and what to do instead', () => {
  const ban = buildSession('s1', one).says('Never use npm in this repo').end();
  const rule = buildSession('s2', two).says('use pnpm instead of npm in this repo').end();

  it.each([
    ['ban first', [ban, rule]],
    [
      'both at once',
      [buildSession('s1', one).says('Never use npm in this repo. Use pnpm instead of npm in this repo.').end()],
    ],
  ])('%s: one memory, led by what to do, the ban kept', async (_, sessions) => {
    const [change, ...others] = await after(sessions);
    expect(others).toEqual([]);
    expect(change?.path).toMatch(/pnpm/u);
    expect(change?.text).toMatch(/^description: Use pnpm instead of npm/mu);
    expect(change?.text).toContain('Never use npm');
  });
});

describe('two sides of one dream', () => {
  it('end as the newer one, which quotes the older', async () => {
    const changes = await after([
      buildSession('s1', one).says('From now on write release notes in textile').end(),
      buildSession('s2', two).says('From now on write release notes in plain text').end(),
    ]);
    expect(changes).toHaveLength(1);
    expect(changes[0]?.text).toContain('Write release notes in plain text');
    expect(changes[0]?.text).toContain('in textile”');
  });

  it('settle across miners', async () => {
    const changes = await after([
      buildSession('s1', one).says('go').answers('ok').says('no, name fixtures after the ticket').end(),
      buildSession('s2', two).says('go').answers('ok').says('no, name fixtures after the ticket').end(),
      buildSession('s3', '2026-11-15T10:00:00Z').says('From now on name fixtures <suite>-<case>').end(),
    ]);
    expect(changes.map(({ text }) => /suite/u.test(text))).toEqual([true]);
    expect(changes[0]?.text).toContain('after the ticket”');
  });

  it('leave what holds side by side', async () => {
    const changes = await after([
      buildSession('s1', one).says('From now on deploy the site with `make deploy`').end(),
      buildSession('s2', two).says('From now on test the site with `make test`').end(),
    ]);
    expect(changes).toHaveLength(2);
  });
});

describe('a stored value turned back', () => {
  it.each([
    ['Write the guide in textile', 'I changed my mind, from now on write the guide in org mode', 'org mode'],
    ['Name topics <area>/<owner>', 'from now on name topics after their team', 'team'],
    ['Use Ghost for the blog', 'from now on use Hugo for the blog', 'Hugo'],
  ])('“%s” is renewed by “%s”', async (stored, said, value) => {
    const [change, ...others] = await after([buildSession('s1', one).says(said).end()], {
      'conventions/it.md': memory(stored),
    });
    expect(others).toEqual([]);
    expect(change).toMatchObject({ kind: 'update', path: 'conventions/it.md' });
    expect(change?.text).toContain(value);
    expect(change?.text).toContain('Replaces: “');
  });

  it.each([
    ['Deploy the site with `make deploy`', 'from now on test the site with `make test`'],
    ['Never log tokens', 'from now on never log phone numbers'],
  ])('“%s” stays beside “%s”', async (stored, said) => {
    const changes = await after([buildSession('s1', one).says(said).end()], { 'conventions/it.md': memory(stored) });
    expect(changes.map(({ kind }) => kind)).toEqual(['add']);
  });
});

describe('a wrong claim', () => {
  it('of the store is set right by one correction', async () => {
    const said = buildSession('s1', one)
      .says('go')
      .answers('on 8080')
      .says('no, actually the port is 8081, not 8080')
      .end();
    const [change] = await after([said], { 'facts/it.md': memory('The port is 8080') });
    expect(change).toMatchObject({ kind: 'update', path: 'facts/it.md' });
    expect(change?.text).toContain('8081');
  });

  it('of the agent is set right where it was made in two sessions', async () => {
    const wrong = buildSession('s1', one).says('where?').answers('The relay listens on port 9310.').end();
    const right = buildSession('s2', two)
      .says('where?')
      .answers('The relay listens on port 9310.')
      .says('no, the relay listens on port 9311, not 9310')
      .end();
    expect((await after([wrong, right])).map(({ text }) => /9311/u.test(text))).toEqual([true]);
    expect(await after([right])).toEqual([]);
  });

  it.each([
    'no, the relay listens on port 9311 in this ticket, not 9310',
    'no, give the code 12 characters instead of 10',
  ])('stays a matter of its task: %s', async (said) => {
    const wrong = buildSession('s1', one).says('where?').answers('Port 9310, and codes of 10 characters.').end();
    const right = buildSession('s2', two)
      .says('where?')
      .answers('Port 9310, and codes of 10 characters.')
      .says(said)
      .end();
    expect(await after([wrong, right])).toEqual([]);
  });

  it('of a note is set right by name', async () => {
    const said = buildSession('s1', one)
      .says('go')
      .answers('ok')
      .says('your note is wrong, the relay runs on Alpine')
      .end();
    expect(await after([said])).toHaveLength(1);
  });
});
