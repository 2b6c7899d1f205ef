import { refuseCredential } from '../boundary/credential';
import { appendEvent } from '../history/appendEvent';
import { putObject } from '../history/objects';
import { readEffectiveStore } from '../memory/effective';
import type { Memory } from '../memory/memory';
import { createMemory } from '../memory/newMemory';
import { outsideChanges } from '../memory/outside';
import { placeOf } from '../memory/storePath';
import { AgentDreamsError } from '../errors';
import type { CorePorts } from '../ports';
import { withAccepted } from '../state/accepted';
import { refuseUnseen } from '../unicode/refuseHidden';

/** A memory file of an attached store that this user has not accepted as it is. */
export interface WaitingFile {
  readonly path: string;
  readonly kind: 'added' | 'changed';
  /** SHA-256 of the file. */
  readonly sha256: string;
}

/** What an attached store says to this user. Paths are those in that store. */
export interface AttachedMemories {
  readonly accepted: readonly Memory[];
  readonly waiting: readonly WaitingFile[];
}

/** Reads an attached store: its memories, without archived ones. Personal ones of others are none of this user's. */
export async function readAttached(ports: CorePorts): Promise<AttachedMemories> {
  const { memories } = await readEffectiveStore(ports);
  const changes = await outsideChanges(ports);
  return {
    accepted: memories.filter(({ path }) => isRecalled(path)),
    waiting: changes.flatMap(({ path, kind, current }) =>
      current === null || kind === 'removed' || !isRecalled(path) ? [] : [{ path, kind, sha256: current }],
    ),
  };
}

function isRecalled(path: string): boolean {
  const scope = placeOf(path)?.scope.kind;
  return scope === 'team' || scope === 'agent';
}

/** The memory under the name that it has in this workspace: `@<key>/<its path>`. */
export function underKey(memory: Memory, key: string): Memory {
  return { ...memory, path: `@${key}/${memory.path}` };
}

/**
 * Accepts a file of an attached store with the content that was shown. Journalled in this user's own folder; the store
 * itself is not touched. Throws `conflict` if the file changed since, `not-found` if it is gone, `credential` or
 * `hidden-text` if it holds what no memory may.
 */
export async function acceptAttached(ports: CorePorts, file: Pick<WaitingFile, 'path' | 'sha256'>): Promise<void> {
  const { path, sha256 } = file;
  if (!isRecalled(path)) throw new AgentDreamsError('invalid-path', 'No memory stands there.', { path });
  await ports.redactor.refresh?.();
  await ports.lock.hold('store', async () => {
    const bytes = await ports.files.read(path);
    if (bytes === undefined) throw new AgentDreamsError('not-found', 'The file is gone.', { path });
    if (ports.hasher.sha256(bytes) !== sha256) {
      throw new AgentDreamsError('conflict', 'The file changed since it was shown.', { path });
    }
    const { text } = ports.text.decode(bytes);
    refuseCredential(path, text, ports.redactor);
    refuseUnseen(path, text);
    await putObject(ports, bytes);
    const at = new Date(ports.clock.now()).toISOString();
    const event = { actor: 'user', action: 'keep', note: 'attached', evidence: [{ kind: 'by-hand', at }] } as const;
    await appendEvent(ports, event, [{ path, before: null, after: sha256 }], (state) =>
      withAccepted(state, ports.worktree, [{ path, after: sha256 }]),
    );
  });
}

/**
 * Writes a memory of this workspace into an attached store, accepted there as it was here. A personal one becomes one of
 * everybody who has that store. Throws `read-only`, and what `createMemory` throws.
 */
export async function copyIntoAttached(ports: CorePorts, memory: Memory): Promise<void> {
  const { scope, category, slug, description, body, paths, agents, load, pinned } = memory;
  const path = `${scope.kind === 'agent' ? `agents/${scope.agent}/` : ''}${category}/${slug}.md`;
  const at = new Date(ports.clock.now()).toISOString();
  const created = memory.created === undefined ? {} : { created: memory.created };
  const draft = { path, description, body, paths, agents, load, pinned, ...created };
  await createMemory(ports, draft, [{ kind: 'by-hand', at }]);
}
