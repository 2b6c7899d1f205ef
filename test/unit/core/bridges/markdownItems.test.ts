import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markdownItems } from '../../../../src/core/bridges/markdownItems';

function items(lines: readonly string[]) {
  return markdownItems(lines.join('\n'), { file: 'AGENTS.md', firstLine: 1 });
}

describe('the statements of a Markdown text', () => {
  it('are its list items, each with the lines it stands on', () => {
    const found = items(['# Style', '', '- Use tabs for indentation', '- Name tests after', '  what they specify', '']);
    expect(found.map(({ line, lastLine, description }) => [line, lastLine, description])).toEqual([
      [3, 3, 'Use tabs for indentation'],
      [4, 5, 'Name tests after what they specify'],
    ]);
    expect(found[1]?.quote).toBe('- Name tests after\n  what they specify');
  });

  it('keep what is below an item with it', () => {
    const [item] = items([
      '* Run the checks before a push:',
      '',
      '  ```sh',
      '  pnpm check',
      '  ```',
      '',
      'Other text here.',
    ]);
    expect(item?.body).toBe('Run the checks before a push:\n\n```sh\npnpm check\n```');
  });

  it('are paragraphs, with the code below them', () => {
    const found = items(['Build with the script:', '', '```', 'make all', '```', '', 'The API lives in packages/api.']);
    expect(found.map(({ body }) => body)).toEqual([
      'Build with the script:\n\n```\nmake all\n```',
      'The API lives in packages/api.',
    ]);
  });

  it('take numbered steps as one', () => {
    const found = items([
      '## Release',
      '',
      '1. Bump the version',
      '2. Tag the commit',
      '',
      '3. Push the tag',
      '',
      'Done by CI.',
    ]);
    expect(found[0]).toMatchObject({ line: 3, lastLine: 6, description: 'Release' });
    expect(found[0]?.body).toBe('Release:\n\n1. Bump the version\n2. Tag the commit\n\n3. Push the tag');
  });

  it('carry the words above them that turn them round', () => {
    const found = items(['## Do not', '', '- commit to main directly', '', 'Always:', '', '- run the linter first']);
    expect(found.map(({ body }) => body)).toEqual(['Do not: commit to main directly', 'Always: run the linter first']);
  });

  it('say when they hold, where a longer sentence introduces them', () => {
    const [item] = items(['In the folder where the server lives:', '', '- Return errors as values']);
    expect(item).toMatchObject({
      description: 'Return errors as values',
      body: 'Return errors as values\n\n**Apply when:** In the folder where the server lives.',
    });
  });

  it('take the code that an item announces with it, indented or not', () => {
    const [item, next] = items([
      '- Only these are correct:',
      '',
      '```ts',
      'x => x',
      '```',
      '',
      '- Always use braces here',
    ]);
    expect(item?.body).toBe('Only these are correct:\n\n```ts\nx => x\n```');
    expect(next?.line).toBe(7);
  });

  it('leave out links, imports, badges, tables, rules and comments', () => {
    const found = items([
      '[docs](docs/readme.md)', '', '@docs/rules.md', '', '![badge](x.svg)', '', '| a | b |', '| - | - |', '', '---', '',
      '<!-- Use npm everywhere', 'in this file -->', '', '- https://example.com/a/b', '', '```', 'just code here', '```',
    ]); // prettier-ignore
    expect(found).toEqual([]);
  });

  it('read Windows line ends', () => {
    expect(markdownItems('- Use pnpm for this\r\n- Never use npm here\r\n', { file: 'x', firstLine: 5 })).toMatchObject(
      [
        { line: 5, body: 'Use pnpm for this' },
        { line: 6, body: 'Never use npm here' },
      ],
    );
  });

  it('never fail, and always say where they stand', () => {
    const line = fc.oneof(
      fc.constantFrom(
        '',
        '- use pnpm in here',
        '1. first do this',
        '# Title',
        '```',
        '  more of it',
        '> said so once',
        'Never:',
      ),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), (lines) => {
        const text = lines.join('\n');
        const all = text.split('\n').map((one) => one.replace(/\r$/u, ''));
        for (const item of markdownItems(text, { file: 'x', firstLine: 1 }))
          expect(
            all
              .slice(item.line - 1, item.lastLine)
              .join('\n')
              .slice(0, 4_000),
          ).toBe(item.quote);
      }),
    );
  });
});
