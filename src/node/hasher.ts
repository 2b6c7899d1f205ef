import { createHash, createHmac } from 'node:crypto';
import type { Hasher } from '../core/ports';

/** SHA-256 and HMAC-SHA-256 in lower-case hex; strings are hashed as UTF-8. */
export function createHasher(): Hasher {
  return {
    sha256: (data) => createHash('sha256').update(data).digest('hex'),
    hmac: (key, data) => createHmac('sha256', key).update(data, 'utf8').digest('hex'),
  };
}
