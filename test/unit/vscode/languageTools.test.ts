import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { AGENT_TOOLS } from '../../../src/core/recall/agentToolSchemas';
import { languageTools, mcpProvider } from '../../../src/vscode/ids';

const manifest = JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../../../package.json'), 'utf8')) as {
  readonly contributes: {
    readonly languageModelTools: readonly {
      readonly name: string;
      readonly toolReferenceName: string;
      readonly modelDescription: string;
      readonly inputSchema: unknown;
    }[];
    readonly mcpServerDefinitionProviders: readonly { readonly id: string }[];
  };
};

it('the manifest, the editor and the MCP server offer the same tools, in the same words', () => {
  const { languageModelTools, mcpServerDefinitionProviders } = manifest.contributes;
  expect(languageModelTools.map(({ name, toolReferenceName }) => [toolReferenceName, name])).toEqual(
    Object.entries(languageTools),
  );
  expect(
    languageModelTools.map(({ name, modelDescription, inputSchema }) => ({
      name: name.replace('agent-dreams_', ''),
      description: modelDescription,
      inputSchema,
    })),
  ).toEqual(AGENT_TOOLS.map(({ name, description, inputSchema }) => ({ name, description, inputSchema })));
  expect(mcpServerDefinitionProviders.map(({ id }) => id)).toEqual([mcpProvider]);
});
