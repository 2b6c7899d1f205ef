import { describe, expect, it } from 'vitest';
import { heldByLossCap } from '../../../../../src/core/dream/model/lossCap';
import type { Edit } from '../../../../../src/core/dream/miner';
import { parseMemory } from '../../../../../src/core/memory/codec';
import type { Memory } from '../../../../../src/core/memory/memory';
import { archivePath } from '../../../../../src/core/memory/storePath';
import { createFakePorts } from '../../../../fakes/fakePorts';

const ports = createFakePorts();
const memory = (path: string): Memory => {
  const parsed = parseMemory(path, ports.text.encode('---\ndescription: it\n---\nIt.\n'), ports);
  if (!parsed.ok) throw new Error(parsed.problem.reason);
  return parsed.memory;
};
const archive = ({ path, text }: Memory, change: Edit['change'] = 'archive'): Edit => ({
  kind: 'edit',
  change,
  miner: 'model',
  title: `Archive ${path}`,
  rationale: '',
  files: [{ path: archivePath(path), from: path, before: text, after: text }],
  evidence: [{ kind: 'memory', path, sha256: '', quote: '' }],
  trust: 'user',
  fingerprint: path,
});
const facts = Array.from({ length: 12 }, (_, at) => memory(`facts/f${at}.md`));

describe('the loss cap', () => {
  it.each([
    [12, 3, 3],
    [12, 4, 0],
    [4, 1, 1],
    [4, 2, 0],
    [2, 1, 1],
    [1, 1, 1],
  ])('of a category of %i lets %i go: %i', (size, gone, kept) => {
    const memories = facts.slice(0, size);
    const result = heldByLossCap(
      memories.slice(0, gone).map((one) => archive(one)),
      memories,
    );
    expect(result.kept).toHaveLength(kept);
    expect(result.dismissed).toHaveLength(gone - kept);
  });

  it('holds one category and not the others, and no merge', () => {
    const other = [memory('commands/a.md'), memory('commands/b.md'), memory('.local/personal/facts/c.md')];
    const changes = [
      ...facts.slice(0, 6).map((one) => archive(one)),
      ...facts.slice(6, 10).map((one) => archive(one, 'merge')),
      archive(other[0]!),
      archive(other[2]!),
    ];
    const { kept } = heldByLossCap(changes, [...facts, ...other]);
    expect(kept.map((one) => (one.kind === 'edit' ? one.change : ''))).toEqual([
      'merge',
      'merge',
      'merge',
      'merge',
      'archive',
      'archive',
    ]);
  });
});
