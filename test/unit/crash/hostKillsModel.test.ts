import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { acceptAll } from '../../../src/core/review/review';
import { createNodePorts, type NodePorts } from '../../../src/node/nodePorts';
import { generation } from '../../crash/generation';
import { after, DREAM, judgeHostStore, prepareStore, type StoreState } from '../../crash/hostKillsModel';
import { createRecordingLogger } from '../../fakes/fakePorts';
import { inFolder } from '../../processes/children';

interface Opened {
  readonly ports: NodePorts;
  readonly state: StoreState;
  readonly store: string;
}

function withStore(work: (opened: Opened) => Promise<void>): Promise<void> {
  return inFolder('judge', async (folder) => {
    const userFolder = path.join(folder, 'user');
    const ports = await createNodePorts({ workspaceRoot: folder, logger: createRecordingLogger(), userFolder });
    await work({ ports, state: await prepareStore(ports), store: path.join(folder, '.agent-memory') });
  });
}

describe('the judge of a store whose extension host was killed', () => {
  it('finds nothing wrong before and after a whole decision', () =>
    withStore(async ({ ports, state }) => {
      const next = after(state, 'accept');
      expect(await judgeHostStore(ports, state, next)).toEqual({ state, flaws: [] });
      await acceptAll(ports, { dream: DREAM });
      expect(await judgeHostStore(ports, state, next)).toEqual({ state: next, flaws: [] });
    }));

  it('misses a decision that was said to be done', () =>
    withStore(async ({ ports, state }) => {
      const { flaws } = await judgeHostStore(ports, after(state, 'accept'), undefined);
      expect(flaws).toContain('lost');
    }));

  it('sees files of two states side by side', () =>
    withStore(async ({ ports, state, store }) => {
      await writeFile(path.join(store, 'facts/fact-03.md'), generation(1).get('facts/fact-03.md') ?? '');
      const { flaws } = await judgeHostStore(ports, state, after(state, 'accept'));
      expect(flaws).toContain('mixed');
    }));

  it('sees a text that is cut off', () =>
    withStore(async ({ ports, state, store }) => {
      await writeFile(path.join(store, 'facts/fact-03.md'), '---\nname: fact-03\n');
      const { flaws } = await judgeHostStore(ports, state, after(state, 'accept'));
      expect(flaws).toContain('torn');
    }));

  it('sees files without their decision, a journal without its last line, and lost texts of before', () =>
    withStore(async ({ ports, state, store }) => {
      await acceptAll(ports, { dream: DREAM });
      await rm(path.join(store, `.local/dreams/${DREAM}/review.json`));
      await rm(path.join(store, '.local/snapshots/objects'), { recursive: true });
      const journal = path.join(store, '.local/journal.jsonl');
      const bytes = await ports.files.read('.local/journal.jsonl');
      const lines = new TextDecoder().decode(bytes).trimEnd().split('\n');
      await writeFile(journal, `${lines.slice(0, -1).join('\n')}\n`);
      expect((await judgeHostStore(ports, state, after(state, 'accept'))).flaws).toEqual(
        expect.arrayContaining(['mixed', 'journalInconsistent']),
      );
      await writeFile(journal, `${lines.join('\n')}\n`);
      expect((await judgeHostStore(ports, state, after(state, 'accept'))).flaws).toContain('lost');
    }));

  it('sees what an interrupted change left', () =>
    withStore(async ({ ports, state }) => {
      await ports.files.write('.staging/01jd/0', new Uint8Array([1]));
      expect((await judgeHostStore(ports, state, undefined)).flaws).toEqual(['litter']);
    }));
});
