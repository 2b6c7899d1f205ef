import type { CapturedSession, SessionEntry } from '../../src/core/sessions/session';

/** Writes a captured session line by line, the way a conversation goes. Times advance a minute per entry. */
export interface SessionBuilder {
  says(text: string, more?: { pasted?: readonly (readonly [number, number])[]; queued?: boolean }): SessionBuilder;
  answers(text: string): SessionBuilder;
  /** A shell call that passes, with its output. */
  runs(command: string, output?: string): SessionBuilder;
  /** A shell call that fails. */
  fails(command: string, output: string): SessionBuilder;
  edits(path: string, written?: string): SessionBuilder;
  /** A call that the user refused. */
  refused(tool: string, reason: string, input?: Readonly<Record<string, string>>): SessionBuilder;
  /** Text of a file that the agent read. */
  reads(path: string, content: string): SessionBuilder;
  end(): CapturedSession;
}

export function buildSession(
  id: string,
  startedAt: string,
  header: Partial<CapturedSession['header']> = {},
): SessionBuilder {
  const entries: SessionEntry[] = [];
  const at = (): string => new Date(Date.parse(startedAt) + entries.length * 60_000).toISOString();
  const next = (): string => `${id}-${entries.length}`;
  const call = (tool: string, input: Readonly<Record<string, string>>): string => {
    const callId = `call-${entries.length}`;
    entries.push({ kind: 'call', id: next(), at: at(), callId, tool, input });
    return callId;
  };
  const result = (
    callId: string,
    text: string,
    more: { ok: boolean; exitCode?: number; denied?: { reason: string } },
  ): void => {
    entries.push({ kind: 'result', id: next(), at: at(), callId, text, ...more });
  };
  const builder: SessionBuilder = {
    says: (text, more = {}) => {
      entries.push({ kind: 'prompt', id: next(), at: at(), text, ...more });
      return builder;
    },
    answers: (text) => {
      entries.push({ kind: 'assistant', id: next(), at: at(), text });
      return builder;
    },
    runs: (command, output = '') => {
      result(call('Bash', { command }), output, { ok: true });
      return builder;
    },
    fails: (command, output) => {
      result(call('Bash', { command }), `Exit code 1\n${output}`, { ok: false, exitCode: 1 });
      return builder;
    },
    edits: (path, written) => {
      const input = { file_path: path, ...(written === undefined ? {} : { new_string: written }) };
      result(call('Edit', input), 'done', { ok: true });
      return builder;
    },
    refused: (tool, reason, input = {}) => {
      result(call(tool, input), "The user doesn't want to proceed with this tool use.", {
        ok: false,
        denied: { reason },
      });
      return builder;
    },
    reads: (path, content) => {
      result(call('Read', { file_path: path }), content, { ok: true });
      return builder;
    },
    end: () => ({ header: headerOf(id, startedAt, at(), entries, header), entries }),
  };
  return builder;
}

function headerOf(
  id: string,
  startedAt: string,
  endedAt: string,
  entries: readonly SessionEntry[],
  header: Partial<CapturedSession['header']>,
): CapturedSession['header'] {
  return {
    format: 1,
    id,
    title: id,
    source: `/logs/${id}.jsonl`,
    cwd: '/ws',
    startedAt: new Date(startedAt).toISOString(),
    endedAt,
    durationMs: Date.parse(endedAt) - Date.parse(startedAt),
    agents: [],
    tokens: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 },
    counts: {
      prompts: entries.filter((entry) => entry.kind === 'prompt').length,
      toolCalls: entries.filter((entry) => entry.kind === 'call').length,
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
    completeness: 'tools',
    lineTypes: {},
    problems: [],
    problemCount: 0,
    ...header,
  };
}
