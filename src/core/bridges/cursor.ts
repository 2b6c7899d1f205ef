import { fieldText } from '../memory/frontMatter';
import { globsOf, joinGlobs } from './ruleFile';
import { ruleFolderFormat } from './ruleFolder';

/**
 * Cursor's rules: `.mdc` files whose front matter says when they load: `alwaysApply`, `globs`, or a `description` by
 * which the agent chooses. The one file of old, `.cursorrules`, is read.
 */
export const cursor = ruleFolderFormat({
  id: 'cursor',
  folder: '.cursor/rules/',
  extension: '.mdc',
  oldFile: '.cursorrules',
  // A rule of more lines than that is said to be followed badly.
  limit: 16_000,
  pathsOf: (fields) => (fields.get('alwaysApply') === true ? [] : globsOf(fields.get('globs'))),
  always: ['description: Memory of this project', 'alwaysApply: true'],
  scoped: ({ description, paths }) => [
    `description: ${fieldText(description)}`,
    // No YAML: Cursor takes the line as it is, and a quoted star would be a part of the glob.
    `globs: ${joinGlobs(paths) ?? ''}`,
    'alwaysApply: false',
  ],
});
