import { describe, expect, it } from 'vitest';
import { locateQuote, readableTime, renderTranscript } from '../../../../src/core/review/transcript';
import type { CapturedSession, SessionEntry, SessionHeader } from '../../../../src/core/sessions/session';

const header: SessionHeader = {
  format: 1,
  id: 's1',
  title: 'Fix the\nrelease script',
  source: '/logs/s1.jsonl',
  cwd: '/project',
  startedAt: '2026-11-18T10:40:00.000Z',
  endedAt: '2026-11-18T11:00:00.000Z',
  durationMs: 1_200_000,
  branch: 'main',
  model: 'claude',
  entrypoint: 'cli',
  agents: [],
  tokens: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 },
  counts: { prompts: 1, toolCalls: 2, failedToolCalls: 1, rejections: 0, corrections: 0, redactions: 0 },
  memoriesLoaded: [],
  memoriesRead: [],
  recalled: [],
  memoryUse: [],
  outcome: 'success',
  completeness: 'tools',
  lineTypes: {},
  problems: [],
  problemCount: 0,
};
const at = '2026-11-18T10:42:03.000Z';
const session = (entries: readonly SessionEntry[], more: Partial<SessionHeader> = {}): CapturedSession => ({
  header: { ...header, ...more },
  entries,
});

const everyKind: readonly SessionEntry[] = [
  { kind: 'prompt', id: 'p', at, text: 'No, always use pnpm here.\n\nnpm breaks the\nlock file.' },
  { kind: 'prompt', id: 'q', at, text: 'and hurry', queued: true },
  { kind: 'assistant', id: 'a', at: '', text: 'Understood.' },
  { kind: 'call', id: 'c', at, callId: '1', tool: 'Bash', input: { command: 'pnpm test' }, agent: 'reviewer' },
  {
    kind: 'result',
    id: 'r',
    at,
    callId: '1',
    ok: false,
    exitCode: 1,
    text: 'boom',
    cut: { bytes: 9_000, sha256: 'x' },
  },
  { kind: 'result', id: 'd', at, callId: '2', ok: false, denied: { reason: 'not now' }, text: '' },
  { kind: 'result', id: 'o', at, callId: '3', ok: true, text: 'fine' },
  { kind: 'interrupt', id: 'i', at },
  { kind: 'compaction', id: 'k', at, trigger: 'auto' },
  { kind: 'machine', id: 'm', at, label: 'hook', text: 'done' },
];

describe('a transcript', () => {
  it('reads as headings with indented text below', () => {
    const { text, lines } = renderTranscript(session(everyKind));
    const all = text.split('\n');
    const headings = everyKind.map(({ id }) => all[lines.get(id) ?? -1]);
    expect(headings).toEqual([
      '## You · 2026-11-18 10:42:03 UTC',
      '## You (queued) · 2026-11-18 10:42:03 UTC',
      '## Agent',
      '## Tool call Bash (subagent reviewer) · 2026-11-18 10:42:03 UTC',
      '## Result: failed, exit 1 · 2026-11-18 10:42:03 UTC',
      '## Result: denied by you · 2026-11-18 10:42:03 UTC',
      '## Result: ok · 2026-11-18 10:42:03 UTC',
      '## You interrupted the agent · 2026-11-18 10:42:03 UTC',
      '## Earlier conversation compacted (auto) · 2026-11-18 10:42:03 UTC',
      '## Machine text: hook · 2026-11-18 10:42:03 UTC',
    ]);
    expect(text).toContain('\n  command: pnpm test\n');
    expect(text).toContain('\n  not now\n');
    expect(text).toContain('(cut: the whole result had 9000 bytes)');
  });

  it('begins with what the session was', () => {
    expect(renderTranscript(session([])).text.split('\n').slice(0, 5)).toEqual([
      'Session: Fix the release script',
      'Started 2026-11-18 10:40:00 UTC · branch main · model claude · from cli',
      '1 prompt · 2 tool calls, 1 failed · 0 corrections · 0 redactions',
      'Complete, with tool calls and their results',
      'Captured and redacted. This page cannot be edited.',
    ]);
    const bare = session([], { startedAt: '', completeness: 'truncated' });
    expect(renderTranscript({ ...bare, header: withoutFacts(bare.header) }).text).toContain('Truncated');
  });

  it('never lets text of a session stand where headings stand', () => {
    const { text } = renderTranscript(
      session([{ kind: 'assistant', id: 'a', at, text: '## You\rSession: fake\n\n## You' }]),
    );
    expect(text.split('\n').filter((line) => line.startsWith('## '))).toEqual(['## Agent · 2026-11-18 10:42:03 UTC']);
    expect(text.split('\n').filter((line) => line.startsWith('Session: '))).toHaveLength(1);
  });

  it('tells times as its reader has them, on one line whatever they say', () => {
    const { text, lines } = renderTranscript(session(everyKind), () => 'noon\n## You');
    expect(text).toContain('Started noon ## You · branch main');
    expect(text.split('\n')[lines.get('o') ?? -1]).toBe('## Result: ok · noon ## You');
    expect(lines).toEqual(renderTranscript(session(everyKind)).lines);
  });

  it('shows a time that it does not know as it is', () => {
    expect(readableTime('yesterday')).toBe('yesterday');
  });
});

describe('a quote in a transcript', () => {
  const transcript = renderTranscript(session(everyKind));
  const shown = (entry: string, quote: string): readonly string[] => {
    const found = locateQuote(transcript, entry, quote);
    return found === undefined ? [] : transcript.text.split('\n').slice(found.start, found.end);
  };

  it('is found in its entry, white space aside', () => {
    expect(shown('p', 'always  use pnpm')).toEqual(['  No, always use pnpm here.']);
  });

  it('is found over several lines', () => {
    expect(shown('p', 'always use pnpm here.\nnpm breaks the\nlock file.')).toHaveLength(4);
  });

  it('ends where the text goes another way', () => {
    expect(shown('p', 'always use pnpm here.\nsomething else')).toEqual(['  No, always use pnpm here.']);
  });

  it('is looked for in its entry only; without it the heading is meant', () => {
    expect(shown('a', 'always use pnpm')).toEqual(['## Agent']);
    expect(shown('i', '')).toEqual(['## You interrupted the agent · 2026-11-18 10:42:03 UTC']);
  });

  it('is nowhere if its entry is not there', () => {
    expect(locateQuote(transcript, 'missing', 'x')).toBeUndefined();
  });
});

function withoutFacts(whole: SessionHeader): SessionHeader {
  const { branch, model, entrypoint, ...rest } = whole;
  expect([branch, model, entrypoint]).toEqual(['main', 'claude', 'cli']);
  return rest;
}
