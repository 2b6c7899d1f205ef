import type { Draft } from '../../../../src/core/sessions/draft';
import { createFacts } from '../../../../src/core/sessions/facts';
import type { LogSource, SessionContext } from '../../../../src/core/sessions/logLine';
import { readRecord } from '../../../../src/core/sessions/normaliser';
import { createPromptQueue } from '../../../../src/core/sessions/promptQueue';
import { createSeenLines } from '../../../../src/core/sessions/seenLines';
import { createSidechains } from '../../../../src/core/sessions/sidechains';
import { nodeHasher } from '../../../fakes/fakePorts';

/** What one log says, record by record. */
export interface Reader {
  readonly context: SessionContext;
  readonly read: (...records: readonly Record<string, unknown>[]) => readonly Draft[];
}

export function reader(kind: LogSource['kind'] = 'session', agent?: string): Reader {
  const hasher = nodeHasher();
  const context: SessionContext = {
    hasher,
    facts: createFacts(),
    seen: createSeenLines(hasher, [], new Map()),
    sidechains: createSidechains(hasher),
    tools: new Map(),
  };
  const source: LogSource = { kind, queue: createPromptQueue(hasher), agent, recentLines: [] };
  let line = 0;
  return {
    context,
    read: (...records) =>
      records.flatMap((record) => {
        line += 1;
        return readRecord(context, source, record, line);
      }),
  };
}

let nextId = 0;
export const newId = (): string => `00000000-0000-4000-8000-${String((nextId += 1)).padStart(12, '0')}`;
export const at = '2026-11-20T10:00:00.000Z';
export const line = (type: string, more: Record<string, unknown>): Record<string, unknown> => ({
  type,
  uuid: newId(),
  timestamp: at,
  sessionId: 's',
  ...more,
});
