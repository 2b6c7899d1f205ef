import { runDream } from '../../src/core/dream/runDream';
import type { WorkspaceProbe } from '../../src/core/ports';
import type { CapturedSession, SessionEntry } from '../../src/core/sessions/session';
import { renderLine } from '../../src/core/sessions/sessionCodec';
import { createFakePorts } from '../../test/fakes/fakePorts';

const NO_WORKSPACE: WorkspaceProbe = {
  exists: () => Promise.resolve(false),
  readText: () => Promise.resolve(undefined),
  findByBaseName: () => Promise.resolve([]),
  head: () => Promise.resolve(undefined),
};

/** The texts of the memories that a dream over a chat proposes, all of them accepted. */
export async function dreamOverChat(
  name: string,
  sessions: readonly (readonly SessionEntry[])[],
): Promise<readonly string[]> {
  const files = sessions.map((entries, index): [string, string] => {
    const header = headerOf(`chat-${name}-${index}`, entries);
    return [`.local/sessions/${header.id}.jsonl`, renderLine(header) + entries.map(renderLine).join('')];
  });
  const ports = createFakePorts(Object.fromEntries(files), '2026-06-01T00:00:00.000Z');
  const outcome = await runDream(
    { ...ports, probe: NO_WORKSPACE },
    { trigger: 'cli', minSessions: 1, engine: 'offline' },
    { aborted: false },
  );
  if (outcome.kind !== 'completed') throw new Error(`The dream over chat ${name} ended as ${outcome.kind}`);
  return outcome.proposal.changes.map((change) => change.files.map(({ after }) => after).join('\n'));
}

function headerOf(id: string, entries: readonly SessionEntry[]): CapturedSession['header'] {
  return {
    format: 1,
    id,
    title: id,
    source: `/logs/${id}.jsonl`,
    cwd: '/ws',
    startedAt: entries[0]?.at ?? '',
    endedAt: entries.at(-1)?.at ?? '',
    durationMs: 0,
    agents: [],
    tokens: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 },
    counts: {
      prompts: entries.filter(({ kind }) => kind === 'prompt').length,
      toolCalls: 0,
      failedToolCalls: 0,
      rejections: 0,
      corrections: 0,
      redactions: 0,
    },
    memoriesLoaded: [],
    memoriesRead: [],
    recalled: [],
    memoryUse: [],
    outcome: 'unknown',
    completeness: 'text',
    lineTypes: {},
    problems: [],
    problemCount: 0,
  };
}
