import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pathProblem } from '../../../../src/core/memory/storePath';
import { agentFolder, isAgentName, sameAgent } from '../../../../src/core/recall/agentName';
import {
  hookFilesFor,
  hookJson,
  isHookFile,
  sessionStartFile,
  subagentFile,
} from '../../../../src/core/recall/recallFiles';

describe('names of agents', () => {
  it('are one line that can be seen', () => {
    expect(['reviewer', 'Explore', 'p:doc', 'レビュー'].every(isAgentName)).toBe(true);
    expect(['', ' a', 'a\nb', 'a\u200Bb', 'x'.repeat(200), 'レ'.repeat(60)].some(isAgentName)).toBe(false);
  });

  it('are the same without case, and stand for one folder', () => {
    expect(sameAgent('Explore', 'explore')).toBe(true);
    expect(sameAgent('K', '\u212A')).toBe(false);
    expect(agentFolder('My Agent')).toBe('my-agent');
    expect(agentFolder('p:doc')).toBe('p-doc');
    expect(agentFolder('レビュー')).toBeUndefined();
    expect(agentFolder('::')).toBeUndefined();
  });
});

describe('files of recall', () => {
  it('have names that differ where the agents do, and that may stand in the store', () => {
    const name = fc.string({
      minLength: 1,
      maxLength: 12,
      unit: fc.constantFrom('a', 'n', 'y', 'A', '_', '-', ':', '5', 'f', 'é', '😀'),
    });
    fc.assert(
      fc.property(name, name, (a, b) => {
        expect(subagentFile(a) === subagentFile(b)).toBe(sameAgent(a, b));
        expect(subagentFile(a)).not.toBe(subagentFile());
        expect(isHookFile(subagentFile(a))).toBe(true);
        expect(pathProblem(`.local/recall/${subagentFile(a)}`)).toBeUndefined();
      }),
    );
    expect(subagentFile('any')).not.toBe(subagentFile());
    expect([1, 2].map(sessionStartFile)).toEqual(['session-start.json', 'session-start-2.json']);
    expect(['recall.json', 'connection.json', 'rules.md', 'subagent-.json'].some(isHookFile)).toBe(false);
  });

  it('are as many as the budget may fill', () => {
    expect([1, 2_000, 6_000, 50_000].map(hookFilesFor)).toEqual([1, 1, 3, 19]);
  });

  it('say nothing where there is nothing to say', () => {
    expect(hookJson('SessionStart', undefined)).toBe('{}\n');
    expect(JSON.parse(hookJson('SubagentStart', 'a\n"b"'))).toEqual({
      hookSpecificOutput: { hookEventName: 'SubagentStart', additionalContext: 'a\n"b"' },
    });
  });
});
