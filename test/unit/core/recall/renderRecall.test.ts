import { describe, expect, it } from 'vitest';
import { createMemory } from '../../../../src/core/memory/newMemory';
import { initializeStore } from '../../../../src/core/memory/store';
import { readRecallReport } from '../../../../src/core/recall/recallReport';
import { renderRecall, type RecallRequest } from '../../../../src/core/recall/renderRecall';
import { createFakePorts, type FakePorts } from '../../../fakes/fakePorts';

const REQUEST: RecallRequest = { maxTokens: 6_000, subagents: 'full', agentTypes: ['Explore'] };

async function storeWith(paths: readonly string[]): Promise<FakePorts> {
  const ports = createFakePorts();
  await initializeStore(ports, { share: 'git' });
  for (const path of paths)
    await createMemory(ports, { path, description: `About ${path}`, body: `Body of ${path}.` }, []);
  return ports;
}

async function contextIn(ports: FakePorts, name: string): Promise<unknown> {
  const bytes = await ports.files.read(`.local/recall/${name}`);
  return bytes && JSON.parse(ports.text.decode(bytes).text);
}

describe('rendering recall', () => {
  it('writes a file for each hook, for each type of agents, for all others, and the rules', async () => {
    const ports = await storeWith(['facts/all.md', 'agents/reviewer/facts/own.md']);
    await renderRecall(ports, REQUEST);

    const names = (await ports.files.list('.local/recall')).map(({ name }) => name);
    expect(names).toEqual([
      'recall.json',
      'rules.md',
      'session-start-2.json',
      'session-start-3.json',
      'session-start.json',
      'subagent-any.json',
      'subagent-explore.json',
      'subagent-reviewer.json',
    ]);
    expect(await contextIn(ports, 'session-start.json')).toEqual({
      hookSpecificOutput: {
        hookEventName: 'SessionStart',
        additionalContext: expect.stringContaining('Body of facts/all.md.') as unknown,
      },
    });
    expect(await contextIn(ports, 'session-start-2.json')).toEqual({});
    expect(JSON.stringify(await contextIn(ports, 'subagent-explore.json'))).not.toContain('agents/reviewer');
    expect(JSON.stringify(await contextIn(ports, 'subagent-reviewer.json'))).toContain('agents/reviewer');
    expect(await readRecallReport(ports)).toMatchObject({ format: 1, maxTokens: 6_000 });
  });
});
