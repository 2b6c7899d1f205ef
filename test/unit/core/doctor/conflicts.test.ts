import { describe, expect, it } from 'vitest';
import { checkConflicts } from '../../../../src/core/doctor/conflicts';
import { memoryOf } from '../dream/offline/mine';

function conflictsBetween(memory: string, instructions: string, fields: { paths?: readonly string[] } = {}) {
  const memories = [{ ...memoryOf('conventions/a.md', memory), description: 'A rule', ...fields }];
  const found = checkConflicts({
    conflicts: { known: true, value: { memories, files: [{ path: 'CLAUDE.md', text: instructions }] } },
  });
  return found.map(({ about }) => [about['sentence'], about['said']]);
}

describe('a memory that cannot hold beside CLAUDE.md', () => {
  it.each([
    ['Use pnpm, never npm.', 'Run `npm install` first.'],
    ['Use `pnpm install` and `pnpm run`, never `npm`.', '# Setup\n\n```bash\nnpm install\nnpm run dev\n```'],
    ['Use pnpm to install packages.', 'Use npm to install packages.'],
    ['Install dependencies with pnpm.', '- Install with `yarn install`'],
    ['We use bun.', 'Tests: `npm test`'],
    ['Use uv, not pip.', 'Set up: `pip install -e .`'],
    ['npm breaks the workspace links.', '- `npm ci` before the first build'],
    ['Always squash commits before merging.', 'Never squash commits before merging.'],
    ['The dev server listens on port 4000.', 'The dev server listens on port 3000.'],
    ['Indent Go files with spaces.', 'Indent Go files with tabs.'],
  ])('“%s” against “%s”', (memory, instructions) => {
    expect(conflictsBetween(memory, instructions)).toHaveLength(1);
  });

  it('names the sentence of the one and the line of the other, once for each file', () => {
    expect(conflictsBetween('Use pnpm, never npm.', '- Run `npm install`.\n- Run `npm test`.')).toEqual([
      ['Use pnpm, never npm.', 'Run `npm install`.'],
    ]);
  });
});

describe('a memory that stands beside CLAUDE.md', () => {
  it.each([
    ['Use pnpm, never npm.', 'Use pnpm. Never use npm.'],
    ['Use pnpm, never npm.', '```bash\npnpm install\n```'],
    ['Use pnpm, never npm.', 'Do not run `npm install`: it breaks the workspace.'],
    ['Use pnpm, never npm.', 'Never:\n\n```bash\nnpm install\n```'],
    ['Use pnpm, never npm.', 'In `website/` run `npm install`.'],
    ['Use pnpm, never npm.', 'cd website\n\n```bash\ncd website && npm install\n```'],
    ['Use pnpm, never npm.', 'Install it once: `npm install -g pnpm`'],
    ['Use pnpm, never npm.', 'Release with `npm publish`.'],
    ['Use pnpm, never npm.', '<!-- Run `npm install` -->'],
    ['Use npm in the docs folder.', 'Run `pnpm install` first.'],
    ['Use pnpm to install packages.', 'Run `npm test` before a commit.'],
    ['Use uv, not pip.', 'Set up: `uv pip install -e .`'],
    ['The dev server listens on port 4000.', 'The test database listens on port 5433.'],
    ['Write tests with vitest.', 'Run the linter before each commit.'],
    ['Never push to main.', 'Never push to main without a review.'],
    ['Commit messages are in the imperative.', 'Commit messages name the ticket.'],
    ['Use `make test` for the tests.', 'Use `make deploy` to deploy.'],
    ['Prices are stored in cents.', 'Never store prices as floats.'],
    ['Do not mock the database in integration tests.', 'Mock external HTTP services in unit tests.'],
  ])('“%s” and “%s”', (memory, instructions) => {
    expect(conflictsBetween(memory, instructions)).toEqual([]);
  });

  it('because it holds only for some paths', () => {
    expect(conflictsBetween('Use pnpm, never npm.', 'Run `npm install`.', { paths: ['packages/**'] })).toEqual([]);
  });
});
