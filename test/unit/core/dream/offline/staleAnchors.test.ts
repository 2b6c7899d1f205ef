import { describe, expect, it } from 'vitest';
import type { Edit, MinerResult } from '../../../../../src/core/dream/miner';
import { AnchorChecker } from '../../../../../src/core/dream/offline/anchorVerdict';
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
    ['Run `make proto OUT=gen` first', ['proto']],
    ['`just seed`, `task lint` and `mise run ci:full` are ours', ['seed', 'ci:full', 'lint']],
    ['`composer run stan` and `poe types` and `pdm run fmt`', ['stan', 'types', 'fmt']],
    ['Dates go through the `date-fns` package', ['date-fns']],
    ['The environment variable `PAYMENTS_URL` is needed', ['PAYMENTS_URL']],
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
    'The deploy script is `scripts/ship.sh` in the infra repository',
    'Install the `typescript` package globally',
    'The constant `MAX_RETRY_COUNT` is 5',
    'Commit 1a2b3c4 broke `parseOrder` on port 8080',
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

describe('a look at the workspace', () => {
  const verdictOf = async (line: string, files: Readonly<Record<string, string>>): Promise<string | undefined> => {
    const [anchor] = anchorsOf(line);
    return anchor === undefined ? undefined : (await new AnchorChecker(fakeProbe(files)).check(anchor)).verdict;
  };
  const toml = '[tasks]\nlint = "x"\n[tasks."ci:full"]\nrun = "x"\n';
  const taskfile = 'version: 3\ntasks:\n  lint:\n    cmds:\n      - x\n  build: x\nvars:\n  other: 1\n';

  it.each([
    ['`just seed`', { justfile: 'seed db:\n  x' }, 'fresh'],
    ['`just seed`', { justfile: 'alias seed := fill\nfill:\n  x' }, 'fresh'],
    ['`just seed`', { justfile: 'fill:\n  x' }, 'gone'],
    ['`just seed`', { justfile: "import 'more.just'" }, 'unverifiable'],
    ['`mise run ci:full`', { '.mise.toml': toml }, 'fresh'],
    ['`mise run lint`', { 'mise.toml': toml }, 'fresh'],
    ['`mise run docs`', { 'mise.toml': toml, 'mise-tasks/docs': '' }, 'fresh'],
    ['`mise run docs`', { 'mise.toml': toml }, 'gone'],
    ['`task build`', { 'Taskfile.yml': taskfile }, 'fresh'],
    ['`task other`', { 'Taskfile.yml': taskfile }, 'gone'],
    ['`task cmds`', { 'Taskfile.yml': `includes:\n  a: b\n${taskfile}` }, 'unverifiable'],
    ['`composer run stan`', { 'composer.json': '{"scripts":{"stan":"x"}}' }, 'fresh'],
    ['`composer run-script stan`', { 'composer.json': '{"scripts":{}}' }, 'gone'],
    ['`poe types`', { 'pyproject.toml': '[tool.poe.tasks]\ntypes = "x"' }, 'fresh'],
    ['`poe types`', { 'pyproject.toml': '[tool.poe.tasks.types]\ncmd = "x"' }, 'fresh'],
    ['`uv run poe types`', { 'pyproject.toml': '[tool.poe.tasks]\nfmt = "x"' }, 'gone'],
    ['`pdm run fmt`', { 'pyproject.toml': '[tool.pdm.scripts]\nfmt = "x"' }, 'fresh'],
    ['`pdm run pytest`', { 'pyproject.toml': '[tool.pdm.scripts]\nfmt = "x"' }, 'unverifiable'],
    ['`hatch run cov`', { 'pyproject.toml': '[tool.hatch.envs.default.scripts]\ncov = "x"' }, 'fresh'],
    ['`make a`', { Makefile: 'b a: deps\n' }, 'fresh'],
    ['`make a.o`', { Makefile: '%.o: %.c\n' }, 'unverifiable'],
    ['`npm test`', { 'package.json': '{"scripts":{}}' }, 'gone'],
    ['the `zod` library', { 'package.json': '{"dependencies":{"zod":"4"}}' }, 'fresh'],
    ['the `zod` library', { 'package.json': '{}', 'web/package.json': '{"dependencies":{"zod":"4"}}' }, 'fresh'],
    ['the `zod` library', { 'package.json': '{}' }, 'gone'],
    ['the `typing_extensions` package', { 'requirements.txt': 'typing-extensions==4' }, 'fresh'],
    ['the `serde` crate', { 'Cargo.toml': '[dependencies]\nanyhow = "1"' }, 'gone'],
    ['the `zod` library', {}, 'unverifiable'],
    ['Set API_URL in your environment variables', { '.env.example': '# API_URL=\n' }, 'fresh'],
    ['Set API_URL in `.env`', { '.env.example': 'OTHER_URL=' }, 'gone'],
    ['The env variable API_URL', { '.env.example': 'OTHER_URL=' }, 'unverifiable'],
    ['Set API_URL in `.env`', {}, 'unverifiable'],
    ['`local/cache/a.json`', { '.gitignore': '# ours\nlocal/\n!x' }, 'unverifiable'],
    ['`data/big.sql`', { '.gitignore': '/data/*.sql' }, 'unverifiable'],
    ['`worker.ts`', {}, 'gone'],
    ['`report.json`', {}, 'unverifiable'],
    ['`index.ts`', {}, 'unverifiable'],
  ])('%s among %j: %s', async (line, files, verdict) => {
    expect(await verdictOf(line, files as unknown as Readonly<Record<string, string>>)).toBe(verdict);
  });
});

