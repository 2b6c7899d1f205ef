import { measureActivation } from '../../../bench/activation/activation';
import { measureBundles } from '../../../bench/engines/loadedBundles';
import { say } from '../../process';
import { atLeast, exactly, type Measurement } from '../figure';

/** Must show 7: what is loaded for everybody holds no engine; how large each engine is. */
export const bundles: Measurement = {
  name: 'bundles',
  measure: async () => {
    const { sizes, engines, strays, found, loaded } = await measureBundles();
    for (const [name, bytes] of Object.entries(sizes)) say(`# dist/${name}.js ${(bytes / 1000).toFixed(1)} kB`);
    for (const stray of strays) say(`# an engine's: ${stray}`);
    const activated = await measureActivation(1);
    return [
      exactly('bundles-loaded-by-activation-in-a-real-host', activated.loaded.join('+'), 'extension.js'),
      atLeast('engine-bundles', engines.length, 4),
      exactly('engine-bundles-that-hold-the-engine', found, engines.length),
      exactly('engine-sources-in-what-everybody-loads', strays.length, 0),
      exactly('bundles-loaded-without-a-model-dream', loaded.join('+'), 'extension+app'),
    ];
  },
};
