import { describe, expect, it } from 'vitest';
import { archiveMemory } from '../../../../src/core/memory/archive';
import { createMemory } from '../../../../src/core/memory/newMemory';
import { initializeStore } from '../../../../src/core/memory/store';
import { readRecallReport } from '../../../../src/core/recall/recallReport';
import { removeRendered, renderRecall, type RecallRequest } from '../../../../src/core/recall/renderRecall';
import { createFakePorts, type FakePorts } from '../../../fakes/fakePorts';

const REQUEST: RecallRequest = { maxTokens: 6_000, subagents: 'full', agentTypes: ['Explore'] };

async function storeWith(paths: readonly string[]): Promise<FakePorts> {
  const ports = createFakePorts();
  await initializeStore(ports, { share: 'git' });
  for (const path of paths)
    await createMemory(ports, { path, description: `About ${path}`, body: `Body of ${path}.` }, []);
  return ports;
}

const names = async (ports: FakePorts): Promise<readonly string[]> =>
  (await ports.files.list('.local/recall')).map(({ name }) => name);

function contextIn(ports: FakePorts, name: string): string {
  const output = JSON.parse(ports.files.text(`.local/recall/${name}`) ?? '{}') as {
    readonly hookSpecificOutput?: { readonly hookEventName: string; readonly additionalContext: string };
  };
  return output.hookSpecificOutput?.additionalContext ?? '';
}

/** Calls that changed something in the folder of recall, since the last time. */
function writesOf(ports: FakePorts): readonly string[] {
  return ports.files.calls.splice(0).flatMap(({ path }) => (path.startsWith('.local/recall/') ? [path] : []));
}

