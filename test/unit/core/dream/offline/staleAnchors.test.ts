import { describe, expect, it } from 'vitest';
import type { Edit, MinerResult } from '../../../../../src/core/dream/miner';
import { anchorsOf } from '../../../../../src/core/dream/offline/anchors';
import { staleAnchorsMiner } from '../../../../../src/core/dream/offline/staleAnchors';
import { fakeProbe, memoryOf, mine } from './mine';

function editsOf(result: MinerResult): readonly Edit[] {
  return result.candidates.flatMap((candidate) => (candidate.kind === 'edit' ? [candidate] : []));
}

async function check(body: string, files: Readonly<Record<string, string>>, more = {}): Promise<MinerResult> {
  return mine(staleAnchorsMiner, [], { memories: [memoryOf('facts/f.md', body, more)], probe: fakeProbe(files) });
}

describe('what a memory names', () => {
  it.each([
    ['Configuration lives in `src/config/app.ts`.', ['src/config/app.ts']],
    ['See docs/architecture.md for the picture', ['docs/architecture.md']],
    ['Edit `src/core/` only', ['src/core']],
    ['Run `npm run build:docs` first', ['build:docs']],
    ['Run `make proto` first', ['proto']],
    ['The bug was at `src/a.ts:12:3`', ['src/a.ts']],
    ['Read `settings.local.json`', ['settings.local.json']],
  ])('“%s”', (body, subjects) => {
    expect(anchorsOf(body).map((anchor) => anchor.subject)).toEqual(subjects);
  });

  it.each([
    'Never create `src/utils.ts`',
    'The old `src/legacy/a.ts` was removed',
    'Tests are named `*.test.ts` and/or `foo/bar.ts`',
    'See https://example.org/a/b.md',
    'It writes to `dist/app.js` and `~/x/y.json` and `/etc/hosts`',
    '**Why:** The user said: “look at `src/gone.ts`”',
    'Use `<name>/index.ts`, e.g. `a/index.ts`',
  ])('nothing in “%s”', (body) => {
    expect(anchorsOf(body)).toEqual([]);
  });
});

describe('a memory whose anchors are stale', () => {
  it('follows a file that moved', async () => {
    const [edit] = editsOf(await check('The routes are in `src/routes.ts`.', { 'src/http/routes.ts': '' }));
    expect(edit).toMatchObject({ change: 'update' });
    expect(edit?.files[0]?.after).toContain('The routes are in `src/http/routes.ts`.');
    expect(edit?.evidence[0]).toMatchObject({ kind: 'check', verdict: 'moved', subject: 'src/routes.ts' });
  });

  it('is put to the archive when everything it names is gone', async () => {
    const [edit] = editsOf(
      await check('Run `npm run docs` before a release.', { 'package.json': '{"scripts":{"test":"x"}}' }),
    );
    expect(edit).toMatchObject({ change: 'archive', evidence: [{ verdict: 'gone', subject: 'docs' }] });
    expect(edit?.files[0]).toMatchObject({ path: 'archive/facts/f.md', from: 'facts/f.md' });
  });

  it('a Makefile target counts as well', async () => {
    expect(editsOf(await check('Run `make proto`.', { Makefile: 'all:\n\techo' }))).toHaveLength(1);
    expect(editsOf(await check('Run `make proto`.', { Makefile: 'proto: deps\n\techo' }))).toEqual([]);
  });
});

describe('a memory that is left alone', () => {
  it.each([
    [
      'all is there',
      'See `src/a.ts` and run `npm run test`.',
      { 'src/a.ts': '', 'package.json': '{"scripts":{"test":"x"}}' },
    ],
    ['a part still holds', 'See `src/a.ts` and `src/gone.ts`.', { 'src/a.ts': '' }],
    ['two files have the name', 'See `src/x/thing.ts`.', { 'a/thing.ts': '', 'b/thing.ts': '' }],
    ['a bare name somewhere', 'See `thing.json`.', { 'b/thing.json': '' }],
    [
      'another package has the scripts',
      'Run `npm run docs`.',
      { 'package.json': '{"scripts":{}}', 'packages/a/package.json': '{}' },
    ],
    ['no package.json', 'Run `npm run docs`.', {}],
    ['a broken package.json', 'Run `npm run docs`.', { 'package.json': '{' }],
    ['a Makefile that includes others', 'Run `make proto`.', { Makefile: 'include other.mk' }],
    ['a path of a package', 'See `src/a.ts`.', { 'packages/x/src/a.ts': '' }],
  ])('%s', async (_, body, files) => {
    expect(editsOf(await check(body, files))).toEqual([]);
  });

  it('a pinned one is never archived', async () => {
    const result = await check('See `src/gone.ts`.', {}, { pinned: true });
    expect(editsOf(result)).toEqual([]);
    expect(result.dismissed[0]?.reason).toContain('pinned');
  });
});
