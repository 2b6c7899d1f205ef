import type { Memory } from '../memory/memory';

/** What the files are called that an export makes for itself. */
export const OWN_NAME = 'agent-memory';

/** `agent-memory-<category>-<name>`: one rule of its own for a memory of some paths. */
export function ownName({ category, slug }: Pick<Memory, 'category' | 'slug'>): string {
  return `${OWN_NAME}-${category}-${slug}`;
}

/** True for a name, without its ending, that an export may have made. */
export function isOwnName(name: string): boolean {
  return name === OWN_NAME || /^agent-memory-[a-z0-9-]{3,140}$/u.test(name);
}
