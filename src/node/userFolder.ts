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

/** Seals with the key in that folder; the key is made by the first seal, readable by this user alone. */
export function createOwner(folder: string, hasher: Hasher): Owner {
  const file = path.join(folder, 'key');
  const mac = (key: string, text: string): string => hasher.hmac(key, `agent-dreams seal 1\n${text}`);
  return {
    async seal(text) {
      return mac((await readKey(file)) ?? (await makeKey(file)), text);
    },
    async isSealed(text, seal) {
      const key = await readKey(file);
      return key !== undefined && mac(key, text) === seal;
    },
  };
}

async function readKey(file: string): Promise<string | undefined> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return KEY.test(text.trim()) ? text.trim() : undefined;
}

/** Two processes may make it at once: the first wins, and both use it. */
async function makeKey(file: string): Promise<string> {
  const key = randomBytes(32).toString('hex');
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
