import type { CorePorts } from '../ports';
import { foldersOf, parentOf } from './folders';

/** Half-written files of `.local`; what a crash leaves there is removed by `recover` once it is an hour old. */
export const TEMPORARY = '.local/tmp';

/**
 * Replaces one file of `.local` so that a crash leaves the old content or the new, never a mix. Flushed when it
 * returns. Memories are never written this way: they go through `applyTransaction`.
 */
export async function writeAtomic(
  ports: Pick<CorePorts, 'files' | 'ids'>,
  path: string,
  bytes: Uint8Array,
): Promise<void> {
  const folders = foldersOf(path);
  const made: string[] = [];
  for (const folder of folders.slice(0, -1)) {
    if ((await ports.files.stat(folder)) !== undefined) break;
    made.push(parentOf(folder));
  }
  const staged = `${TEMPORARY}/${ports.ids.next()}`;
  try {
    await ports.files.write(staged, bytes);
    await ports.files.rename(staged, path);
  } catch (error) {
    await ports.files.remove(staged).catch(() => undefined);
    throw error;
  }
  // A new folder is only found after a loss of power if the folder above it was flushed too.
  for (const folder of [parentOf(path), ...made]) await ports.files.syncDirectory(folder);
}
