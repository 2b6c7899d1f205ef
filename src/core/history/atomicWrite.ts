import type { CorePorts } from '../ports';

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
  const staged = `${TEMPORARY}/${ports.ids.next()}`;
  try {
    await ports.files.write(staged, bytes);
    await ports.files.rename(staged, path);
  } catch (error) {
    await ports.files.remove(staged).catch(() => undefined);
    throw error;
  }
  await ports.files.syncDirectory(path.slice(0, path.lastIndexOf('/')));
}
