import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PLANTS, tryPlant } from '../../../doctor/plants';
import { healthyWorkspace, type Workspace } from '../../../doctor/workspace';

/** All of them are planted by the figure `doctor`; here every fifth is, on a real folder like there. */
const SOME = PLANTS.filter((_, index) => index % 5 === 0);

let workspace: Workspace;
beforeAll(async () => {
  workspace = await healthyWorkspace();
}, 60_000);
afterAll(() => workspace.dispose());

describe('the doctor finds what was planted in a healthy workspace, and nothing else', () => {
  it.each(SOME.map((plant) => [plant.name, plant] as const))(
    '%s',
    async (_name, plant) => {
      const { found, strange, all } = await tryPlant(workspace, plant);

      expect({ found, strange }, all.join('\n')).toEqual({ found: true, strange: [] });
    },
    60_000,
  );

  it('and nothing once all of it is put back', async () => {
    expect(await workspace.check()).toEqual([]);
  }, 60_000);
});
