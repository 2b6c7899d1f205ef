import { createHash } from 'node:crypto';
import type { FileStore } from '../core/ports';
import type { Committed } from '../core/memory/whoChanged';
import { safeGit } from './safeEnvironment';

const STORE_FOLDER = '.agent-memory';
const MAX_BYTES = 1024 * 1024;

/**
 * The store files that are, to the byte, what git's HEAD holds, with their SHA-256. Empty without git. Asks for object
 * names only and hashes the files itself, so that no filter of the repository runs.
 */
export async function committedFiles(workspaceRoot: string, files: Pick<FileStore, 'read'>): Promise<Committed> {
  const found = new Map<string, string>();
  const listing = await safeGit(workspaceRoot, ['ls-tree', '-r', '-z', 'HEAD', '--', `./${STORE_FOLDER}`]);
  for (const line of (listing ?? '').split('\0')) {
    const [, blob = '', name = ''] = /^100(?:644|755) blob ([0-9a-f]{40,64})\t(.*)$/su.exec(line) ?? [];
    const at = name.lastIndexOf(`${STORE_FOLDER}/`);
    if (at < 0) continue;
    const path = name.slice(at + STORE_FOLDER.length + 1);
    // A name that no memory may have is no memory.
    const bytes = await files.read(path, { maxBytes: MAX_BYTES }).catch(() => undefined);
    if (bytes === undefined) continue;
    const algorithm = blob.length === 40 ? 'sha1' : 'sha256';
    const own = createHash(algorithm).update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
    if (own === blob) found.set(path, createHash('sha256').update(bytes).digest('hex'));
  }
  return found;
}
