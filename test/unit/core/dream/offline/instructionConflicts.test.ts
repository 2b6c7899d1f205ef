import { describe, expect, it } from 'vitest';
import { instructionConflictsMiner } from '../../../../../src/core/dream/offline/instructionConflicts';
import { memoryOf, mine } from './mine';

const CLAUDE =
  '# Rules\n\n- Use npm to install packages\n- Indent with tabs in Go files\n- The dev server listens on port 3000\n';

async function told(body: string, path = 'conventions/a.md') {
  const result = await mine(instructionConflictsMiner, [], {
    memories: [memoryOf(path, body)],
    instructionFiles: [{ path: 'CLAUDE.md', text: CLAUDE }],
  });
  expect(result.candidates).toEqual([]);
  return result.dismissed;
}

describe('a memory that says otherwise than an instruction file', () => {
  it.each([
    ['Use pnpm to install packages.', 'Use npm to install packages'],
    ['Never use npm to install packages.', 'Use npm to install packages'],
    ['The dev server listens on port 4000.', 'The dev server listens on port 3000'],
  ])('“%s” is told, with the line, and changed by nobody', async (body, line) => {
    expect(await told(body)).toEqual([
      {
        miner: 'instructionConflicts',
        summary: `conventions/a.md: ${body}`,
        reason: `CLAUDE.md says otherwise: “${line}”`,
      },
    ]);
  });

  it('is told once for each line, however often it says it', async () => {
    expect(await told('Use pnpm to install packages.\n\nUse pnpm to install all packages.')).toHaveLength(1);
  });
});

describe('a memory that stands beside an instruction file', () => {
  it.each([
    'Use npm to install packages.',
    'Use pnpm, and not yarn, in the web folder because its lock file is shared.',
    'Indent with tabs in Go files, please.',
    'The test database listens on port 5433.',
    '**Why:** The user said: “Use pnpm to install packages”',
  ])('“%s”', async (body) => {
    expect(await told(body)).toEqual([]);
  });

  it('an archived one', async () => {
    expect(await told('Use pnpm to install packages.', 'archive/conventions/a.md')).toEqual([]);
  });
});
