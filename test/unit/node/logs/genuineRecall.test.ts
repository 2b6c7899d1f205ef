import { cp } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { entryIds } from '../../../../src/core/recall/entryId';
import { impactSession } from '../../../../src/core/recall/impact';
import { usageOf } from '../../../../src/core/recall/usage';
import type { CapturedSession } from '../../../../src/core/sessions/session';
import { listSessions, readSession } from '../../../../src/core/sessions/sessionFiles';
import { createWorkbench, type Workbench } from './workbench';

/** Logs of the genuine client 2.1.329 that was given memory by this extension. */
const FIXTURES = path.resolve('test/fixtures/recall-2.1.329');
const PATHS = ['pitfalls/locked-fixtures.md', 'conventions/money-in-cents.md', 'facts/fact-3.md'];

let bench: Workbench;
const sessions = new Map<string, CapturedSession>();

beforeAll(async () => {
  bench = await createWorkbench();
  const logs = path.join(bench.root, 'logs');
  await cp(FIXTURES, logs, { recursive: true });
  await bench.capture({ extraLogFolders: [logs], mapCwd: [{ from: '/home/dev', to: bench.workspace }] });
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

describe('a genuine session that was given memory', () => {
  it('says which text reached the main agent, both parts of it, and which the subagent', () => {
    const { recalled } = of('session.jsonl').header;
    expect(recalled.map(({ channel, agent, marker }) => [channel, agent, marker])).toEqual([
      ['hook', undefined, 'a48c5195'],
      ['hook', 'reviewer', 'd60ddc01'],
    ]);
    const [main, subagent] = recalled;
    expect(main?.entries).toEqual(expect.arrayContaining(['m-747e', 'm-139e', 'm-223d']));
    expect(main?.entries).not.toContain('m-ffff');
    expect(subagent?.entries).toContain('m-6195');
    expect(main?.entries).not.toContain('m-6195');
  });

  it('keeps the marks and headings of it, and nothing of its text', () => {
    const kept = of('session.jsonl').entries.filter((entry) => entry.kind === 'machine' && entry.label === 'recalled');
    expect(kept).toHaveLength(2);
    const text = JSON.stringify(of('session.jsonl').entries);
    expect(text).toContain('[m-747e] Fact number 26');
    expect(text).not.toContain('It has some length, as facts do.');
  });

  it('shows which memories were opened and named, and how the beats ended', () => {
    const { header } = of('session.jsonl');
    expect(header.memoryUse).toEqual([
      {
        memory: '/home/dev/project/.agent-memory/pitfalls/locked-fixtures.md',
        read: 1,
        cited: 0,
        success: 1,
        corrected: 0,
      },
      { memory: 'm-223d', read: 0, cited: 1, success: 1, corrected: 0 },
      {
        memory: '/home/dev/project/.agent-memory/conventions/money-in-cents.md',
        read: 1,
        cited: 0,
        success: 0,
        corrected: 1,
      },
    ]);
    const usage = usageOf([header], entryIds(bench.ports.hasher, PATHS));
    expect(usage.get('pitfalls/locked-fixtures.md')).toMatchObject({ read: 1, success: 1, corrected: 0 });
    expect(usage.get('conventions/money-in-cents.md')).toMatchObject({ loaded: 1, read: 1, success: 0, corrected: 1 });
  });

  it('counts for the impact of memory', () => {
    expect(impactSession(of('session.jsonl'))).toMatchObject({ prompts: 3, corrections: 1, loaded: true });
  });

  it('is known where a rules file held the memory, beside the words of another hook', () => {
    const { header, entries } = of('rules.jsonl');
    expect(header.recalled).toMatchObject([{ channel: 'rules', marker: 'b2cc77d4' }]);
    expect(header.recalled[0]?.entries.length).toBeGreaterThan(2);
    const hooks = entries.filter((entry) => entry.kind === 'machine' && entry.label === 'hook');
    expect(hooks).toMatchObject([{ text: 'Words of another hook' }]);
  });
});
