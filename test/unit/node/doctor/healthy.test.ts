import { afterEach, describe, expect, it } from 'vitest';
import { healthyWorkspace, type Workspace } from '../../../doctor/workspace';

let workspace: Workspace | undefined;
afterEach(() => workspace?.dispose());

describe('the doctor of a healthy workspace', () => {
  it('finds nothing', async () => {
    workspace = await healthyWorkspace();

    expect(await workspace.check()).toEqual([]);
  });

  it('finds nothing without git either', async () => {
    workspace = await healthyWorkspace({ git: false });

    expect(await workspace.check()).toEqual([]);
  });
});
