import { CHECKS } from '../../../src/core/doctor/finding';
import { PLANTS, tryPlant } from '../../../test/doctor/plants';
import { healthyWorkspace } from '../../../test/doctor/workspace';
import { say } from '../../process';
import { atLeast, exactly, type Measurement } from '../figure';

/** Must show 6: each problem is planted on a real folder and looked for; a healthy folder has none. */
export const doctor: Measurement = {
  name: 'doctor',
  measure: async () => {
    const [repository, plain] = [await healthyWorkspace(), await healthyWorkspace({ git: false })];
    try {
      const healthy = [...(await repository.check()), ...(await plain.check())];
      for (const { kind, about } of healthy) say(`# on a healthy workspace: ${kind} ${JSON.stringify(about)}`);
      const checks = new Set<string>();
      let found = 0;
      let strange = 0;
      for (const plant of PLANTS) {
        const planted = await tryPlant(repository, plant);
        found += planted.found ? 1 : 0;
        strange += planted.strange.length;
        planted.checks.forEach((check) => checks.add(check));
        if (!planted.found) say(`# not found: ${plant.name}`);
        for (const kind of planted.strange) say(`# found besides: ${plant.name}: ${kind}`);
      }
      const after = await repository.check();
      return [
        exactly('planted-problems-found', found, PLANTS.length),
        atLeast('planted-problems', PLANTS.length, 50),
        exactly('checks-that-found-a-planted-problem', checks.size, CHECKS.length),
        exactly('findings-that-nobody-planted', strange, 0),
        exactly('findings-on-healthy-workspaces', healthy.length, 0),
        exactly('findings-once-all-is-put-back', after.length, 0),
      ];
    } finally {
      await repository.dispose();
      await plain.dispose();
    }
  },
};
