import type { DreamRecord } from '../../src/core/dream/dream';
import type { Change, ChangeId, DreamId, Proposal } from '../../src/core/review/proposal';
import type { FaultyProcess } from './process';

/** The dream's id. */
export const DREAM = 'dream'.padEnd(26, '0') as DreamId;
const AT = '2026-11-20T03:00:00.000Z';

/** The files of a dream that updates one memory, archives another and adds a third. */
export async function dreamFiles(ports: FaultyProcess): Promise<ReadonlyMap<string, Uint8Array>> {
  const textAt = async (path: string): Promise<string> =>
    ports.text.decode((await ports.files.read(path)) ?? new Uint8Array()).text;
  const one = await textAt('facts/one.md');
  const two = await textAt('facts/two.md');
  const changes: readonly Change[] = [
    change('update', [{ path: 'facts/one.md', before: one, after: `${one}\nAnd more.\n` }]),
    change('archive', [{ path: 'archive/facts/two.md', from: 'facts/two.md', before: two, after: two }]),
    change('add', [{ path: 'facts/three.md', before: null, after: one.replaceAll('one', 'three') }]),
  ];
  const record: DreamRecord = {
    format: 1,
    id: DREAM,
    status: 'completed',
    engine: 'offline',
    createdAt: AT,
    sessions: ['s1'],
    trigger: 'command',
    costUsd: 0,
  };
  const proposal: Proposal = { format: 1, id: DREAM, createdAt: AT, changes, dismissed: [] };
  return new Map([
    [`.local/dreams/${DREAM}/dream.json`, ports.text.encode(JSON.stringify(record))],
    [`.local/dreams/${DREAM}/proposal.json`, ports.text.encode(JSON.stringify(proposal))],
  ]);
}

function change(kind: 'update' | 'archive' | 'add', files: Change['files']): Change {
  return {
    id: kind.padEnd(26, '0') as ChangeId,
    kind,
    title: kind,
    rationale: 'You said so.',
    files,
    evidence: [{ kind: 'by-hand', at: AT }],
    trust: 'user',
    risk: 'low',
    warnings: [],
    fingerprint: `claim-${kind}`,
  };
}
