import { parseMemory, renderMemory, type MemoryDraft } from '../../src/core/memory/codec';
import type { Memory } from '../../src/core/memory/memory';
import { placeOf } from '../../src/core/memory/storePath';
import { nodeHasher, nodeTextCodec } from './fakePorts';

/** A memory at that path, as the store would read it. */
export function memoryAt(path: string, draft: Partial<MemoryDraft> = {}): Memory {
  const name = placeOf(path)?.slug ?? 'none';
  const text = renderMemory({ description: `About ${name}`, body: `The body of ${name}.`, ...draft, name });
  const codec = nodeTextCodec();
  const read = parseMemory(path, codec.encode(text), { text: codec, hasher: nodeHasher() });
  if (!read.ok) throw new Error(`${path}: ${read.problem.reason}`);
  return read.memory;
}
