import { describe, expect, it } from 'vitest';
import { fromStore } from '../../../../../src/core/dream/model/fromStore';
import { Grounds } from '../../../../../src/core/dream/model/ground';
import type { Memory } from '../../../../../src/core/memory/memory';
import type { Schema } from '../../../../../src/core/memory/schema';
import { nodeHasher } from '../../../../fakes/fakePorts';
import { buildSession } from '../../../../fakes/sessionBuilder';
import { memoryOf, plainSchema } from '../offline/mine';

const RULE = 'From now on name every migration after its ticket number.';
const talk = buildSession('s1', '2026-11-10T10:00:00Z').says(RULE).end();

function read(
  files: Readonly<Record<string, string>>,
  memories: readonly Memory[] = [],
  schema: Schema = plainSchema(),
) {
  const grounds = new Grounds();
  grounds.add(talk);
  return fromStore({
    given: new Map(memories.map((memory) => [memory.path, memory])),
    files: Object.entries(files).map(([path, text]) => ({ path, text })),
    grounds,
    context: { schema, hasher: nodeHasher(), memories },
  });
}

const categoriesOf = ({ candidates }: ReturnType<typeof read>): readonly string[] =>
  candidates.flatMap((one) => (one.kind === 'note' ? [one.finding.category] : []));
const only = (...names: readonly string[]): Schema => {
  const schema = plainSchema();
  return { ...schema, categories: schema.categories.map((one) => ({ ...one, enabled: names.includes(one.name) })) };
};

describe('a new file of a store that came back', () => {
  it.each([
    ['in the folder of a category', 'conventions/migrations.md', plainSchema(), ['conventions']],
    ['in any other folder', 'notes/migrations.md', plainSchema(), ['facts']],
    ['where no facts are kept', 'notes/migrations.md', only('pitfalls', 'commands'), ['commands']],
    ['where nothing is kept', 'notes/migrations.md', only(), []],
  ])('%s', (_name, path, schema, categories) => {
    expect(categoriesOf(read({ [path]: RULE }, [], schema))).toEqual(categories);
  });

  it.each([
    ['with front matter', `---\nname: x\n---\n${RULE}\n`],
    ['with front matter that never ends', `---\nname: x\n${RULE}\n`],
    ['as a list', `# Names\n\n- ${RULE}\n`],
    ['as an ordered list', `1. ${RULE}`],
    ['as a quote', `> ${RULE}`],
  ])('is read %s', (_name, text) => {
    expect(categoriesOf(read({ 'conventions/migrations.md': text }))).toEqual(['conventions']);
  });

  it.each([
    ['notes.txt', RULE, 'it is no Markdown file'],
    ['conventions/README.md', RULE, 'it is an index, or belongs to people'],
    ['../conventions/x.md', RULE, 'its path leads out of the store'],
    ['conventions/x.md', RULE.repeat(20_000), 'it is too large for a memory'],
  ])('is left out: %s', (path, text, reason) => {
    const { candidates, dismissed } = read({ [path]: text });
    expect(candidates).toEqual([]);
    expect(dismissed.map((one) => one.reason)).toEqual([reason]);
  });

  it('is read once where two paths differ in case alone', () => {
    const { candidates, dismissed } = read({ 'conventions/a.md': RULE, 'conventions/A.md': RULE });
    expect(candidates).toHaveLength(1);
    expect(dismissed).toMatchObject([{ summary: 'conventions/A.md', reason: 'its path is taken' }]);
  });

  it('is one of two thousand at most', () => {
    const files = Object.fromEntries(Array.from({ length: 2_001 }, (_, at) => [`x${at}.txt`, '']));
    const { dismissed } = read({ ...files });
    expect(dismissed).toHaveLength(200);
    expect(
      read(Object.fromEntries(Array.from({ length: 2_001 }, (_, at) => [`facts/x${at}.md`, '']))).dismissed,
    ).toMatchObject([{ summary: 'the store', reason: 'it holds more than 2000 files' }]);
  });
});

describe('memories that went into another', () => {
  const lock = memoryOf('conventions/lock.md', 'Commit the lock file of the web app.');
  const host = memoryOf('conventions/host.md', 'The staging host is called heron.');
  const both = 'Commit the lock file of the web app.\n\nThe staging host is called heron.\n';

  it('are merged in the words that were there', () => {
    const { candidates } = read({ [lock.path]: both }, [lock, host]);
    expect(candidates).toMatchObject([
      { kind: 'edit', change: 'merge', files: [{ path: lock.path }, { from: host.path }] },
    ]);
  });

  it('are merged with what a session says beside them', () => {
    const [candidate] = read({ [lock.path]: `${both}\n${RULE}\n` }, [lock, host]).candidates;
    expect(candidate).toMatchObject({ change: 'merge' });
    expect(candidate?.kind === 'edit' && candidate.files[0].after).toContain('name every migration after its ticket');
    expect(candidate?.kind === 'edit' && candidate.evidence.at(-1)).toMatchObject({ kind: 'quote', quote: RULE });
  });

  it('stay where they were only left out', () => {
    const { candidates, dismissed } = read({ [lock.path]: lock.text }, [lock, host]);
    expect(candidates).toEqual([]);
    expect(dismissed).toMatchObject([
      { summary: host.path, reason: 'it was left out, and nothing shows that it no longer holds' },
    ]);
  });
});
