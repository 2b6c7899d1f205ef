import { cp } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toBeats } from '../../../../src/core/sessions/beats';
import type { CapturedSession, SessionEntry } from '../../../../src/core/sessions/session';
import { listSessions, readSession } from '../../../../src/core/sessions/sessionFiles';
import type { CaptureReport } from '../../../../src/node/logs/captureSessions';
import { createWorkbench, type Workbench } from './workbench';

/** All logs of the genuine client 2.1.329, captured as one workspace. */
const FIXTURES = path.resolve('test/fixtures/claude-code-2.1.329');

let bench: Workbench;
let report: CaptureReport;
const sessions = new Map<string, CapturedSession>();

beforeAll(async () => {
  bench = await createWorkbench();
  const logs = path.join(bench.root, 'logs');
  await cp(FIXTURES, logs, { recursive: true });
  report = await bench.capture({ extraLogFolders: [logs], mapCwd: [{ from: '/home/dev', to: bench.workspace }] });
  for (const { id, source } of await listSessions(bench.ports)) {
    const session = await readSession(bench.ports, id);
    if (session) sessions.set(path.relative(logs, source), session);
  }
});
afterAll(() => bench.remove());

const of = (file: string): CapturedSession => {
  const session = sessions.get(file);
  if (!session) throw new Error(`no session of ${file}`);
  return session;
};
const prompts = (file: string): readonly string[] =>
  of(file).entries.flatMap((entry) => (entry.kind === 'prompt' ? [entry.text] : []));
const kinds = (file: string, agent?: string): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const entry of of(file).entries) {
    if (entry.agent === agent) counts[entry.kind] = (counts[entry.kind] ?? 0) + 1;
  }
  return counts;
};
const find = <K extends SessionEntry['kind']>(file: string, kind: K): readonly Extract<SessionEntry, { kind: K }>[] =>
  of(file).entries.filter((entry): entry is Extract<SessionEntry, { kind: K }> => entry.kind === kind);

describe('the logs of the genuine client', () => {
  it('become fourteen sessions, nothing unreadable, nothing failed', () => {
    expect(report).toMatchObject({ found: 15, captured: 14, empty: 1, failed: [], problems: [], prompts: 30 });
    expect(sessions.size).toBe(14);
    for (const { header } of sessions.values()) {
      expect(header).toMatchObject({ problemCount: 0, clientVersion: '2.1.329', branch: 'master' });
      expect(header.cwd).toBe('/home/dev/home/dev/demo');
      expect(header.durationMs).toBe(Date.parse(header.endedAt) - Date.parse(header.startedAt));
    }
  });

  it.each<[string, Record<string, unknown>, Record<string, number>]>([
    ['tools/session.jsonl', { prompts: 1, toolCalls: 9, failedToolCalls: 3 }, { output: 428 }],
    ['subagents/session.jsonl', { prompts: 1, toolCalls: 8, failedToolCalls: 1 }, { output: 357 }],
    ['resume-fork-compact/main.jsonl', { prompts: 3, toolCalls: 1 }, { output: 65 }],
    ['resume-fork-compact/fork.jsonl', { prompts: 1, toolCalls: 0 }, { output: 10 }],
    ['api-errors/529-retry.jsonl', { prompts: 1, toolCalls: 0 }, { input: 12_434, output: 9 }],
    ['api-errors/400.jsonl', { prompts: 1, toolCalls: 0 }, { output: 0 }],
    ['api-errors/401.jsonl', { prompts: 1, toolCalls: 0 }, { output: 0 }],
    [
      'tui/rich.jsonl',
      { prompts: 9, toolCalls: 6, failedToolCalls: 2, rejections: 2, corrections: 1 },
      { output: 335 },
    ],
    ['tui/after-clear.jsonl', { prompts: 1, toolCalls: 1 }, { output: 55 }],
    ['stream-abort/session.jsonl', { prompts: 1, toolCalls: 0 }, { output: 9 }],
    ['auto-compact/session.jsonl', { prompts: 1, toolCalls: 2 }, { output: 85 }],
    ['corrections/en.jsonl', { prompts: 4, toolCalls: 7, failedToolCalls: 2, corrections: 2 }, { output: 416 }],
    ['corrections/ja.jsonl', { prompts: 4, toolCalls: 7, failedToolCalls: 2, corrections: 2 }, { output: 379 }],
    ['auto-memory/session.jsonl', { prompts: 1, toolCalls: 3, failedToolCalls: 0 }, { output: 1_807 }],
  ])('are counted: %s', (file, counts, tokens) => {
    expect(of(file).header.counts).toMatchObject(counts);
    expect(of(file).header.tokens).toMatchObject(tokens);
  });

  it('agree with the totals that the client itself keeps', () => {
    // cost-state of tools/session.jsonl and corrections/en.jsonl.
    expect(of('corrections/en.jsonl').header.tokens).toEqual({
      input: 159_085,
      output: 416,
      cacheRead: 0,
      cacheWrite: 0,
    });
  });

  it('hold every tool call with its result', () => {
    for (const { entries, header } of sessions.values()) {
      const results = new Set(entries.flatMap((entry) => (entry.kind === 'result' ? [entry.callId] : [])));
      const calls = entries.flatMap((entry) => (entry.kind === 'call' ? [entry.callId] : []));
      expect(calls.filter((call) => !results.has(call))).toEqual([]);
      expect(header.completeness).toBe(calls.length > 0 ? 'tools' : 'text');
    }
  });
});

