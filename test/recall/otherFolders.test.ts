import { beforeAll, describe, expect, it } from 'vitest';
import { ensureClaudeCode } from '../../scripts/rig/claudeCode';
import { oddlyNamed, twoInOneRepository, type FolderRow } from './rig/otherFolders';

let program = '';
beforeAll(async () => {
  program = await ensureClaudeCode();
});

const wrong = (rows: readonly FolderRow[]): readonly FolderRow[] =>
  rows.filter(({ wanted, got }) => wanted.join() !== got.join());

describe('memory of a workspace in the genuine Claude Code', () => {
  it('is its own where two of them are in one repository', async () => {
    const { rows, leftBehind } = await twoInOneRepository(program);
    expect(wrong(rows)).toEqual([]);
    expect(leftBehind).toEqual([]);
  });

  it.each([true, false])('arrives in a folder with a name that means something to a shell; git: %s', async (git) => {
    const { rows, leftBehind } = await oddlyNamed(program, { git });
    expect(wrong(rows)).toEqual([]);
    expect(leftBehind).toEqual([]);
  });
});
