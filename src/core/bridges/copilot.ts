import { fieldText } from '../memory/frontMatter';
import type { Memory } from '../memory/memory';
import { instructionItems } from './agentsMd';
import type { BridgeFormat, Importable, Rendered, RenderContext, SourceFile } from './bridge';
import { renderEntries, scopedEntry } from './entries';
import { renderOwnFile } from './ownFile';
import { globsOf, joinGlobs, readRuleFile, ruleItems, textField } from './ruleFile';
import { isOwnName, ownName } from './ruleNames';

const WHOLE = '.github/copilot-instructions.md';
const FOLDER = '.github/instructions/';
const ENDING = '.instructions.md';
const LIMIT = 16_000;

/** Copilot's instructions: one file for everything, and `.instructions.md` files with `applyTo`. */
export const copilot: BridgeFormat = {
  id: 'copilot',
  root: 'workspace',
  places: [WHOLE, FOLDER],
  blocks: [WHOLE],
  makes: true,
  globs: 'field',
  reads: (path) => path === WHOLE || (path.startsWith(FOLDER) && path.endsWith(ENDING)),
  owns: (path) =>
    path.startsWith(FOLDER) && path.endsWith(ENDING) && isOwnName(path.slice(FOLDER.length, -ENDING.length)),
  parse,
  render: (memories, context): readonly Rendered[] => {
    const everywhere = memories.filter(({ paths }) => paths.length === 0);
    const scoped = memories.filter(({ paths }) => paths.length > 0);
    return [
      ...(everywhere.length === 0 ? [] : [whole(everywhere)]),
      ...scoped.map((memory) => ofPaths(memory, context)),
    ];
  },
};

function parse(file: SourceFile): readonly Importable[] {
  if (file.path === WHOLE) return instructionItems(file, []);
  const rule = readRuleFile(file.text);
  const description = textField(rule.fields, 'description') || textField(rule.fields, 'name');
  return ruleItems(file, rule, { description, paths: globsOf(rule.fields.get('applyTo')) });
}

function whole(memories: readonly Memory[]): Rendered {
  return { kind: 'block', content: renderEntries(memories, LIMIT) };
}

function ofPaths(memory: Memory, { hasher }: RenderContext): Rendered {
  const front = [
    `description: ${fieldText(memory.description)}`,
    `applyTo: ${JSON.stringify(joinGlobs(memory.paths) ?? '')}`,
  ];
  const text = renderOwnFile(front, scopedEntry(memory, LIMIT), hasher);
  return { kind: 'file', path: `${FOLDER}${ownName(memory)}${ENDING}`, text };
}
