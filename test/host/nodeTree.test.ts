import assert from 'node:assert/strict';
import { setImmediate as nothingWaits } from 'node:timers/promises';
import { NodeTree } from '../../src/vscode/views/nodeTree';
import type { ViewNode } from '../../src/vscode/views/viewNode';
import { until } from './until';

const row = (label: string): ViewNode => ({
  ...{ id: label, label, contextValue: 'row', target: { kind: 'none' }, children: [] },
});

describe('a tree that is refreshed', () => {
  let rows: readonly ViewNode[];
  let failure: Error | undefined;
  let visible: boolean;
  let built: number;
  let fired: number;
  let tree: NodeTree;
  beforeEach(() => {
    [rows, failure, visible, built, fired] = [[row('a')], undefined, true, 0, 0];
    const build = (): Promise<readonly ViewNode[]> => {
      built += 1;
      return failure === undefined ? Promise.resolve([...rows]) : Promise.reject(failure);
    };
    tree = new NodeTree({ build, decorate: () => undefined, visible: () => visible });
    tree.onDidChangeTreeData(() => (fired += 1));
  });

  const labels = async (): Promise<readonly string[]> => (await tree.getChildren()).map(({ label }) => label);
  const isBuilt = (times: number): Promise<boolean> => until('it is built', () => built === times);
  const hasFired = (times: number): Promise<boolean> => until('it is told', () => fired === times);

  it('is drawn anew when its rows changed, and only then', async () => {
    assert.deepEqual(await labels(), ['a']);
    tree.refresh();
    await isBuilt(2);
    await nothingWaits();
    assert.equal(fired, 0);
    rows = [row('a'), row('b')];
    tree.refresh();
    await hasFired(1);
    assert.deepEqual(await labels(), ['a', 'b']);
    await nothingWaits();
    assert.deepEqual([built, fired], [3, 1]);
  });

  it('is built when it is looked at, not while it is hidden', async () => {
    assert.deepEqual(await labels(), ['a']);
    visible = false;
    rows = [row('b')];
    tree.refresh();
    tree.refresh();
    assert.deepEqual([built, fired], [1, 2]);
    assert.deepEqual(await labels(), ['b']);
  });

  it('says that it could not be built, and is there again afterwards', async () => {
    await labels();
    failure = new Error('no such disk');
    tree.refresh();
    await hasFired(1);
    await assert.rejects(labels(), failure);
    failure = undefined;
    tree.refresh();
    await hasFired(2);
    assert.deepEqual(await labels(), ['a']);
  });
});
