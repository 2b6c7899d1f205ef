import * as z from 'zod/mini';
import { walkStore } from '../memory/walk';
import type { CorePorts } from '../ports';
import { writeAtomic } from './atomicWrite';
import { putObject } from './objects';

const manifest = z.object({
  format: z.literal(1),
  id: z.string(),
  at: z.string(),
  files: z.record(z.string(), z.string()),
});

/** The whole store at one moment: path → SHA-256 of the content, which is kept as an object. */
export interface Snapshot {
  readonly format: 1;
  readonly id: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly files: Readonly<Record<string, string>>;
}

const FOLDER = '.local/snapshots/manifests';
/** Far beyond any memory; what is larger has been put there by somebody else and is never written by us. */
const MAX_KEPT = 16 * 1024 * 1024;

/** Every file of the store up to 16 MiB, by its path. */
export type Tree = ReadonlyMap<string, Uint8Array>;

/** Reads the whole store once. */
export async function readTree(ports: Pick<CorePorts, 'files' | 'logger'>): Promise<Tree> {
  const tree = new Map<string, Uint8Array>();
  for (const path of await walkStore(ports.files)) {
    if (((await ports.files.stat(path))?.size ?? 0) > MAX_KEPT) {
      ports.logger.warn(`${path} is too large to be kept in a snapshot`);
      continue;
    }
    const bytes = await ports.files.read(path);
    if (bytes !== undefined) tree.set(path, bytes);
  }
  return tree;
}

/** Keeps the tree as it was read. Only content that is not kept yet is written. */
export async function takeSnapshot(ports: CorePorts, id: string, tree: Tree): Promise<Snapshot> {
  const files: Record<string, string> = {};
  for (const [path, bytes] of tree) files[path] = await putObject(ports, bytes);
  const snapshot: Snapshot = { format: 1, id, at: new Date(ports.clock.now()).toISOString(), files };
  await writeAtomic(ports, `${FOLDER}/${id}.json`, ports.text.encode(`${JSON.stringify(snapshot)}\n`));
  return snapshot;
}

/** A snapshot by its id, or undefined if there is none or it cannot be read. */
export async function readSnapshot(
  ports: Pick<CorePorts, 'files' | 'text'>,
  id: string,
): Promise<Snapshot | undefined> {
  const bytes = await ports.files.read(`${FOLDER}/${id}.json`);
  if (bytes === undefined) return undefined;
  try {
    const parsed = manifest.safeParse(JSON.parse(ports.text.decode(bytes).text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/** Removes a snapshot; what it kept stays until nothing refers to it, see `collectGarbage`. */
export async function removeSnapshot(ports: Pick<CorePorts, 'files'>, id: string): Promise<void> {
  await ports.files.remove(`${FOLDER}/${id}.json`);
  await ports.files.syncDirectory(FOLDER);
}

/** Ids of the snapshots, oldest first: each was taken before a change and has its id. */
export async function listSnapshots(ports: Pick<CorePorts, 'files'>): Promise<readonly string[]> {
  const entries = await ports.files.list(FOLDER);
  return entries.flatMap(({ name, kind }) =>
    kind === 'file' && /^[0-9a-z]{26}\.json$/u.test(name) ? [name.slice(0, -'.json'.length)] : [],
  );
}
