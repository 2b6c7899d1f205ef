import { fieldText } from '../memory/frontMatter';
import type { Memory } from '../memory/memory';
import { oneSpace } from '../dream/text/words';
import type { BridgeFormat, Importable, Rendered, RenderContext, SourceFile } from './bridge';
import { bodyOf } from './entries';
import { descriptionOf, markdownItems } from './markdownItems';
import { renderOwnFile } from './ownFile';
import { readRuleFile, textField } from './ruleFile';
import { isOwnName, ownName } from './ruleNames';

const INDEX = 'MEMORY.md';
/** An index is loaded up to 200 lines and 25 kB; Claude Code needs room for its own lines. */
const MOST_LINES = 100;
const MAX_FACT = 8_000;
/** What the four types of Claude Code's notes are here. */
const CATEGORY_OF: ReadonlyMap<string, string> = new Map([
  ['user', 'preferences'],
  ['feedback', 'conventions'],
  ['project', 'facts'],
  ['reference', 'facts'],
]);
/** And back: how to work is feedback, what is so is about the project. */
const FEEDBACK: ReadonlySet<string> = new Set(['preferences', 'conventions', 'pitfalls', 'workflows']);

/** A note of Claude Code's auto memory, with what it says of where it comes from. */
export interface ClaudeNote extends Importable {
  /** The session that wrote it, where Claude Code says so. */
  readonly session?: string;
}

/**
 * Claude Code's auto memory: one file per fact (`name`, `description`, `metadata.type`), and the index `MEMORY.md` of one
 * line each.
 */
export const claudeMemory: BridgeFormat = {
  id: 'claude-memory',
  root: 'claude-memory',
  places: ['/'],
  blocks: [INDEX],
  makes: true,
  globs: 'words',
  reads: (path) => /^[^/]+\.md$/u.test(path),
  owns: (path) => isOwnName(path.replace(/\.md$/u, '')) && !path.includes('/'),
  parse: (file) => (file.path === INDEX ? indexItems(file) : [...claudeNote(file)]),
  render: (memories, context): readonly Rendered[] => {
    const files = memories.slice(0, MOST_LINES);
    const more = memories.length - files.length;
    const lines = [
      ...files.map((memory) => `- [${titleOf(memory)}](${ownName(memory)}.md) — ${titleOf(memory)}`),
      ...(more > 0 ? [`- ${more} more in \`${context.root}/.agent-memory/MEMORY.md\``] : []),
    ];
    return [
      ...(files.length === 0 ? [] : [{ kind: 'block', content: lines.join('\n') } as const]),
      ...files.map((memory) => factFile(memory, context)),
    ];
  },
};

/** The fact of one file; empty if it says nothing that could be remembered. */
export function claudeNote({ shown, path, text }: SourceFile): readonly ClaudeNote[] {
  const { fields, body, bodyLine } = readRuleFile(text);
  const said = body.trim();
  if (said === '' || said.length > MAX_FACT) return [];
  const lead = body.length - body.trimStart().length;
  const line = bodyLine + body.slice(0, lead).split('\n').length - 1;
  const metadata = fieldsBelow(fields.get('metadata'));
  const type = textField(metadata, 'type');
  const session = textField(metadata, 'originSessionId');
  const told = textField(fields, 'description');
  const category = CATEGORY_OF.get(type);
  return [
    {
      file: shown,
      line,
      lastLine: line + said.split('\n').length - 1,
      quote: said,
      name: textField(fields, 'name') || path.replace(/\.md$/u, ''),
      description: told === '' ? descriptionOf(said) : oneSpace(told).slice(0, 200),
      body: said.replace(/\r\n/gu, '\n'),
      heading: '',
      ...(category === undefined ? {} : { category }),
      paths: [],
      personal: type === 'user',
      ...(session === '' ? {} : { session }),
    },
  ];
}

function fieldsBelow(value: unknown): ReadonlyMap<string, unknown> {
  if (!(value instanceof Map)) return new Map();
  return new Map([...(value as ReadonlyMap<unknown, unknown>)].map(([key, item]) => [String(key), item]));
}

/** What people and Claude Code wrote into the index itself; lines that point to a file are told there. */
function indexItems({ shown, text }: SourceFile): readonly Importable[] {
  const { body, bodyLine } = readRuleFile(text);
  const items = markdownItems(body, { file: shown, firstLine: bodyLine });
  return items.filter(({ quote }) => !/\]\([^)\s]{1,300}\.md\)/u.test(quote));
}

function factFile(memory: Memory, { hasher }: RenderContext): Rendered {
  const name = ownName(memory);
  const front = [
    `name: ${name}`,
    `description: ${fieldText(memory.description)}`,
    'metadata:',
    `  type: ${FEEDBACK.has(memory.category) ? 'feedback' : 'project'}`,
  ];
  const globs = memory.paths.map((glob) => `\`${glob}\``).join(', ');
  const said = [`${titleOf(memory)}.`, ...(globs === '' ? [] : [`Applies to: ${globs}`]), bodyOf(memory)];
  const text = renderOwnFile(front, said.filter((part) => part !== '').join('\n\n'), hasher);
  return { kind: 'file', path: `${name}.md`, text };
}

function titleOf({ description }: Memory): string {
  return oneSpace(description)
    .replace(/[[\]]/gu, '')
    .replace(/[.。]$/u, '');
}
