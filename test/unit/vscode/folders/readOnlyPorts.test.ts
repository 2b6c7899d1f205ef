import { describe, expect, it } from 'vitest';
import { createSecretScanner } from '../../../../src/core/secrets/scanner';
import { createRedactor } from '../../../../src/core/secrets/redactor';
import { readOnlyPorts } from '../../../../src/vscode/folders/readOnlyPorts';
import { createFakePorts } from '../../../fakes/fakePorts';

function create() {
  const ports = createFakePorts({ 'facts/a.md': 'kept' });
  const probe = {
    exists: async () => false,
    readText: async () => undefined,
    findByBaseName: async () => [],
    head: async () => undefined,
  };
  const redactor = createRedactor(createSecretScanner(), ports.hasher, 'key');
  return { ports, readOnly: readOnlyPorts({ ...ports, probe, redactor }) };
}

describe('the ports of an untrusted workspace', () => {
  it('show what is there', async () => {
    const { readOnly } = create();
    expect(await readOnly.files.read('facts/a.md')).toEqual(new TextEncoder().encode('kept'));
    expect(await readOnly.files.readRange('facts/a.md', 1, 2)).toEqual(new TextEncoder().encode('ep'));
    expect(await readOnly.files.list('facts')).toEqual([{ name: 'a.md', kind: 'file' }]);
    expect((await readOnly.files.stat('facts/a.md'))?.size).toBe(4);
  });

  it('refuse every write, and every lock that would allow one', async () => {
    const { ports, readOnly } = create();
    const bytes = new Uint8Array();
    const refused = { code: 'untrusted-workspace' };
    await expect(readOnly.files.write('facts/a.md', bytes)).rejects.toMatchObject(refused);
    await expect(readOnly.files.append('facts/a.md', bytes)).rejects.toMatchObject(refused);
    await expect(readOnly.files.rename('facts/a.md', 'facts/b.md')).rejects.toMatchObject(refused);
    await expect(readOnly.files.moveNew('facts/a.md', 'facts/b.md')).rejects.toMatchObject(refused);
    await expect(readOnly.files.remove('facts/a.md')).rejects.toMatchObject(refused);
    await expect(readOnly.files.syncDirectory('facts')).rejects.toMatchObject(refused);
    await expect(readOnly.lock.hold('store', async () => undefined)).rejects.toMatchObject(refused);
    expect(await ports.files.list('facts')).toEqual([{ name: 'a.md', kind: 'file' }]);
  });
});
