import { lstat, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod/mini';
import type { StoreSetting } from './attachedStores';
import { userFolder } from './userFolder';

const MAX_BYTES = 256 * 1024;
const MAX_STORES = 20;

const setting = z.object({
  path: z.string().check(z.minLength(1), z.maxLength(1024)),
  name: z.string().check(z.minLength(1), z.maxLength(1024)),
  instructions: z.optional(z.string().check(z.maxLength(2_000))),
  access: z.enum(['read_only', 'read_write']),
});
const list = z.object({ format: z.literal(1), stores: z.array(setting).check(z.maxLength(MAX_STORES)) });

/**
 * Where the editor says which stores this user attached, for programs that cannot read its settings: in the user's own
 * folder, beside the key, so that no workspace can bring one.
 */
export function attachedListPath(folder = userFolder()): string {
  return path.join(folder, 'stores', 'attached.json');
}

/** The stores that this user attached, as the editor said last. None where nothing was said, or nothing that can be read. */
export async function readAttachedList(folder = userFolder()): Promise<readonly StoreSetting[]> {
  const file = attachedListPath(folder);
  try {
    const found = await lstat(file);
    if (!found.isFile() || found.size > MAX_BYTES) return [];
    const { stores } = z.parse(list, JSON.parse(await readFile(file, 'utf8')));
    return stores.flatMap(({ instructions, ...store }) =>
      path.isAbsolute(store.path) ? [{ ...store, ...(instructions === undefined ? {} : { instructions }) }] : [],
    );
  } catch {
    return [];
  }
}

/** Says which stores are attached from now on. Writes nothing where that is said already, or there never were any. */
export async function writeAttachedList(stores: readonly StoreSetting[], folder = userFolder()): Promise<void> {
  const file = attachedListPath(folder);
  const before = await readFile(file, 'utf8').catch(() => undefined);
  if (before === undefined && stores.length === 0) return;
  const text = `${JSON.stringify({ format: 1, stores: stores.slice(0, MAX_STORES) }, undefined, 2)}\n`;
  if (text === before) return;
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}.new`;
  try {
    await writeFile(draft, text, { mode: 0o600 });
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
