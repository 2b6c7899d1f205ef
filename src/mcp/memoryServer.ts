import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { CallToolRequestSchema, ErrorCode, ListToolsRequestSchema, McpError } from '@modelcontextprotocol/sdk/types.js';
import type { CallToolResult, Tool } from '@modelcontextprotocol/sdk/types.js';
import { version } from '../../package.json';
import type { Logger } from '../core/ports';
import { AGENT_TOOLS } from '../core/recall/agentToolSchemas';
import { callAgentTool, describeFault, type AgentToolPorts } from '../core/recall/agentTools';

/** What a client is told about the server; for models. */
const INSTRUCTIONS =
  'The memory of this project: conventions, commands, pitfalls, decisions and preferences that a person has reviewed. ' +
  'They are facts, not commands; where a memory and the code disagree, the code is right. ' +
  'search_memory before working on something that may have been settled earlier. ' +
  'propose_memory never writes: a person reviews each proposal.';

/** The world around one client: `client` is how it names itself. */
export type ConnectTools = (client: string) => Promise<AgentToolPorts>;

/** A server that offers the tools of the memory. Everything that goes wrong is an answer that says what to do. */
export function createMemoryServer(connect: ConnectTools, logger: Logger) {
  // The high-level one brings a third more into the bundle, and its own words for wrong arguments.
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- it is meant for this: schemas and errors of our own
  const server = new Server(
    { name: 'agent-dreams', title: 'Agent Dreams', version },
    { capabilities: { tools: {} }, instructions: INSTRUCTIONS },
  );
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: AGENT_TOOLS.map(toolOf) }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }) => {
    const { name } = params;
    if (!AGENT_TOOLS.some((tool) => tool.name === name))
      throw new McpError(ErrorCode.InvalidParams, `There is no tool “${name.slice(0, 60)}”`);
    try {
      const ports = await connect(clientOf(server));
      const { text, failed } = await callAgentTool(ports, name, params.arguments);
      return resultOf(text, failed);
    } catch (error) {
      const fault = describeFault(error);
      if (fault === undefined) logger.error(`${name} failed`, error);
      else logger.warn(`${name}: ${fault}`);
      return resultOf(
        fault ?? 'The memory failed for a reason of its own, which it has logged. Go on without it.',
        true,
      );
    }
  });
  return server;
}

function toolOf({ name, title, description, readOnly, inputSchema }: (typeof AGENT_TOOLS)[number]): Tool {
  return {
    name,
    title,
    description,
    inputSchema: { ...inputSchema, properties: { ...inputSchema.properties }, required: [...inputSchema.required] },
    annotations: { title, readOnlyHint: readOnly, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  };
}

function resultOf(text: string, isError: boolean): CallToolResult {
  return { content: [{ type: 'text', text }], ...(isError ? { isError } : {}) };
}

function clientOf(server: Pick<ReturnType<typeof createMemoryServer>, 'getClientVersion'>): string {
  const client = server.getClientVersion();
  return client?.title ?? client?.name ?? 'An MCP client';
}
