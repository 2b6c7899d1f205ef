import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CapturedSession } from '../../../src/core/sessions/session';
import { renderLine } from '../../../src/core/sessions/sessionCodec';
import { readSession, sessionPath } from '../../../src/core/sessions/sessionFiles';
import { createSecretGuard, type SecretGuard, type SecretSettings } from '../../../src/node/secrets/secretGuard';
import { createFakePorts, nodeHasher, type FakePorts } from '../../fakes/fakePorts';
import { buildSession } from '../../fakes/sessionBuilder';

const PASSWORD = ['hunter', 'Kq81Zr', 'Wm40'].join('-');
const QUIET = buildSession('s', '2026-11-01T10:00:00.000Z')
  .says('list the files')
  .runs('ls', `one ${PASSWORD} two`)
  .end();

describe('what a guard found clean', () => {
  let folder: string;
  let ports: FakePorts & { readonly redactor: SecretGuard };
  let settings: SecretSettings;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'guard-'));
    settings = { rules: [], allow: [] };
    const redactor = createSecretGuard({
      workspaceRoot: folder,
      hasher: nodeHasher(),
      key: 'k',
      settings: () => settings,
      ownKeys: () => Promise.resolve([]),
    });
    await redactor.refresh();
    ports = { ...createFakePorts(), redactor };
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const keep = ({ header, entries }: CapturedSession): void =>
    ports.files.put(sessionPath(header.id), [header, ...entries].map(renderLine).join(''));
  const read = async (): Promise<string> => JSON.stringify(await readSession(ports, 's'));
  /** How many texts are looked through in one read. */
  const looked = async (): Promise<number> => {
    let count = 0;
    const { redactor } = ports;
    const redact = (text: string): ReturnType<SecretGuard['redact']> => {
      count += 1;
      return redactor.redact(text);
    };
    await readSession({ ...ports, redactor: { ...redactor, redact } }, 's');
    return count;
  };

  it('is not looked through again, and comes back the same', async () => {
    keep(QUIET);
    const first = await read();
    expect(await looked()).toBe(0);
    expect(await read()).toBe(first);
  });

  it('is looked through again once a new .env value makes an old session unsafe', async () => {
    keep(QUIET);
    expect(await read()).toContain(PASSWORD);
    await writeFile(path.join(folder, '.env'), `DB_PASSWORD=${PASSWORD}\n`);
    await ports.redactor.refresh();
    expect(await read()).not.toContain(PASSWORD);
    expect(await looked()).toBeGreaterThan(0);
  });

  it('is looked through again once the user has another rule, or allows something else', async () => {
    keep(QUIET);
    expect(await read()).toContain(PASSWORD);
    settings = { rules: [{ id: 'ours', pattern: 'hunter-[A-Za-z0-9-]{6,20}' }], allow: [] };
    await ports.redactor.refresh();
    const redacted = await read();
    expect(redacted).not.toContain(PASSWORD);
    const [fingerprint = ''] = ports.redactor.find(PASSWORD).map((one) => one.fingerprint);
    settings = { ...settings, allow: [fingerprint] };
    await ports.redactor.refresh();
    expect(await read()).toContain(PASSWORD);
    settings = { ...settings, allow: [] };
    await ports.redactor.refresh();
    expect(await read()).toBe(redacted);
  });

  it('is looked through again if one byte of it is another', async () => {
    keep(QUIET);
    await read();
    keep({ ...QUIET, header: { ...QUIET.header, title: 'another' } });
    expect(await looked()).toBeGreaterThan(0);
  });

  it('is remembered of nothing that holds a secret', async () => {
    await writeFile(path.join(folder, '.env'), `DB_PASSWORD=${PASSWORD}\n`);
    await ports.redactor.refresh();
    keep(QUIET);
    expect(await read()).not.toContain(PASSWORD);
    expect(await looked()).toBeGreaterThan(0);
    expect(await read()).not.toContain(PASSWORD);
  });
});
