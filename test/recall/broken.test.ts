import { expect, it } from 'vitest';
import { ensureClaudeCode } from '../../scripts/rig/claudeCode';
import { breakAll, BREAKAGES } from './rig/broken';

/** A hook of ours may take five seconds; the machine may be busy. */
const LATER_MS = 15_000;

it('goes on where the store, its rendered files or the settings are broken, missing or huge, and the doctor says why', async () => {
  const sessions = await breakAll(await ensureClaudeCode());
  const asDue = { wentOn: true, arrivedAsDue: true, found: true };
  expect(sessions.map(({ name, wentOn, arrivedAsDue, found }) => ({ name, wentOn, arrivedAsDue, found }))).toEqual(
    BREAKAGES.map(({ name }) => ({ name, ...asDue })),
  );
  expect(sessions.filter(({ laterMs }) => laterMs > LATER_MS)).toEqual([]);
});
