import * as vscode from 'vscode';
import { callAgentTool, describeFault } from '../../core/recall/agentTools';
import type { AgentToolName } from '../../core/recall/agentToolSchemas';
import type { AttachedSource } from '../../node/attachedSource';
import type { App } from '../app';
import type { languageTools } from '../ids';
import type { AgentOffers } from '../lazyOffers';
import { memoryServers } from './memoryServers';
import { FolderTools } from './folderTools';
import { proposalQuestion } from './proposalQuestion';

type Tool = keyof typeof languageTools;

const NAMES: Readonly<Record<Tool, AgentToolName>> = {
  searchMemory: 'search_memory',
  readMemory: 'read_memory',
  listMemories: 'list_memories',
  proposeMemory: 'propose_memory',
};

/** The tools and the server that agents of the editor are offered. */
export function createAgentOffers(app: App, attached: AttachedSource): AgentOffers & { dispose(): void } {
  const tools = new FolderTools(app, attached);
  const servers = memoryServers(app);
  return {
    invoke: async (tool, input) => {
      const text = await answer(app, tools, NAMES[tool], input);
      return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
    },
    prepare: (tool, input) => (tool === 'proposeMemory' ? proposalQuestion(input, vscode.l10n.t) : undefined),
    servers: () => servers.list(),
    onDidChangeServers: servers.onDidChange,
    dispose: () => servers.dispose(),
  };
}

async function answer(app: App, tools: FolderTools, name: AgentToolName, input: unknown): Promise<string> {
  try {
    return (await callAgentTool(await tools.open(), name, input)).text;
  } catch (error) {
    const fault = describeFault(error);
    if (fault === undefined) throw error;
    app.logger.warn(`${name}: ${fault}`);
    return fault;
  }
}
