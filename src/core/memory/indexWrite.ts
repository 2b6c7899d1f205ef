import type { CorePorts } from '../ports';
import { MAX_MEMORY_BYTES, parseMemory } from './codec';
import type { Memory } from './memory';
import { renderIndex } from './memoryIndex';
import { placeOf } from './storePath';
import { walkStore } from './walk';

export const INDEX_PATH = 'MEMORY.md';

interface PlannedContent {
  readonly path: string;
  readonly bytes: Uint8Array | null;
}

/**
 * The write that brings MEMORY.md in line with the store as it will be; undefined if it already is. `tree` is the store
 * as it was just read, where the caller has it: then no memory is read again.
 */
export async function indexWrite(
  ports: Pick<CorePorts, 'files' | 'text' | 'hasher'>,
  planned: readonly PlannedContent[],
  tree?: ReadonlyMap<string, Uint8Array>,
): Promise<{ readonly path: string; readonly expected: string | null; readonly bytes: Uint8Array } | undefined> {
  const overlay = new Map(planned.map(({ path, bytes }) => [path, bytes]));
  const paths = new Set([...(tree?.keys() ?? (await walkStore(ports.files))), ...overlay.keys()]);
  const memories: Memory[] = [];
  for (const path of [...paths].sort()) {
    if (placeOf(path) === undefined) continue;
    const bytes = overlay.has(path) ? (overlay.get(path) ?? undefined) : await readSmall(ports, path, tree);
    const parsed = bytes === undefined ? undefined : parseMemory(path, bytes, ports);
    if (parsed?.ok === true) memories.push(parsed.memory);
  }
  const present = await ports.files.read(INDEX_PATH);
  const read = present === undefined ? undefined : ports.text.decode(present);
  // In another encoding than UTF-8 it is left alone: writing it back would change what a person wrote there.
  if (read?.lossy === true) return undefined;
  const existing = read?.text;
  const { text } = renderIndex(memories, existing);
  if (text === existing) return undefined;
  const expected = present === undefined ? null : ports.hasher.sha256(present);
  return { path: INDEX_PATH, expected, bytes: ports.text.encode(text) };
}

async function readSmall(
  ports: Pick<CorePorts, 'files'>,
  path: string,
  tree: ReadonlyMap<string, Uint8Array> | undefined,
): Promise<Uint8Array | undefined> {
  const known = tree?.get(path);
  if (tree !== undefined) return known !== undefined && known.length <= MAX_MEMORY_BYTES ? known : undefined;
  const size = (await ports.files.stat(path))?.size ?? 0;
  return size > MAX_MEMORY_BYTES ? undefined : ports.files.read(path);
}
