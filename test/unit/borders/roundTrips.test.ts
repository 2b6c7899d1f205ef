import { describe, expect, it } from 'vitest';
import { createMemory } from '../../../src/core/memory/newMemory';
import { readStore } from '../../../src/core/memory/store';
import { tryRoundTrips } from '../../borders/roundTrips';
import { createFakePorts } from '../../fakes/fakePorts';

const TEXT = '---\nname: a\ndescription: Ä\n---\nÄ\n';
const utf16 = (text: string): Buffer => Buffer.from(`\uFEFF${text}`, 'utf16le');

describe('accepting one hunk', () => {
  it('changes only the bytes of its lines, whatever line breaks the file has', () => {
    const { accepted, changedOutside } = tryRoundTrips(5, 1_500);

    expect(changedOutside).toBe(0);
    expect(accepted).toBeGreaterThan(1_000);
  });
});

describe('a file in another encoding than UTF-8', () => {
  it.each([
    ['UTF-16 (little-endian)', utf16(TEXT)],
    ['UTF-16 (big-endian)', utf16(TEXT).swap16()],
    ['another encoding', Buffer.from(TEXT, 'latin1')],
  ])('in %s is shown with the reason, and never written', async (encoding, bytes) => {
    const ports = createFakePorts();
    ports.files.entries.set('facts/a.md', new Uint8Array(bytes));
    ports.files.entries.set('MEMORY.md', new Uint8Array(bytes));

    await createMemory(ports, { path: 'facts/b.md', description: 'Another', body: 'Text' }, []);

    const { memories, problems } = await readStore(ports);
    expect(memories.map(({ path }) => path)).toEqual(['facts/b.md']);
    expect(problems.map(({ path }) => path).sort()).toEqual(['MEMORY.md', 'facts/a.md']);
    expect(problems.find(({ path }) => path === 'facts/a.md')?.reason).toContain(encoding);
    expect(Buffer.from(ports.files.entries.get('facts/a.md') ?? []).equals(bytes)).toBe(true);
    expect(Buffer.from(ports.files.entries.get('MEMORY.md') ?? []).equals(bytes)).toBe(true);
  });
});
