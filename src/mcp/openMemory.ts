import { proposeDirectly, type DirectChange } from '../core/dream/direct';
import { AgentDreamsError } from '../core/errors';
import type { Logger } from '../core/ports';
import type { Asking } from '../core/recall/agentMemory';
import type { AgentToolPorts } from '../core/recall/agentTools';
import { listedStores } from '../node/attachedSource';
import { findStore } from '../node/findStore';
import { createMemoryReader, type MemoryReader } from '../node/memoryReader';
import { createNodePorts, type NodePorts } from '../node/nodePorts';
import { batched } from './batched';
import type { ConnectTools } from './memoryServer';

interface Opened {
  readonly ports: NodePorts;
  readonly reader: MemoryReader;
}

/**
 * Opens the memory of a folder when the first tool is called, and looks again at each call until there is one. Nothing that
 * came with the folder is moved: what is not this user's is not read.
 */
export function openMemory(folder: string, asking: Asking, logger: Logger): ConnectTools {
  let opened: Promise<Opened> | undefined;
  const proposers = new Map<string, AgentToolPorts['propose']>();
  const open = async (): Promise<Opened> => {
    const workspaceRoot = await findStore(folder);
    if (workspaceRoot === undefined)
      throw new AgentDreamsError('not-initialized', 'There is no memory in this folder yet.', { path: folder });
    const ports = await createNodePorts({ workspaceRoot, logger, untrusted: true, askGit: true });
    logger.info(`The memory of ${workspaceRoot} is open`);
    const where = { workspaceRoot, localRoot: ports.localRoot };
    return { ports, reader: createMemoryReader(where, ports, asking, listedStores(logger)) };
  };
  return async (client): Promise<AgentToolPorts> => {
    opened ??= open();
    const { ports, reader } = await opened.catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    const make = (): AgentToolPorts['propose'] =>
      batched(async (changes: readonly DirectChange[]) => {
        const origin = { kind: 'mcp', by: client } as const;
        return (await proposeDirectly(ports, { origin, changes, store: reader.store })).outcomes;
      });
    const proposer = proposers.get(client) ?? make();
    proposers.set(client, proposer);
    return {
      read: reader.read,
      propose: (change) => proposer(withAgent(change, asking)),
      redact: (text) => ports.redactor.redact(text).text,
    };
  };
}

/** What one type of subagent learns is meant for that type. */
function withAgent(change: Parameters<AgentToolPorts['propose']>[0], { viewer }: Asking): typeof change {
  return change.kind === 'add' && viewer.kind === 'agent' ? { ...change, agents: [viewer.agent] } : change;
}
