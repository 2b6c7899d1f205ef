import { toSlug } from '../../memory/slug';
import type { Hasher } from '../../ports';

const MAX_LENGTH = 56;

/** A file name from topic words; where the script leaves none, a short hash of the claim. Stable for the same claim. */
export function slugFrom(topic: readonly string[], claim: string, hasher: Hasher): string {
  let name = '';
  for (const word of topic) {
    const longer = name === '' ? word : `${name}-${word}`;
    if (longer.length > MAX_LENGTH) break;
    name = longer;
  }
  return toSlug(name.length < 3 ? `note-${hasher.sha256(claim).slice(0, 8)}` : name);
}
