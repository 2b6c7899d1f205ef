import { applyTransaction } from '../../src/core/history/transaction';
import { initializeStore } from '../../src/core/memory/store';
import type { CorePorts } from '../../src/core/ports';
import { createNodePorts } from '../../src/node/nodePorts';
import { createRecordingLogger } from '../fakes/fakePorts';

/** A new store on disk that holds these memories. */
export async function openStore(
  workspaceRoot: string,
  memories: Readonly<Record<string, string>>,
): Promise<CorePorts & { readonly redactionKey: string }> {
  const ports = await createNodePorts({ workspaceRoot, logger: createRecordingLogger() });
  await initializeStore(ports, { share: 'private' });
  const writes = Object.entries(memories).map(([path, text]) => ({
    path,
    expected: null,
    bytes: ports.text.encode(text),
  }));
  await applyTransaction(ports, { writes, event: { actor: 'user', action: 'create', evidence: [] } });
  return ports;
}

/** The text of a memory by this name. */
export function memoryText(name: string, body: string): string {
  return `---\nname: ${name}\ndescription: About ${name}\ncreated: 2026-11-21\n---\n${body}\n`;
}
