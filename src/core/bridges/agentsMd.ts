import type { Memory } from '../memory/memory';
import type { BridgeFormat, Importable, Rendered, SourceFile } from './bridge';
import { renderEntries } from './entries';
import { markdownItems } from './markdownItems';
import { readRuleFile } from './ruleFile';

/** Codex reads 32 KiB of all AGENTS.md together; people's own words come first. */
const LIMIT = 16_000;

/**
 * Instructions of a whole project in Markdown: AGENTS.md, which most agents read. Folders below may have their own, which
 * speak for these folders.
 */
export const agentsMd: BridgeFormat = {
  id: 'agents-md',
  root: 'workspace',
  places: ['AGENTS.md', '**/AGENTS.md'],
  blocks: ['AGENTS.md'],
  makes: true,
  globs: 'words',
  reads: (path) => /(?:^|\/)AGENTS\.md$/u.test(path),
  owns: () => false,
  parse: (file) => instructionItems(file, file.path.includes('/') ? [`${folderOf(file.path)}/**`] : []),
  render: whole,
};

/**
 * Claude Code's own instructions. One is never made: where there is none, Claude Code reads AGENTS.md instead, and would
 * stop doing so. `CLAUDE.local.md` is read, and never written.
 */
export const claudeMd: BridgeFormat = {
  id: 'claude-md',
  root: 'workspace',
  places: ['CLAUDE.md', '.claude/CLAUDE.md', 'CLAUDE.local.md'],
  blocks: ['CLAUDE.md', '.claude/CLAUDE.md'],
  makes: false,
  globs: 'words',
  reads: (path) => ['CLAUDE.md', '.claude/CLAUDE.md', 'CLAUDE.local.md'].includes(path),
  owns: () => false,
  parse: (file) =>
    instructionItems(file, []).map((item) => ({ ...item, personal: file.path === 'CLAUDE.local.md' || item.personal })),
  render: whole,
};

function whole(memories: readonly Memory[]): readonly Rendered[] {
  return memories.length === 0 ? [] : [{ kind: 'block', content: renderEntries(memories, LIMIT) }];
}

/** The statements of a file of instructions. */
export function instructionItems({ shown, text }: SourceFile, paths: readonly string[]): readonly Importable[] {
  const { body, bodyLine } = readRuleFile(text);
  return markdownItems(body, { file: shown, firstLine: bodyLine, paths });
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}
