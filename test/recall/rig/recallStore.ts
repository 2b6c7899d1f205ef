import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createMemory, type NewMemory } from '../../../src/core/memory/newMemory';
import { initializeStore } from '../../../src/core/memory/store';
import { readPathRules } from '../../../src/core/recall/pathRules';
import { hookFilesFor, RULES_PATH } from '../../../src/core/recall/recallFiles';
import type { RecallReport } from '../../../src/core/recall/recallReport';
import { renderRecall } from '../../../src/core/recall/renderRecall';
import type { SubagentViews } from '../../../src/core/recall/view';
import { agentTypes } from '../../../src/node/claude/agentTypes';
import {
  carryOut,
  planConnect,
  planDisconnect,
  type ConnectChoice,
  type ConnectContext,
} from '../../../src/node/claude/connection';
import { createNodePorts, type NodePorts } from '../../../src/node/nodePorts';
import { createRecordingLogger } from '../../fakes/fakePorts';
import type { CliWorld } from './cliWorld';

/** A workspace folder of a world with a store, and the connection of that folder to the genuine program. */
export interface RecallStore {
  readonly root: string;
  readonly ports: NodePorts;
  add(memory: NewMemory): Promise<void>;
  render(request?: { readonly maxTokens?: number; readonly subagents?: SubagentViews }): Promise<RecallReport>;
  connect(choice?: Partial<ConnectChoice>): Promise<readonly string[]>;
  disconnect(): Promise<void>;
  /** The texts of a view, as its hooks print them. */
  printed(
    report: RecallReport,
    kind: RecallReport['views'][number]['viewer']['kind'],
    agent?: string,
  ): Promise<readonly string[]>;
}

const USUAL: ConnectChoice = {
  channel: 'hooks',
  denyLocal: true,
  sessionEnd: false,
  inbox: false,
  gitExclude: true,
  pathRules: true,
};

export interface StoreOptions {
  /** The workspace folder; the repository's top without it. */
  readonly root?: string;
  /** Where the key of who uses it is, in the world's folder; one user a world without it. */
  readonly user?: string;
  /** What the end of a session calls. */
  readonly stableCommand?: string;
}

/** Opens a store as the extension does, and initializes it. */
export async function openRecallStore(world: CliWorld, options: StoreOptions = {}): Promise<RecallStore> {
  const { root = world.repository, user = 'user', stableCommand } = options;
  const userFolder = path.join(world.folder, user);
  const ports = await createNodePorts({ workspaceRoot: root, logger: createRecordingLogger(), userFolder });
  await initializeStore(ports, { share: 'git' });
  let [maxTokens, subagents]: [number, SubagentViews] = [6_000, 'full'];
  const types = async (): Promise<readonly string[]> => await agentTypes({ root, configDir: world.configDir });
  const recallFile = (name: string): string => path.join(ports.localRoot, '.local/recall', name);
  const context = async (): Promise<ConnectContext> => ({
    root,
    localRoot: ports.localRoot,
    home: world.home,
    configDir: world.configDir,
    ...(stableCommand === undefined ? {} : { stableCommand }),
    agentTypes: await types(),
    hookFiles: hookFilesFor(maxTokens),
    pathRules: await readPathRules(ports, { subagents }),
    rulesText: await readFile(path.join(ports.localRoot, RULES_PATH), 'utf8'),
  });
  return {
    root,
    ports,
    add: async (memory) => {
      await createMemory(ports, memory, []);
    },
    render: async (request = {}) => {
      maxTokens = request.maxTokens ?? maxTokens;
      subagents = request.subagents ?? subagents;
      return await renderRecall(ports, { maxTokens, subagents, agentTypes: await types() });
    },
    connect: async (choice = {}) => {
      const plan = await planConnect(await context(), { ...USUAL, ...choice });
      await carryOut(plan);
      return plan.files.map((file) => file.path);
    },
    disconnect: async () => await carryOut(await planDisconnect(await context())),
    printed: async (report, kind, agent) => {
      const view = report.views.find(
        ({ viewer }) => viewer.kind === kind && (viewer.kind !== 'agent' || viewer.agent === agent),
      );
      const texts: string[] = [];
      for (const name of view?.files ?? []) texts.push(textOf(name, await readFile(recallFile(name), 'utf8')));
      return texts;
    },
  };
}

function textOf(name: string, content: string): string {
  if (!name.endsWith('.json')) return content.trim();
  const { hookSpecificOutput: said } = JSON.parse(content) as { hookSpecificOutput?: { additionalContext: string } };
  return said?.additionalContext ?? '';
}
