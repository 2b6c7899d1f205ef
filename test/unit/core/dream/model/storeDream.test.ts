import { describe, expect, it } from 'vitest';
import { buildSession } from '../../../../fakes/sessionBuilder';
import { createWorld, textAt, type World } from '../dreamWorld';
import { completed, paths, reasons } from './modelWorld';
import { createFakeStoreDreamer, dreamOverStore } from './storeWorld';

const SAID = 'From now on name every migration after its ticket number.';
const session = buildSession('s1', '2026-11-10T10:00:00Z')
  .says(SAID)
  .answers('I will name migrations so.')
  .says('Never deploy the billing service on a Friday, always wait for Monday.')
  .answers('Understood.')
  .end();

const memory = (description: string, body: string, created = '2026-11-02'): string =>
  `---\nname: x\ndescription: ${description}\ncreated: ${created}\n---\n${body}\n`;

const PNPM = memory('Use pnpm here', 'Use `pnpm install` in this repository, never `npm`.').replace(
  'name: x',
  'name: use-pnpm',
);

function world(files: Readonly<Record<string, string>> = { 'conventions/use-pnpm.md': PNPM }): World {
  return createWorld({ sessions: [session], files });
}

/** The store as it was, with these files put into it. */
const adding = (more: Readonly<Record<string, string>>) => (files: ReadonlyMap<string, string>) =>
  new Map([...files, ...Object.entries(more)]);

