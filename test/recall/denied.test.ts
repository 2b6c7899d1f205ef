import { expect, it } from 'vitest';
import { ensureClaudeCode } from '../../scripts/rig/claudeCode';
import { tryLocalData } from './rig/denied';

const PLACES = ['root', 'sub-folder', 'worktree'];
const everywhere = (...whats: readonly string[]): readonly string[] =>
  PLACES.flatMap((place) => whats.map((what) => `${place}: ${what}`));

it.each([
  ['only the index', false, everywhere('read the index')],
  [
    'the index, and the inbox where there is one',
    true,
    everywhere('read the inbox', 'write into the inbox', 'read the index'),
  ],
] as const)('lets agents read %s', async (_what, inbox, expected) => {
  const attempts = await tryLocalData(await ensureClaudeCode(), { inbox });
  const told = (outcome: string): readonly string[] =>
    attempts.filter((attempt) => attempt.outcome === outcome).map(({ place, what }) => `${place}: ${what}`);
  expect(told('allowed')).toEqual(expected);
  expect(told('failed')).toEqual([]);
});