describe('a session with tools', () => {
  const file = 'tools/session.jsonl';

  it('keeps failures as they were', () => {
    const failed = find(file, 'result').filter((result) => !result.ok);
    expect(failed.map((result) => [result.exitCode, result.text.slice(0, 40)])).toEqual([
      [3, expect.stringContaining('Exit code 3')],
      [undefined, '<tool_use_error>String to replace not fo'],
      [undefined, 'File does not exist. Note: your current '],
    ]);
  });

  it('knows which memory was read and which were loaded', () => {
    expect(of(file).header.memoriesRead).toEqual(['/home/dev/home/dev/demo/.agent-memory/topics/build.md']);
    expect(of('subagents/session.jsonl').header.memoriesLoaded).toEqual(
      expect.arrayContaining([
        '/home/dev/home/dev/demo/CLAUDE.md',
        '/home/dev/home/dev/demo/.agent-memory/MEMORY.md',
        '/home/dev/home/dev/demo/.claude/rules/js.md',
      ]),
    );
  });

  it('counts the queued prompt of a -p run once', () => {
    expect(prompts(file)).toEqual(['FIX-THE-TEST please']);
    expect(of(file).header).toMatchObject({ title: 'FIX-THE-TEST please', entrypoint: 'sdk-cli' });
  });
});

describe('a session with subagents', () => {
  const file = 'subagents/session.jsonl';

  it('holds their transcripts, each under its own name', () => {
    expect([...of(file).header.agents].sort()).toEqual(['Explore', 'general-purpose', 'reviewer']);
    expect(kinds(file, 'general-purpose')).toMatchObject({ call: 1, result: 1, assistant: 1 });
    expect(kinds(file, 'Explore')).toMatchObject({ assistant: 1 });
    expect(
      find(file, 'machine')
        .filter(({ label }) => label === 'agent-task')
        .map(({ text }) => text)
        .sort(),
    ).toEqual(['SUBTASK-EXP do it', 'SUBTASK-GP do it', 'SUBTASK-REV do it']);
  });

  it('has them where they happened, so that one beat holds them all', () => {
    const times = of(file).entries.map(({ at }) => at);
    const start = of(file).entries.findIndex(({ agent }) => agent !== undefined);
    expect(start).toBeGreaterThan(
      of(file).entries.findIndex((entry) => entry.kind === 'call' && entry.tool === 'Agent'),
    );
    expect(start).toBeLessThan(times.length / 2);
    expect(toBeats(of(file))).toHaveLength(1);
  });

  it('keeps what hooks said, and takes no notification for a prompt', () => {
    const labels = find(file, 'machine').map(({ label }) => label);
    expect(labels).toContain('hook');
    expect(labels).toContain('notification');
    expect(kinds(file)['prompt']).toBe(1);
  });
});

describe('resumed, forked and compacted sessions', () => {
  it('belong to the first log; a fork keeps what is its own', () => {
    expect(prompts('resume-fork-compact/main.jsonl')).toEqual(['ONE', 'TWO', 'FOUR']);
    expect(prompts('resume-fork-compact/fork.jsonl')).toEqual(['THREE']);
    expect(of('resume-fork-compact/fork.jsonl').header.forkedFrom).toBe(of('resume-fork-compact/main.jsonl').header.id);
  });

  it('show compactions, by hand and automatic', () => {
    expect(find('resume-fork-compact/main.jsonl', 'compaction')).toMatchObject([{ trigger: 'manual' }]);
    expect(find('auto-compact/session.jsonl', 'compaction')).toMatchObject([{ trigger: 'auto' }]);
    expect(prompts('auto-compact/session.jsonl')).toEqual(['GO']);
  });
});

describe('an interactive session', () => {
  const file = 'tui/rich.jsonl';

  it('holds exactly what was typed', () => {
    expect(prompts(file)).toEqual([
      'run the tests',
      'now delete everything in src',
      'no! do not touch src, that was a joke',
      'please edit the file a.js',
      'use 2 not 99',
      'sleep long please',
      'also remember this for later',
      'stream slow',
      '次のテストは日本語でお願いします',
    ]);
  });

  it('tells refusals from failures, and interrupts from both', () => {
    expect(find(file, 'result').filter(({ denied }) => denied)).toHaveLength(2);
    expect(find(file, 'interrupt')).toHaveLength(2);
    expect(find(file, 'result').find(({ exitCode }) => exitCode === 254)?.ok).toBe(false);
  });

  it('has the name it was given', () => {
    expect(of(file).header).toMatchObject({ title: 'my-session', entrypoint: 'cli', outcome: 'corrected' });
  });

  it('keeps shell commands typed into the prompt as what they are', () => {
    const labels = find(file, 'machine').map(({ label }) => label);
    expect(labels).toEqual(expect.arrayContaining(['bash', 'bash-output', 'compaction-summary']));
  });
});

describe('corrections', () => {
  it.each(['corrections/en.jsonl', 'corrections/ja.jsonl'])('label the beat before them in %s', (file) => {
    expect(toBeats(of(file)).map(({ grade }) => grade)).toEqual(['corrected', 'success', 'corrected', 'unknown']);
    expect(of(file).header.outcome).toBe('corrected');
  });
});

describe('errors of the API', () => {
  it('are kept as machine text, and the session with them', () => {
    expect(find('api-errors/529-retry.jsonl', 'machine').map(({ text }) => text)).toContain('529 Overloaded');
    expect(find('api-errors/401.jsonl', 'machine').filter(({ label }) => label === 'api-error')).not.toHaveLength(0);
    expect(find('api-errors/401.jsonl', 'assistant')).toEqual([]);
  });

  it('leave what was said before the stream broke off', () => {
    expect(find('stream-abort/session.jsonl', 'assistant').map(({ text }) => text)).toHaveLength(2);
  });
});