describe('a store that was dreamt elsewhere', () => {
  it('adds what a session says, with the words of the person as evidence', async () => {
    const outcome = await dreamOverStore(
      world(),
      createFakeStoreDreamer(adding({ 'conventions/migrations.md': `# Migrations\n\n- ${SAID}\n` })),
    );
    const [change] = completed(outcome).proposal.changes;
    expect(paths(outcome)).toEqual(['conventions/migrations.md']);
    expect(change?.files[0]?.after).toContain('name every migration after its ticket number');
    expect(change?.evidence).toMatchObject([{ kind: 'quote', by: 'user', session: 's1', quote: SAID }]);
    expect(completed(outcome).record).toMatchObject({ engine: 'managed', usage: [{ role: 'consolidate' }] });
    expect(completed(outcome).record.costUsd).toBeGreaterThan(0);
  });

  it.each([
    ['what no session says', 'Every endpoint has to be documented in the wiki within two days.'],
    ['the same words the other way round', 'Always deploy the billing service on a Friday.'],
    ['another value', 'From now on name every migration after its ticket number, at most 14 characters.'],
    ['the same words in other places', 'From now on name every ticket number after its migration.'],
    ['another thing in most of the same words', 'From now on name every migration after its author.'],
    ['a “not” that nobody said', 'From now on never name a migration after its ticket number.'],
    ['too little to look for', 'Ticket number.'],
  ])('drops %s', async (_, statement) => {
    const outcome = await dreamOverStore(
      world(),
      createFakeStoreDreamer(adding({ 'conventions/new.md': `${statement}\n` })),
    );
    expect(paths(outcome)).toEqual([]);
    expect(reasons(outcome)).toHaveLength(1);
  });

  it('keeps of a new file only what is said', async () => {
    const text = `${SAID}\nMigrations are reviewed by the platform team before lunch.\n`;
    const outcome = await dreamOverStore(
      world(),
      createFakeStoreDreamer(adding({ 'conventions/migrations.md': text })),
    );
    const [change] = completed(outcome).proposal.changes;
    expect(change?.files[0]?.after).toContain('ticket number');
    expect(change?.files[0]?.after).not.toContain('platform team');
    expect(reasons(outcome)).toEqual(['no session says it']);
  });

  it('changes nothing where nothing is said anew, and takes nothing away without a reason', async () => {
    const same = await dreamOverStore(
      world(),
      createFakeStoreDreamer((files) => files),
    );
    expect([paths(same), reasons(same)]).toEqual([[], []]);
    const shorter = await dreamOverStore(
      world(),
      createFakeStoreDreamer(adding({ 'conventions/use-pnpm.md': PNPM.replace('Use `pnpm install`', 'Use it') })),
    );
    expect(paths(shorter)).toEqual([]);
    const emptied = await dreamOverStore(
      world(),
      createFakeStoreDreamer(() => new Map()),
    );
    expect(paths(emptied)).toEqual([]);
    expect(reasons(emptied)).toEqual(['it was left out, and nothing shows that it no longer holds']);
  });

  it('sets a memory right where a session after it says so, and keeps the rest of it', async () => {
    const deploy = memory(
      'How billing is deployed',
      'Deploy the billing service on a Friday.\nThe dashboard is at `grafana/billing`.',
    ).replace('name: x', 'name: deploy-billing');
    const set = 'Never deploy the billing service on a Friday, always wait for Monday.';
    const outcome = await dreamOverStore(
      world({ 'workflows/deploy-billing.md': deploy }),
      createFakeStoreDreamer(
        adding({ 'workflows/deploy-billing.md': deploy.replace('Deploy the billing service on a Friday.', set) }),
      ),
    );
    const [change] = completed(outcome).proposal.changes;
    expect(paths(outcome)).toEqual(['workflows/deploy-billing.md']);
    expect(change?.files[0]?.after).toContain(set);
    expect(change?.files[0]?.after).toContain('grafana/billing');
    expect(change?.files[0]?.after).not.toContain('\nDeploy the billing service');
  });

  it('merges two memories where all that one says stands in the other', async () => {
    const one = memory('Use pnpm', 'Use `pnpm install` here.').replace('name: x', 'name: one');
    const two = memory('pnpm for scripts', 'Run scripts with `pnpm run` here.').replace('name: x', 'name: two');
    const outcome = await dreamOverStore(
      world({ 'conventions/one.md': one, 'conventions/two.md': two }),
      createFakeStoreDreamer(
        () => new Map([['conventions/one.md', one.trimEnd() + '\nRun scripts with `pnpm run` here.\n']]),
      ),
    );
    const [change] = completed(outcome).proposal.changes;
    expect(change?.kind).toBe('merge');
    expect(change?.files[0]?.after).toContain('pnpm run');
    expect(change?.files.map(({ path }) => path)).toEqual(['conventions/one.md', 'archive/conventions/two.md']);
  });

  it('holds a store in which half of a category is gone', async () => {
    const files = Object.fromEntries(
      ['red', 'green', 'blue', 'black', 'white', 'brown'].map((name) => [
        `facts/${name}.md`,
        memory(`The ${name} host`, `The ${name} host runs the ${name} queue.`).replace('name: x', `name: ${name}`),
      ]),
    );
    const outcome = await dreamOverStore(
      world(files),
      createFakeStoreDreamer((all) => new Map([...all].slice(0, 3))),
    );
    expect(paths(outcome)).toEqual([]);
    expect(reasons(outcome)).toHaveLength(3);
  });

  it.each([
    ['out of the store', '../../.bashrc.md', 'its path leads out of the store'],
    ['the instructions of people', 'CLAUDE.md', 'it is an index, or belongs to people'],
    ['another agent’s instructions', 'docs/AGENTS.md', 'it is an index, or belongs to people'],
    ['an index', '_index.md', 'it is an index, or belongs to people'],
    ['the schema', 'schema.md', 'it steers dreams, and only people change it'],
    ['a script', 'conventions/run.sh', 'it is no Markdown file'],
  ])('writes nothing that leads to %s', async (_, path, reason) => {
    const outcome = await dreamOverStore(world(), createFakeStoreDreamer(adding({ [path]: `${SAID}\n` })));
    expect(paths(outcome)).toEqual([]);
    expect(reasons(outcome)).toEqual([reason]);
  });

  it('takes no memory of 200 kB and no path twice', async () => {
    const dreamer = createFakeStoreDreamer(
      adding({
        'conventions/large.md': `${SAID}\n${'x'.repeat(200_000)}`,
        'conventions/Use-Pnpm.md': `${SAID}\n`,
      }),
    );
    const outcome = await dreamOverStore(world(), dreamer);
    expect(paths(outcome)).toEqual([]);
    expect(reasons(outcome)).toEqual(['it is too large for a memory', 'its path is taken']);
  });

  it('uploads what is in use, redacted, condensed and marked, and no path of this machine', async () => {
    const secret = ['sk', 'ant', 'api03', 'A1b2C3d4'.repeat(11)].join('-');
    const leaking = buildSession('s2', '2026-11-11T10:00:00Z')
      .says(`The key is ${secret}, use it from now on.`)
      .runs('cat big.txt', 'output of a call that went well')
      .end();
    const dreamer = createFakeStoreDreamer((files) => files);
    const ports = createWorld({
      sessions: [session, leaking],
      files: {
        'conventions/use-pnpm.md': PNPM,
        '.local/personal/preferences/tabs.md': memory('Tabs', 'I like tabs.').replace('name: x', 'name: tabs'),
        'archive/conventions/old.md': memory('Old', 'Gone long ago.').replace('name: x', 'name: old'),
      },
    });
    await dreamOverStore(ports, dreamer);
    const [request] = dreamer.requests;
    expect(request?.files.map(({ path }) => path).sort()).toEqual([
      'conventions/use-pnpm.md',
      'personal/preferences/tabs.md',
    ]);
    const all = JSON.stringify(request);
    expect(all).not.toContain(secret);
    expect(all).not.toContain('output of a call that went well');
    expect(request?.sessions.every(({ text }) => /^<document-[0-9a-f]{20} /u.test(text))).toBe(true);
    expect(request?.instructions.length).toBeLessThanOrEqual(4_096);
  });

  it('ends where it has cost more than it may', async () => {
    const used = { input: 10_000_000, output: 1_000_000, cacheRead: 0, cacheWrite: 0 };
    const ports = world();
    const outcome = await dreamOverStore(
      ports,
      createFakeStoreDreamer((files) => files, used),
      1,
    );
    expect(outcome).toMatchObject({ kind: 'failed', error: { code: 'over-budget' } });
    expect(await textAt(ports, 'conventions/use-pnpm.md')).toBe(PNPM);
  });
});
