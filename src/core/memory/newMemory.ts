import { refuseCredential } from '../boundary/credential';
import type { Evidence } from '../dream/finding';
import { AgentDreamsError } from '../errors';
import { applyTransaction } from '../history/transaction';
import type { CorePorts } from '../ports';
import { composed } from '../unicode/cleanText';
import { refuseHidden } from '../unicode/refuseHidden';
import { parseMemory, renderMemory, type MemoryDraft } from './codec';
import type { Memory } from './memory';
import { placeOf } from './storePath';

/** A memory to be written, and where. */
export interface NewMemory extends Omit<MemoryDraft, 'name'> {
  /** Relative to the store; the name follows from it. */
  readonly path: string;
}

/**
 * Writes a new memory, journalled as created by the user. Throws `invalid-path` for a path where no memory may stand,
 * `conflict` if there is a file already, `credential` if the text holds a secret, `hidden-text` if it hides something,
 * `invalid-memory` if it would not be readable.
 */
export async function createMemory(ports: CorePorts, draft: NewMemory, evidence: readonly Evidence[]): Promise<Memory> {
  const at = placeOf(draft.path);
  if (at === undefined || at.scope.kind === 'archive') {
    throw new AgentDreamsError('invalid-path', 'Folder and name must be lower-case words joined by dashes.', {
      path: draft.path,
    });
  }
  await ports.redactor.refresh?.();
  const text = composed(renderMemory({ ...draft, name: at.slug }));
  refuseHidden(draft.path, text);
  refuseCredential(draft.path, text, ports.redactor);
  const bytes = ports.text.encode(text);
  const parsed = parseMemory(draft.path, bytes, ports);
  if (!parsed.ok)
    throw new AgentDreamsError('invalid-memory', `The memory cannot be written: ${parsed.problem.reason}.`);
  const event = { actor: 'user', action: 'create', evidence } as const;
  await applyTransaction(ports, { writes: [{ path: draft.path, expected: null, bytes }], event });
  return parsed.memory;
}
