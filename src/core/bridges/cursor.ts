import { fieldText } from '../memory/frontMatter';
import type { Memory } from '../memory/memory';
import type { BridgeFormat, Importable, Rendered, RenderContext, SourceFile } from './bridge';
import { renderEntries, scopedEntry } from './entries';
import { instructionItems } from './agentsMd';
import { isOwnName, OWN_NAME, ownName } from './ruleNames';
import { globsOf, joinGlobs, readRuleFile, ruleItems, textField } from './ruleFile';
import { renderOwnFile } from './ownFile';

const FOLDER = '.cursor/rules/';
/** A rule of more lines than that is said to be followed badly. */
const LIMIT = 16_000;

/**
 * Cursor's rules: `.mdc` files whose front matter says when they load: `alwaysApply`, `globs`, or a `description` by
 * which the agent chooses. The one file of old, `.cursorrules`, is read.
 */
export const cursor: BridgeFormat = {
  id: 'cursor',
  root: 'workspace',
  places: ['.cursorrules', FOLDER],
  blocks: [],
  makes: false,
  globs: 'field',
  reads: (path) => path === '.cursorrules' || (path.startsWith(FOLDER) && path.endsWith('.mdc')),
  owns: (path) => path.startsWith(FOLDER) && isOwnName(path.slice(FOLDER.length).replace(/\.mdc$/u, '')),
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
  if (file.path === '.cursorrules') return instructionItems(file, []);
  const rule = readRuleFile(file.text);
  const paths = rule.fields.get('alwaysApply') === true ? [] : globsOf(rule.fields.get('globs'));
  return ruleItems(file, rule, { description: textField(rule.fields, 'description'), paths });
}

function always(memories: readonly Memory[], { hasher }: RenderContext): Rendered {
  const front = ['description: Memory of this project', 'alwaysApply: true'];
  const text = renderOwnFile(front, renderEntries(memories, LIMIT), hasher);
  return { kind: 'file', path: `${FOLDER}${OWN_NAME}.mdc`, text };
}

function ofPaths(memory: Memory, { hasher }: RenderContext): Rendered {
  const front = [
    `description: ${fieldText(memory.description)}`,
    // No YAML: Cursor takes the line as it is, and a quoted star would be a part of the glob.
    `globs: ${joinGlobs(memory.paths) ?? ''}`,
    'alwaysApply: false',
  ];
  const text = renderOwnFile(front, scopedEntry(memory, LIMIT), hasher);
  return { kind: 'file', path: `${FOLDER}${ownName(memory)}.mdc`, text };
}
