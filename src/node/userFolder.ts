import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import type { Hasher, Owner } from '../core/ports';

const KEY = /^[0-9a-f]{64}$/u;

/** Where this user's key is kept: outside of every workspace, the same for every editor and for the command line. */
export function userFolder(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  const home = homedir();
  if (platform === 'win32')
    return path.join(environment['APPDATA'] ?? path.join(home, 'AppData/Roaming'), 'agent-dreams');
  if (platform === 'darwin') return path.join(home, 'Library/Application Support/agent-dreams');
  return path.join(environment['XDG_CONFIG_HOME'] ?? path.join(home, '.config'), 'agent-dreams');
}

/**
 * Seals with the key in that folder; the key is made by the first seal, readable by this user alone. A second copy is kept
 * in the `spare` folder, which counts too: where the first is lost (a rebuilt container, a cleaned home) it comes back from
 * there.
 */
export function createOwner(folder: string, hasher: Hasher, spare?: string): Owner {
  const file = path.join(folder, 'key');
  const copy = spare === undefined ? undefined : path.join(spare, 'key');
  const mac = (key: string, text: string): string => hasher.hmac(key, `agent-dreams seal 1\n${text}`);
  const readCopy = async (): Promise<string | undefined> => (copy === undefined ? undefined : readKey(copy));
  return {
    async seal(text) {
      const key = (await readKey(file)) ?? (await keepKey(file, (await readCopy()) ?? newKey()));
      // The seal does not depend on the copy.
      if (copy !== undefined && (await readCopy()) === undefined) await keepKey(copy, key).catch(() => undefined);
      return mac(key, text);
    },
    async isSealed(text, seal) {
      const keys = [await readKey(file), await readCopy()];
      return keys.some((key) => key !== undefined && mac(key, text) === seal);
    },
  };
}

const newKey = (): string => randomBytes(32).toString('hex');

async function readKey(file: string): Promise<string | undefined> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return KEY.test(text.trim()) ? text.trim() : undefined;
}

/** Two processes may make it at once: the first wins, and both use it. */
async function keepKey(file: string, key: string): Promise<string> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  try {
    await writeFile(file, `${key}\n`, { flag: 'wx', mode: 0o600 });
    return key;
  } catch (error) {
    const known = await readKey(file);
    if (known === undefined) throw error;
    return known;
  }
}
