import { describe, expect, it } from 'vitest';
import type { CheckedFinding } from '../../../../../src/core/dream/model/check';
import { clustersOf, halvesOf } from '../../../../../src/core/dream/model/cluster';
import { parseMemory } from '../../../../../src/core/memory/codec';
import type { Memory } from '../../../../../src/core/memory/memory';
import { createFakePorts } from '../../../../fakes/fakePorts';

const finding = (statement: string, more: Partial<CheckedFinding> = {}): CheckedFinding => ({
  kind: 'new',
  statement,
  category: 'conventions',
  scope: 'project',
  target: '',
  evidence: [{ kind: 'quote', session: 's', entry: 'e', by: 'user', quote: statement, at: '' }],
  session: 's',
  isNew: true,
  lasts: true,
  ...more,
});
const ports = createFakePorts();
const memory = (path: string, text: string): Memory => {
  const parsed = parseMemory(path, ports.text.encode(`---\ndescription: ${text}\n---\n${text}\n`), ports);
  if (!parsed.ok) throw new Error(parsed.problem.reason);
  return parsed.memory;
};
const WIDE = 200_000;
const statements = (clusters: ReturnType<typeof clustersOf>): readonly (readonly string[])[] =>
  clusters.map(({ findings }) => findings.map(({ statement }) => statement));

describe('clusters', () => {
  const migrations = ['Name every migration after its ticket', 'A migration takes the name of its ticket'];
  const lint = 'Run the linter before each commit';

  it('keep a topic together and put small topics into one request', () => {
    const found = [finding(migrations[0]!), finding(lint), finding(migrations[1]!)];
    expect(statements(clustersOf(found, [], WIDE))).toEqual([[...migrations, lint]]);
  });

  it('bring the memories that speak of the topic, and the one that a finding names', () => {
    const memories = [
      memory('conventions/migrations.md', 'Name migrations after their ticket.'),
      memory('facts/heron.md', 'Staging is called heron.'),
      memory('facts/bank.md', 'The bank closes at noon.'),
      memory('archive/facts/old.md', 'Name every migration after its ticket.'),
    ];
    const [cluster] = clustersOf([finding(migrations[0]!, { target: 'facts/heron.md' })], memories, WIDE);
    expect(cluster?.memories.map(({ path }) => path)).toEqual(['facts/heron.md', 'conventions/migrations.md']);
  });

  it('leave out what holds nothing new, and what only confirms', () => {
    expect(clustersOf([finding(lint, { isNew: false })], [], WIDE)).toEqual([]);
    expect(clustersOf([finding(lint, { kind: 'confirm' })], [], WIDE)).toEqual([]);
    const both = clustersOf([finding(migrations[0]!, { isNew: false }), finding(migrations[1]!)], [], WIDE);
    expect(both[0]?.findings).toHaveLength(2);
  });

  it('stay small: a topic that everybody speaks of comes in parts, and a small window gets less', () => {
    const many = Array.from({ length: 60 }, (_, at) => finding(`Name migration number ${at} after its ticket`));
    expect(clustersOf(many, [], WIDE).map(({ findings }) => findings.length)).toEqual([24, 24, 12]);
    expect(clustersOf(many, [], 4_000).every(({ findings }) => findings.length <= 5)).toBe(true);
  });

  it('can be halved until one finding is left', () => {
    const [cluster] = clustersOf([finding(migrations[0]!), finding(migrations[1]!)], [], WIDE);
    const [left, right] = halvesOf(cluster!)!;
    expect([left.findings.length, right.findings.length]).toEqual([1, 1]);
    expect(halvesOf(left)).toBeUndefined();
  });
});
