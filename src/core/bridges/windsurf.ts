import { fieldText } from '../memory/frontMatter';
import type { Memory } from '../memory/memory';
import { instructionItems } from './agentsMd';
import type { BridgeFormat, Importable, Rendered, RenderContext, SourceFile } from './bridge';
import { renderEntries, scopedEntry } from './entries';
import { renderOwnFile } from './ownFile';
import { globsOf, joinGlobs, readRuleFile, ruleItems, textField } from './ruleFile';
import { isOwnName, OWN_NAME, ownName } from './ruleNames';

const FOLDER = '.windsurf/rules/';
/** What Windsurf reads of one file is 12,000 characters, front matter and mark included. */
const LIMIT = 11_500;

/**
 * Windsurf's rules: Markdown files whose `trigger` says when they load: `always_on`, `glob` with `globs`,
 * `model_decision` by their `description`, or `manual`. The one file of old, `.windsurfrules`, is read.
 */
export const windsurf: BridgeFormat = {
  id: 'windsurf',
  root: 'workspace',
  places: ['.windsurfrules', FOLDER],
  blocks: [],
  makes: false,
  globs: 'field',
  reads: (path) => path === '.windsurfrules' || (path.startsWith(FOLDER) && path.endsWith('.md')),
  owns: (path) => path.startsWith(FOLDER) && isOwnName(path.slice(FOLDER.length).replace(/\.md$/u, '')),
  parse,
  render: (memories, context): readonly Rendered[] => {
    const everywhere = memories.filter(({ paths }) => paths.length === 0);
    const scoped = memories.filter(({ paths }) => paths.length > 0);
    return [
      ...(everywhere.length === 0 ? [] : [always(everywhere, context)]),
      ...scoped.map((memory) => ofPaths(memory, context)),
    ];
  },
};

function parse(file: SourceFile): readonly Importable[] {
  if (file.path === '.windsurfrules') return instructionItems(file, []);
  const rule = readRuleFile(file.text);
  const trigger = textField(rule.fields, 'trigger');
  // Globs count for this trigger alone, and without a trigger.
  const paths = trigger === '' || trigger === 'glob' ? globsOf(rule.fields.get('globs')) : [];
  return ruleItems(file, rule, { description: textField(rule.fields, 'description'), paths });
}

function always(memories: readonly Memory[], { hasher }: RenderContext): Rendered {
  const front = ['trigger: always_on', 'description: Memory of this project'];
  const text = renderOwnFile(front, renderEntries(memories, LIMIT), hasher);
  return { kind: 'file', path: `${FOLDER}${OWN_NAME}.md`, text };
}

function ofPaths(memory: Memory, { hasher }: RenderContext): Rendered {
  const front = [
    'trigger: glob',
    `globs: ${joinGlobs(memory.paths) ?? ''}`,
    `description: ${fieldText(memory.description)}`,
  ];
  const text = renderOwnFile(front, scopedEntry(memory, LIMIT), hasher);
  return { kind: 'file', path: `${FOLDER}${ownName(memory)}.md`, text };
}
