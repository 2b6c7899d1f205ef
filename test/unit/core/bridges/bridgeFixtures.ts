import type { RenderContext, SourceFile } from '../../../../src/core/bridges/bridge';
import { parseMemory, renderMemory, type MemoryDraft } from '../../../../src/core/memory/codec';
import type { Memory } from '../../../../src/core/memory/memory';
import { nodeHasher, nodeTextCodec } from '../../../fakes/fakePorts';

const text = nodeTextCodec();

export const hasher = nodeHasher();

export const context: RenderContext = {
  hasher,
  project: 'shop-1a2b3c',
  root: '/home/ada/shop',
  now: '2026-11-21T19:00:00.000Z',
};

/** An accepted memory as it is read from its file. */
export function memoryAt(path: string, draft: Omit<MemoryDraft, 'name'>): Memory {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.md$/u, '');
  const parsed = parseMemory(path, text.encode(renderMemory({ ...draft, name })), { text, hasher });
  if (!parsed.ok) throw new Error(parsed.problem.reason);
  return parsed.memory;
}

export function sourceFile(path: string, lines: readonly string[] | string): SourceFile {
  return { shown: path, path, text: typeof lines === 'string' ? lines : lines.join('\n') };
}
