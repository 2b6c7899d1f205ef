import type { ModelRequest, ModelRole } from '../../core/model/languageModel';

const EFFORT: Readonly<Record<ModelRole, 'low' | 'medium'>> = { extract: 'low', consolidate: 'medium' };

/**
 * What makes a run of Claude Code one plain question: no tool, no setting, hook, server or plugin of the user or of a
 * folder, no command in the text, and no log that would be captured again.
 */
export function claudeArguments(request: ModelRequest, model: string, systemFile: string): readonly string[] {
  return [
    '--print',
    ...['--output-format', 'stream-json', '--verbose', '--include-partial-messages'],
    ...['--model', model, '--effort', EFFORT[request.role]],
    ...['--json-schema', JSON.stringify(request.schema)],
    ...['--system-prompt-file', systemFile],
    ...['--tools', '', '--permission-mode', 'dontAsk'],
    ...['--setting-sources', '', '--strict-mcp-config', '--disable-slash-commands', '--no-chrome'],
    '--no-session-persistence',
  ];
}

/** Limits that the program takes from its environment. */
export function claudeLimits(request: ModelRequest): Readonly<Record<string, string>> {
  return { CLAUDE_CODE_MAX_OUTPUT_TOKENS: String(request.maxOutputTokens) };
}
