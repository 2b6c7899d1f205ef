import { describe, expect, it } from 'vitest';
import { DEFAULT_SCHEMA_TEXT } from '../../../../src/core/memory/defaultTexts';
import { parseSchema } from '../../../../src/core/memory/schema';

function schemaWith(category: string): string {
  return `---\ncategories:\n  ours:\n${category
    .split('\n')
    .map((line) => `    ${line}\n`)
    .join('')}---\nProse.\n`;
}

describe('the default schema', () => {
  it('has the categories of the design, all for the team, and says what to extract', () => {
    const { categories, instructions } = parseSchema(DEFAULT_SCHEMA_TEXT);

    expect(categories.map(({ name }) => name)).toEqual([
      'preferences',
      'conventions',
      'commands',
      'pitfalls',
      'workflows',
      'decisions',
      'facts',
    ]);
    expect(
      categories.every(({ enabled, scope, description }) => enabled && scope === 'team' && description !== ''),
    ).toBe(true);
    expect(instructions).toContain('Remember');
  });
});

describe('a schema', () => {
  it('is read field by field, with defaults for what is not there', () => {
    const { categories, instructions } = parseSchema(
      '\uFEFF---\r\ncategories:\r\n  ours:\r\n    enabled: false\r\n    description: Ours\r\n    cues: [" house style "]\r\n' +
        '    ignore:\r\n      - buttons\r\n    minSessions: 4\r\n    scope: personal\r\n    colour: blue\r\n  bare:\r\nother: 1\r\n---\r\nProse.\r\n',
    );

    expect(categories).toEqual([
      {
        name: 'ours',
        enabled: false,
        description: 'Ours',
        cues: ['house style'],
        ignore: ['buttons'],
        minSessions: 4,
        scope: 'personal',
      },
      { name: 'bare', enabled: true, description: '', cues: [], ignore: [], minSessions: 1, scope: 'team' },
    ]);
    expect(instructions).toBe('Prose.');
  });

  it.each([
    ['Prose only', 'no front matter'],
    ['---\na: [\n---\n', 'line'],
    ['---\nother: 1\n---\n', '"categories" must list'],
    ['---\ncategories: {}\n---\n', '"categories" must list'],
    ['---\ncategories: [a]\n---\n', '"categories" must list'],
    ['---\ncategories:\n  Big Words:\n---\n', 'Big Words'],
    ['---\ncategories:\n  archive:\n---\n', 'archive'],
    ['---\ncategories:\n  ours: yes\n---\n', 'ours must hold fields'],
    [schemaWith('enabled: "no"'), 'ours.enabled'],
    [schemaWith('minSessions: 0'), 'ours.minSessions'],
    [schemaWith('minSessions: 1.5'), 'ours.minSessions'],
    [schemaWith('minSessions: many'), 'ours.minSessions'],
    [schemaWith('scope: world'), 'ours.scope'],
    [schemaWith('description: [x]'), 'ours.description'],
    [schemaWith('cues: word'), 'ours.cues'],
    [schemaWith('cues: [1]'), 'ours.cues'],
    [schemaWith('cues: [""]'), 'ours.cues'],
    [schemaWith(`cues: ["${'x'.repeat(201)}"]`), 'ours.cues'],
    [schemaWith(`ignore: [${'a, '.repeat(201)}]`), 'ours.ignore'],
  ])('that is wrong says where: %j', (text, where) => {
    expect(() => parseSchema(text)).toThrow(
      expect.objectContaining({ code: 'invalid-input', message: expect.stringContaining(where) as unknown }),
    );
  });
});
