import { beforeAll, describe, expect, it } from 'vitest';
import { ensureClaudeCode } from '../../scripts/rig/claudeCode';
import { deliver, type DeliveryRow } from './rig/delivery';

let program = '';
beforeAll(async () => {
  program = await ensureClaudeCode();
});

const seen = (rows: readonly DeliveryRow[]): readonly string[] =>
  rows.map(({ place, got, preface }) => `${place}: ${got}${preface ? '' : ', preface missing or left'}`);
const wanted = (rows: readonly DeliveryRow[]): readonly string[] =>
  rows.map(({ place, wanted: due }) => `${place}: ${due}`);

describe.concurrent('memory in the genuine Claude Code', () => {
  it.each(['hooks', 'rules'] as const)('arrives by %s in every place, and not after disconnecting', async (channel) => {
    const delivery = await deliver(program, channel);
    expect(seen(delivery.connected)).toEqual(wanted(delivery.connected));
    expect(seen(delivery.disconnected)).toEqual(wanted(delivery.disconnected));
    expect(delivery.indexLines).toBeGreaterThan(0);
    expect(delivery.touched).toBeGreaterThan(0);
    expect(delivery.leftBehind).toEqual([]);
    expect(delivery.statusChanged).toBe(false);
  });
});
