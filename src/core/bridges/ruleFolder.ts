import type { Memory } from '../memory/memory';
import { instructionItems } from './agentsMd';
import type { BridgeFormat, Importable, Rendered, SourceFile } from './bridge';
import { renderEntries, scopedEntry } from './entries';
import { renderOwnFile } from './ownFile';
import { readRuleFile, ruleItems, textField } from './ruleFile';
import { isOwnName, OWN_NAME, ownName } from './ruleNames';

type Fields = ReadonlyMap<string, unknown>;

/** What sets one editor's folder of rules apart from another's. */
interface RuleFolder {
  readonly id: BridgeFormat['id'];
  /** With a slash at the end. */
  readonly folder: string;
  /** With its dot. */
  readonly extension: string;
  /** The one file of old, which is read only. */
  readonly oldFile: string;
  /** Characters of a file's text. */
  readonly limit: number;
  /** The globs that a file's front matter gives; none = everywhere. */
  readonly pathsOf: (fields: Fields) => readonly string[];
  /** Lines of the front matter of what always loads. */
  readonly always: readonly string[];
  /** Lines of the front matter of a memory about some files. */
  readonly scoped: (memory: Memory) => readonly string[];
}

/** A format of one file per rule, with front matter that says when it loads. */
export function ruleFolderFormat(rules: RuleFolder): BridgeFormat {
  const { id, folder, extension, oldFile, limit } = rules;
  const nameOf = (path: string): string => path.slice(folder.length, -extension.length);
  return {
    id,
    root: 'workspace',
    places: [oldFile, folder],
    blocks: [],
    makes: false,
    globs: 'field',
    reads: (path) => path === oldFile || (path.startsWith(folder) && path.endsWith(extension)),
    owns: (path) => path.startsWith(folder) && path.endsWith(extension) && isOwnName(nameOf(path)),
    parse: (file) => parse(file, rules),
    render: (memories, { hasher }): readonly Rendered[] => {
      const file = (name: string, front: readonly string[], text: string): Rendered => ({
        kind: 'file',
        path: `${folder}${name}${extension}`,
        text: renderOwnFile(front, text, hasher),
      });
      const everywhere = memories.filter(({ paths }) => paths.length === 0);
      const scoped = memories.filter(({ paths }) => paths.length > 0);
      return [
        ...(everywhere.length === 0 ? [] : [file(OWN_NAME, rules.always, renderEntries(everywhere, limit))]),
        ...scoped.map((memory) => file(ownName(memory), rules.scoped(memory), scopedEntry(memory, limit))),
      ];
    },
  };
}

function parse(file: SourceFile, { oldFile, pathsOf }: RuleFolder): readonly Importable[] {
  if (file.path === oldFile) return instructionItems(file, []);
  const rule = readRuleFile(file.text);
  return ruleItems(file, rule, { description: textField(rule.fields, 'description'), paths: pathsOf(rule.fields) });
}
