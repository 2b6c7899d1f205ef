import { describe, expect, it } from 'vitest';
import { runState } from '../../../../bench/connect/runState';
import { states } from '../../../../bench/connect/states';

describe('settings.local.json in every state it may be in', () => {
  it.concurrent.each(states)('$name: connects, reconnects and disconnects right, or says why not', async (state) => {
    expect(await runState(state)).toEqual({ connect: 'right', reconnect: 'right', disconnect: 'right' });
  });
});