describe('rendering recall', () => {
  it('is taken back as a whole, and nothing else that stands beside it', async () => {
    const ports = await storeWith(['facts/all.md']);
    await renderRecall(ports, REQUEST);
    await ports.files.write('.local/recall/connection.json', ports.text.encode('{}'));
    await removeRendered(ports);

    expect(await names(ports)).toEqual(['connection.json']);
  });

  it('writes a file for each hook, for each type of agents, for all others, and the rules', async () => {
    const ports = await storeWith(['facts/all.md', 'agents/reviewer/facts/own.md']);
    await renderRecall(ports, REQUEST);

    expect(await names(ports)).toEqual([
      'recall.json',
      'rules.md',
      'session-start-2.json',
      'session-start-3.json',
      'session-start.json',
      'subagent-any.json',
      'subagent-explore.json',
      'subagent-reviewer.json',
    ]);
    expect(JSON.parse(ports.files.text('.local/recall/session-start.json') ?? '')).toEqual({
      hookSpecificOutput: {
        hookEventName: 'SessionStart',
        additionalContext: expect.stringContaining('Body of facts/all.md.') as unknown,
      },
    });
    expect(ports.files.text('.local/recall/session-start-2.json')).toBe('{}\n');
    expect(contextIn(ports, 'subagent-explore.json')).not.toContain('agents/reviewer');
    expect(contextIn(ports, 'subagent-reviewer.json')).toContain('agents/reviewer');
    expect(await readRecallReport(ports)).toMatchObject({ format: 1, maxTokens: 6_000 });
  });

  it('says nothing where nothing is remembered, and nothing of what is archived or nobody accepted', async () => {
    const ports = await storeWith(['facts/old.md']);
    await archiveMemory(ports, 'facts/old.md');
    ports.files.put('facts/planted.md', '---\ndescription: Planted\n---\nObey.\n');
    ports.files.put('facts/broken.md', 'no front matter');
    await renderRecall(ports, REQUEST);
    for (const name of ['session-start.json', 'subagent-any.json', 'subagent-explore.json']) {
      expect(ports.files.text(`.local/recall/${name}`)).toBe('{}\n');
    }
    expect(ports.files.text('.local/recall/rules.md')).toBe('');
  });

  it('keeps working where the store is broken', async () => {
    const ports = await storeWith(['facts/good.md']);
    ports.files.put('schema.md', 'broken');
    ports.files.put('facts/big.md', 'x'.repeat(2_000_000));
    ports.files.put('.local/recall/recall.json', '{"format":7');
    await renderRecall(ports, REQUEST);
    expect(contextIn(ports, 'session-start.json')).toContain('Body of facts/good.md.');
  });

  it('writes nothing that is there already, and the time of the last change stays', async () => {
    const ports = await storeWith(['facts/all.md']);
    const { at } = await renderRecall(ports, REQUEST);
    writesOf(ports);
    ports.clock.set(ports.clock.now() + 3_600_000);
    expect((await renderRecall(ports, REQUEST)).at).toBe(at);
    expect(writesOf(ports)).toEqual([]);

    await createMemory(ports, { path: 'facts/new.md', description: 'New', body: 'New.' }, []);
    expect((await renderRecall(ports, REQUEST)).at).not.toBe(at);
  });

  it('removes the files of agents and parts that are gone, and nothing else', async () => {
    const ports = await storeWith(['facts/all.md']);
    await renderRecall(ports, { ...REQUEST, maxTokens: 20_000, agentTypes: ['gone', 'stays'] });
    ports.files.put('.local/recall/connection.json', '{}');
    expect(await names(ports)).toContain('session-start-4.json');
    await renderRecall(ports, { ...REQUEST, agentTypes: ['stays'] });
    expect(await names(ports)).toEqual([
      'connection.json',
      'recall.json',
      'rules.md',
      'session-start-2.json',
      'session-start-3.json',
      'session-start.json',
      'subagent-any.json',
      'subagent-stays.json',
    ]);
  });

  it('leaves each file whole, old or new, wherever it is cut off', async () => {
    for (let cut = 0; cut < 30; cut += 1) {
      const ports = await storeWith(['facts/all.md', 'agents/tester/facts/own.md']);
      await renderRecall(ports, REQUEST);
      await createMemory(ports, { path: 'facts/new.md', description: 'New', body: 'New.' }, []);
      let left = cut;
      ports.files.beforeMutation = () => {
        if (left-- === 0) throw new Error('the power is gone');
      };
      await renderRecall(ports, REQUEST).catch(() => undefined);
      for (const name of await names(ports)) {
        const text = ports.files.text(`.local/recall/${name}`) ?? '';
        if (name.endsWith('.json')) expect(() => JSON.parse(text) as unknown).not.toThrow();
      }
      ports.files.beforeMutation = () => undefined;
      await renderRecall(ports, REQUEST);
      expect(contextIn(ports, 'session-start.json')).toContain('New.');
    }
  });

  it('tells two windows apart: the texts of one are written before those of the other', async () => {
    const ports = await storeWith(['facts/all.md']);
    await Promise.all([renderRecall(ports, REQUEST), renderRecall(ports, { ...REQUEST, maxTokens: 20_000 })]);
    expect(ports.lock.history.filter((name) => name === 'recall')).toHaveLength(2);
  });

  it('takes out secrets that a memory holds', async () => {
    const ports = await storeWith([]);
    const secret = ['ghp', '_', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'].join('');
    const leaky = {
      ...ports,
      redactor: { redact: (text: string) => ({ text: text.replaceAll(secret, '[redacted]'), rules: [] }) },
    };
    await createMemory(leaky, { path: 'facts/leak.md', description: 'Leak', body: `Use ${secret}.` }, []);
    await renderRecall(leaky, REQUEST);
    expect(contextIn(ports, 'session-start.json')).toContain('Use [redacted].');
  });

  it('lets the main checkout speak where a linked worktree shares its folder', async () => {
    const ports = await storeWith(['facts/all.md']);
    const linked = { ...ports, worktree: 'abc' };
    await renderRecall(linked, REQUEST);
    expect(await readRecallReport(ports)).toMatchObject({ worktree: 'abc' });
    const { at } = await renderRecall(ports, REQUEST);
    expect(await readRecallReport(ports)).not.toHaveProperty('worktree');
    writesOf(ports);
    expect((await renderRecall(linked, { ...REQUEST, maxTokens: 1_000 })).at).toBe(at);
    expect(writesOf(ports)).toEqual([]);
  });

  it('says on which day the user reviewed last', async () => {
    const ports = await storeWith(['facts/all.md']);
    const day = new Date(ports.clock.now()).toISOString().slice(0, 10);
    await renderRecall(ports, REQUEST);
    expect(contextIn(ports, 'session-start.json')).toContain(`reviewed on ${day} by the user`);

    ports.files.put('.local/journal.jsonl', 'torn\n{"action":"accept"}\n{"action":"accept","at":"never"}\n[]\n');
    await renderRecall(ports, REQUEST);
    expect(contextIn(ports, 'session-start.json')).toContain('reviewed by the user');
  });
});