describe('a path that is renamed', () => {
  const after = async (body: string): Promise<string | undefined> =>
    editsOf(await check(body, { 'src/http/routes.ts': '' }))[0]?.files[0].after;

  it('stays as it was in quotes and inside of longer paths', async () => {
    const text = await after(
      'See `src/routes.ts`.\nNot `web/src/routes.ts.bak`.\n\n**Why:** The user said: “it is src/routes.ts”',
    );
    expect(text).toContain('See `src/http/routes.ts`.\nNot `web/src/routes.ts.bak`.');
    expect(text).toContain('“it is src/routes.ts”');
  });

  it('is renamed though another one is gone; that one is only told', async () => {
    const [edit] = editsOf(await check('See `src/routes.ts` and `src/gone.ts`.', { 'src/http/routes.ts': '' }));
    expect(edit?.files[0].after).toContain('See `src/http/routes.ts` and `src/gone.ts`.');
    expect(edit?.rationale).toContain('src/gone.ts does not exist');
  });
});

describe('a memory that says more than what is gone', () => {
  it('stays, and the next change of it carries the warning', async () => {
    const result = await check('Run unit tests with jest. The set-up is in `test/up.ts`.', {});
    expect(editsOf(result)).toEqual([]);
    expect(result.dismissed[0]?.reason).toBe('it also says what does not depend on what is gone');
    expect(result.notices).toEqual([{ path: 'facts/f.md', message: expect.stringContaining('test/up.ts') as string }]);
  });

  it.each([
    ['facts/f.md', '2026-05-26', 'stays'],
    ['facts/f.md', '2026-05-25', 'goes'],
    ['pitfalls/f.md', '2026-05-25', 'stays'],
    ['preferences/f.md', '2015-01-01', 'stays'],
  ])('%s of %s %s on 2026-11-21, by the span of its kind', async (path, created, becomes) => {
    const memories = [memoryOf(path, 'Tests run with jest. The set-up is in `test/up.ts`.', { created })];
    const result = await mine(staleAnchorsMiner, [], { memories });
    expect(editsOf(result).map(({ change }) => change)).toEqual(becomes === 'goes' ? ['archive'] : []);
  });

  it('of however great an age stays where all it names is there', async () => {
    const files = { 'test/up.ts': '' };
    expect(editsOf(await check('The set-up is in `test/up.ts`.', files, { created: '2015-01-01' }))).toEqual([]);
  });

  it('stays while it is new: what it names may still come', async () => {
    const result = await check('The set-up is in `test/up.ts`.', {}, { created: '2026-11-20' });
    expect(editsOf(result)).toEqual([]);
    expect(result.dismissed[0]?.reason).toContain('new');
  });

  it('goes where the rest only speaks of what is gone', async () => {
    const result = await check('# Old\nThe set-up is in `test/up.ts`. It runs before all tests.', {});
    expect(editsOf(result)).toMatchObject([{ change: 'archive' }]);
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
