import { AgentDreamsError } from '../errors';
import type { CorePorts } from '../ports';
import { writeAtomic } from './atomicWrite';

type ObjectPorts = Pick<CorePorts, 'files' | 'hasher' | 'ids'>;
const HEX = /^[0-9a-f]{64}$/u;

/** Where the content with this SHA-256 is kept. Throws `invalid-input` for anything but a hash. */
export function objectPath(sha256: string): string {
  if (!HEX.test(sha256)) throw new AgentDreamsError('invalid-input', 'Not a SHA-256.');
  return `.local/snapshots/objects/${sha256.slice(0, 2)}/${sha256.slice(2)}`;
}

/** Keeps the content under its hash, which it returns; content that is there already is not written again. */
export async function putObject(ports: ObjectPorts, bytes: Uint8Array): Promise<string> {
  const sha256 = ports.hasher.sha256(bytes);
  const path = objectPath(sha256);
  const present = await ports.files.stat(path);
  if (present?.kind !== 'file' || present.size !== bytes.length) await writeAtomic(ports, path, bytes);
  return sha256;
}

/** The content with this hash, or undefined if it is not kept. Throws `io` if what is kept no longer matches. */
export async function getObject(
  ports: Pick<CorePorts, 'files' | 'hasher'>,
  sha256: string,
): Promise<Uint8Array | undefined> {
  const bytes = await ports.files.read(objectPath(sha256));
  if (bytes !== undefined && ports.hasher.sha256(bytes) !== sha256) {
    throw new AgentDreamsError('io', 'A kept object is damaged.', { object: sha256 });
  }
  return bytes;
}
