import { fieldText } from '../memory/frontMatter';
import { globsOf, joinGlobs, textField } from './ruleFile';
import { ruleFolderFormat } from './ruleFolder';

/**
 * Windsurf's rules: Markdown files whose `trigger` says when they load: `always_on`, `glob` with `globs`,
 * `model_decision` by their `description`, or `manual`. The one file of old, `.windsurfrules`, is read.
 */
export const windsurf = ruleFolderFormat({
  id: 'windsurf',
  folder: '.windsurf/rules/',
  extension: '.md',
  oldFile: '.windsurfrules',
  // What Windsurf reads of one file is 12,000 characters, front matter and mark included.
  limit: 11_500,
  pathsOf: (fields) => {
    const trigger = textField(fields, 'trigger');
    // Globs count for this trigger alone, and without a trigger.
    return trigger === '' || trigger === 'glob' ? globsOf(fields.get('globs')) : [];
  },
  always: ['trigger: always_on', 'description: Memory of this project'],
  scoped: ({ description, paths }) => [
    'trigger: glob',
    `globs: ${joinGlobs(paths) ?? ''}`,
    `description: ${fieldText(description)}`,
  ],
});
