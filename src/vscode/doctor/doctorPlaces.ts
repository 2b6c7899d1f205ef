import type { AttachedFacts } from '../../core/doctor/facts';
import type { DoctorPlaces } from '../../node/doctor/collectFacts';
import type { MemoryFolder } from '../app';
import { discoverOptionsFor } from '../capture/discoverFor';
import { connectContext } from '../connect/connectContext';
import type { AttachedState } from '../recall/attachedStores';
import type { Shell } from '../shell';

/** What the doctor looks at for a folder of this window. */
export async function doctorPlaces(shell: Shell, folder: MemoryFolder): Promise<DoctorPlaces> {
  const { app } = shell;
  const { capture, schedule } = app.settings.current(folder.uri);
  return {
    ports: await folder.ports(),
    trusted: app.trusted(),
    connect: await connectContext(shell, folder),
    recall: await shell.recall.request(folder),
    logging: {
      ...discoverOptionsFor(folder, app.settings),
      captureEnabled: capture.enabled,
      exclude: { paths: capture.excludePaths, entrypoints: capture.excludeEntrypoints },
    },
    schedule,
    attached: async () => (await shell.attached.states()).map(attachedFacts),
  };
}

function attachedFacts({ setting, key, waiting, problem }: AttachedState): AttachedFacts {
  const state = key === undefined ? 'missing' : problem === undefined ? 'read' : 'unreadable';
  return { path: setting.path, name: setting.name, state, waiting: waiting.length };
}
