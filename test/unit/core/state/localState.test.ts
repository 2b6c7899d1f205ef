import { describe, expect, it } from 'vitest';
import { AgentDreamsError } from '../../../../src/core/errors';
import { EMPTY_STATE, readState, STATE_PATH, updateState } from '../../../../src/core/state/localState';
import { createFakePorts } from '../../../fakes/fakePorts';

const REJECTED = { at: '2026-11-21T09:00:00.000Z', dream: 'd', change: 'c', reason: 'no', evidence: ['quote:s:e'] };

describe('the local state', () => {
  it('is empty where nothing was kept yet', async () => {
    expect(await readState(createFakePorts())).toEqual(EMPTY_STATE);
  });

  it('reads back as it was written', async () => {
    const ports = createFakePorts();
    const written = await updateState(ports, (state) => ({
      ...state,
      dreamt: { s: 4 },
      rejected: { f: REJECTED },
      accepted: { 'facts/a.md': 'hash' },
      schedule: { lastRunAt: REJECTED.at, lastStatus: 'completed', plan: 'daily', since: REJECTED.at },
      offered: { daily: REJECTED.at },
    }));

    expect(await readState(ports)).toEqual(written);
  });

  it('is not written when nothing changed', async () => {
    const ports = createFakePorts();
    await updateState(ports, (state) => state);

    expect(ports.files.calls).toEqual([]);
  });

  it('loses no update of those that come at once', async () => {
    const ports = createFakePorts();
    const updates = Array.from({ length: 20 }, (_unused, index) =>
      updateState(ports, (state) => ({ ...state, dreamt: { ...state.dreamt, [`s${index}`]: index } })),
    );
    await Promise.all(updates);

    expect(Object.keys((await readState(ports)).dreamt)).toHaveLength(20);
    expect(new Set(ports.lock.history)).toEqual(new Set(['state']));
  });

  it('keeps fields of a later version', async () => {
    const ports = createFakePorts({ [STATE_PATH]: JSON.stringify({ ...EMPTY_STATE, later: { x: 1 } }) });
    await updateState(ports, (state) => ({ ...state, dreamt: { s: 1 } }));

    expect(JSON.parse(ports.files.text(STATE_PATH) ?? '')).toMatchObject({ later: { x: 1 }, dreamt: { s: 1 } });
  });

  it.each([
    ['nonsense', 'no JSON'],
    ['{"format":2}', 'another version'],
    [JSON.stringify({ ...EMPTY_STATE, accepted: { a: 1 } }), 'a wrong type'],
    ['', 'empty'],
  ])('sets aside what it cannot read (%j: %s) and starts anew', async (text) => {
    const ports = createFakePorts({ [STATE_PATH]: text });

    expect(await readState(ports)).toEqual(EMPTY_STATE);

    const aside = [...ports.files.entries.keys()];
    expect(aside).toEqual([expect.stringMatching(/^\.local\/state\.json\.broken-/u)]);
    expect(ports.files.text(aside[0] ?? '')).toBe(text);
    expect(ports.logger.lines).toMatchObject([{ level: 'warn' }]);
  });

  it('is the old one or the new one, whichever call fails', async () => {
    for (let nth = 0; nth < 4; nth += 1) {
      const ports = createFakePorts();
      await updateState(ports, (state) => ({ ...state, dreamt: { old: 1 } }));
      const start = ports.files.calls.length;
      ports.files.beforeMutation = (_mutation, path) => {
        if (ports.files.calls.length - start === nth) throw new AgentDreamsError('disk-full', 'planted', { path });
      };
      await updateState(ports, (state) => ({ ...state, dreamt: { new: 1 } })).catch(() => undefined);
      ports.files.beforeMutation = () => undefined;

      expect(['old', 'new']).toContain(Object.keys((await readState(ports)).dreamt).join());
    }
  });
});
