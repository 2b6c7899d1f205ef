import { expect, it } from 'vitest';
import { ensureClaudeCode } from '../../scripts/rig/claudeCode';
import { openCliWorld } from './rig/cliWorld';
import { connectNudged } from './rig/nudged';

const SOON = { timeout: 30_000, interval: 200 };

it('captures a session as it ends, with no editor open, and does not hold it up', async () => {
  const world = await openCliWorld(await ensureClaudeCode());
  try {
    const nudged = await connectNudged(world);
    const { session, code, errors } = await world.run('Hello');
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    await expect
      .poll(async () => (await nudged.sessions()).map(({ id, title }) => ({ id, title })), SOON)
      .toEqual([{ id: session, title: 'Hello' }]);
  } finally {
    await world.close();
  }
});
