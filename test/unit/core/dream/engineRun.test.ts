import { describe, expect, it } from 'vitest';
import type { MinerEngine } from '../../../../src/core/dream/engineRun';
import { listDreams } from '../../../../src/core/dream/dreamFiles';
import { AgentDreamsError } from '../../../../src/core/errors';
import { buildSession } from '../../../fakes/sessionBuilder';
import { createWorld, dream } from './dreamWorld';

const sessions = [buildSession('s1', '2026-11-01T10:00:00Z').says('Always sign off commits').end()];

/** An engine that dreams elsewhere, and what was called of it. */
function elsewhere(finish: () => void = () => undefined): MinerEngine & { readonly calls: string[] } {
  const calls: string[] = [];
  return {
    calls,
    engine: 'managed',
    estimatedUsd: 0.5,
    start: ({ gathered, onCost }) => {
      calls.push(`start with ${gathered.sessions.length}`);
      return {
        miners: [
          {
            name: 'elsewhere',
            begin: () => ({
              session: ({ header }) => void calls.push(header.id),
              finish: async () => {
                await onCost();
                finish();
                return { candidates: [], dismissed: [] };
              },
            }),
          },
        ],
        ledger: () => ({ costUsd: 0.25 }),
        completed: async () => void calls.push('completed'),
      };
    },
  };
}

describe('an engine with a miner of its own', () => {
  it('sees every session, stands in the record, and hears when the proposal is written', async () => {
    const engine = elsewhere();
    const world = createWorld({ sessions });
    const outcome = await dream(world, { engine });
    expect(outcome).toMatchObject({
      kind: 'completed',
      record: { engine: 'managed', estimatedUsd: 0.5, costUsd: 0.25, changes: 1 },
    });
    expect(engine.calls).toEqual(['start with 1', 's1', 'completed']);
    expect(await listDreams(world)).toMatchObject([{ status: 'completed', costUsd: 0.25 }]);
  });

  it('has its cost in the record of a dream that fails or is canceled, and completes nothing then', async () => {
    for (const [code, status] of [
      ['model-key', 'failed'],
      ['cancelled', 'canceled'],
    ] as const) {
      const engine = elsewhere(() => {
        throw new AgentDreamsError(code, 'stopped');
      });
      const outcome = await dream(createWorld({ sessions }), { engine });
      expect(outcome).toMatchObject({ kind: status, record: { status, costUsd: 0.25 } });
      expect(engine.calls).not.toContain('completed');
    }
  });

  it('leaves a record of the offline engine without usage', async () => {
    const outcome = await dream(createWorld({ sessions }));
    expect(outcome).toMatchObject({ record: { engine: 'offline', costUsd: 0 } });
    if (outcome.kind === 'completed') expect(outcome.record.usage).toBeUndefined();
  });
});
