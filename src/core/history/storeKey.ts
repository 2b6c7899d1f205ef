import type { CorePorts } from '../ports';
import { writeAtomic } from './atomicWrite';

export const KEY_PATH = '.local/key';
const KEY = /^[0-9a-zA-Z]{32,256}$/u;

/**
 * The key of this store on this machine: hashes of redacted or journalled text are made with it, so that nobody can
 * guess the text from its hash. Made at first use; it never leaves `.local`.
 */
export async function readStoreKey(ports: Pick<CorePorts, 'files' | 'text' | 'ids' | 'hasher'>): Promise<string> {
  const bytes = await ports.files.read(KEY_PATH);
  const known = bytes === undefined ? '' : ports.text.decode(bytes).text.trim();
  if (KEY.test(known)) return known;
  const key = ports.hasher.sha256(`${ports.ids.next()} ${ports.ids.next()}`);
  await writeAtomic(ports, KEY_PATH, ports.text.encode(`${key}\n`));
  return key;
}
