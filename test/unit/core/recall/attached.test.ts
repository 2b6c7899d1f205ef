import { describe, expect, it } from 'vitest';
import { renderMemory } from '../../../../src/core/memory/codec';
import { acceptAttached, readAttached } from '../../../../src/core/recall/attached';
import { createFakePorts, type FakePorts } from '../../../fakes/fakePorts';

const text = (name: string): string => renderMemory({ name, description: `About ${name}`, body: 'Body.' });

function store(): FakePorts {
  return createFakePorts({
    'facts/one.md': text('one'),
    'archive/facts/old.md': text('old'),
    'agents/reviewer/facts/two.md': text('two'),
  });
}

const hashOf = (ports: FakePorts, content: string): string => ports.hasher.sha256(content);

describe('what waits in an attached store', () => {
  it('is what agents could be told: nothing archived, and nothing that is gone', async () => {
    const ports = store();
    expect((await readAttached(ports)).waiting.map(({ path }) => path)).toEqual([
      'agents/reviewer/facts/two.md',
      'facts/one.md',
    ]);
    await acceptAttached(ports, { path: 'facts/one.md', sha256: hashOf(ports, text('one')) });
    expect((await readAttached(ports)).accepted.map(({ path }) => path)).toEqual(['facts/one.md']);
    await ports.files.remove('facts/one.md');
    const { accepted, waiting } = await readAttached(ports);
    expect([accepted, waiting.map(({ path }) => path)]).toEqual([[], ['agents/reviewer/facts/two.md']]);
  });
});

describe('accepting a file', () => {
  it.each([
    ['that is gone', 'facts/none.md', 'not-found'],
    ['that is another one by now', 'facts/one.md', 'conflict'],
    ['that is archived', 'archive/facts/old.md', 'invalid-path'],
    ['that is no memory', 'notes.txt', 'invalid-path'],
    ['that is outside of the store', '../facts/one.md', 'invalid-path'],
  ])('is refused for one %s', async (_, path, code) => {
    const ports = store();
    await expect(acceptAttached(ports, { path, sha256: hashOf(ports, 'shown') })).rejects.toMatchObject({ code });
    expect((await readAttached(ports)).accepted).toEqual([]);
  });

  it('looks again at what is known to be secret', async () => {
    let looked = 0;
    const ports = store();
    const redactor = { ...ports.redactor, refresh: () => Promise.resolve(void (looked += 1)) };
    await acceptAttached({ ...ports, redactor }, { path: 'facts/one.md', sha256: hashOf(ports, text('one')) });
    expect(looked).toBe(1);
  });
});
