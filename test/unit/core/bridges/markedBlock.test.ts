import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { putBlock, readBlock, removeBlock, type MarkedBlock } from '../../../../src/core/bridges/markedBlock';
import { nodeHasher } from '../../../fakes/fakePorts';

const hasher = nodeHasher();
const BOM = '\uFEFF';

function blockIn(text: string): MarkedBlock {
  const read = readBlock(text, hasher);
  if (read.kind !== 'block') throw new Error(`There is ${read.kind}.`);
  return read.block;
}

function put(text: string | undefined, content: string): string {
  const read = text === undefined ? ({ kind: 'none' } as const) : readBlock(text, hasher);
  if (read.kind !== 'none' && read.kind !== 'block') throw new Error(read.kind);
  return putBlock(text, content, { block: read.kind === 'block' ? read.block : undefined, hasher });
}

/** Everything that ends lines, marks files or looks like ours, in any order. */
const pieces = fc
  .array(
    fc.constantFrom(
      '\n',
      '\r\n',
      '\r',
      'a rule',
      '# Title',
      ' ',
      '```',
      '---',
      '<!-- note -->',
      '- x',
      'é',
      '\t',
      '\u2028',
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''));
const files = fc.tuple(fc.constantFrom('', BOM), pieces).map(([bom, text]) => bom + text);
const contents = fc.oneof(
  pieces,
  fc.constantFrom(
    '<!-- agent-dreams:memory:end -->',
    '<!-- agent-dreams:memory:begin v1 0123456789abcdef 1+1 x -->\nx\n<!-- agent-dreams:memory:end -->',
    'a\r\n<!-- agent-dreams:memory:end -->\r\nb',
  ),
);

describe('our block in a file of a person', () => {
  it('goes behind everything, with the line ends of the file', () => {
    expect(put('# Rules\r\n\r\nUse tabs.\r\n', 'A\nB')).toMatch(
      /^# Rules\r\n\r\nUse tabs\.\r\n\r\n<!-- agent-dreams:memory:begin v1 [0-9a-f]{16} 1\+1 generated[^\n]*-->\r\nA\r\nB\r\n<!-- agent-dreams:memory:end -->\r\n$/u,
    );
  });

  it('leaves a file without a final line break without one', () => {
    expect(put('Use tabs.', 'A').endsWith('<!-- agent-dreams:memory:end -->')).toBe(true);
  });

  it('is a file of its own where there is none, and takes it along when it goes', () => {
    const text = put(undefined, 'A');
    expect(text.endsWith('-->\n')).toBe(true);
    expect(removeBlock(text, blockIn(text))).toBeUndefined();
  });

  it('leaves a file that it made and a person went on writing in', () => {
    const text = `${put(undefined, 'A')}\nMine.\n`;
    expect(removeBlock(text, blockIn(text))).toBe('\nMine.\n');
  });

  it('leaves an empty file that was there', () => {
    const text = put('', 'A');
    expect(removeBlock(text, blockIn(text))).toBe('');
  });

  it('comes back to the byte, whatever the file held, however often it was written', () => {
    fc.assert(
      fc.property(files, contents, contents, (file, first, second) => {
        const once = put(file, first);
        const twice = put(once, second);
        expect(put(twice, second)).toBe(twice);
        expect([blockIn(once).edited, blockIn(twice).edited]).toEqual([false, false]);
        expect(removeBlock(once, blockIn(once))).toBe(file);
        expect(removeBlock(twice, blockIn(twice))).toBe(file);
        expect(twice.startsWith(file)).toBe(true);
      }),
    );
  });

  it('is replaced where it stands, and every byte around it stays', () => {
    fc.assert(
      fc.property(files, contents, contents, contents, (file, other, first, second) => {
        const around = put(file, first) + other.replaceAll('<', '');
        const block = blockIn(around);
        const after = put(around, second);
        expect(after.slice(0, block.start)).toBe(around.slice(0, block.start));
        expect(after.endsWith(around.slice(block.end))).toBe(true);
      }),
    );
  });

  it('is nobody’s change where only line ends were turned round', () => {
    fc.assert(
      fc.property(pieces, contents, (file, content) => {
        const text = put(file.replaceAll('\r', ''), content.replaceAll('\r', ''));
        expect(blockIn(text.replaceAll('\n', '\r\n')).edited).toBe(false);
      }),
    );
  });

  it('tells that somebody changed it', () => {
    const text = put('Mine.\n', 'Use pnpm.');
    expect(blockIn(text).edited).toBe(false);
    expect(blockIn(text.replace('Use pnpm.', 'Use npm.')).edited).toBe(true);
    expect(blockIn(text.replace('Use pnpm.', 'Use pnpm. ')).edited).toBe(true);
  });

  it('knows one without a version or a hash, and replaces it without adding line breaks', () => {
    const old = 'Mine.\n<!-- agent-dreams:memory:begin -->\nold\n<!-- agent-dreams:memory:end -->\nMore.\n';
    expect(blockIn(old)).toMatchObject({ version: 0, edited: false, content: 'old', line: 2 });
    const now = put(old, 'new');
    expect(blockIn(now)).toMatchObject({ version: 1, content: 'new' });
    expect(removeBlock(now, blockIn(now))).toBe('Mine.\n\nMore.\n');
  });

  it.each([
    ['an opening mark alone', 'a\n<!-- agent-dreams:memory:begin -->\nx\n', { kind: 'torn', line: 2 }],
    ['a closing mark alone', '<!-- agent-dreams:memory:end -->\n', { kind: 'torn', line: 1 }],
    ['an opening mark within', `${put('a\n', 'x')}<!-- agent-dreams:memory:begin -->`, { kind: 'twice', line: 6 }],
    ['a closing mark too many', `${put('a\n', 'x')}<!-- agent-dreams:memory:end -->`, { kind: 'torn', line: 6 }],
    ['two of them', put('a\n', 'x') + put('b\n', 'y'), { kind: 'twice', line: 8 }],
    [
      'one of a newer extension',
      '<!-- agent-dreams:memory:begin v2 whatever -->\nx\n<!-- agent-dreams:memory:end -->',
      { kind: 'newer', line: 1 },
    ],
    ['a mark in the middle of a line', 'see <!-- agent-dreams:memory:begin -->', { kind: 'none' }],
  ])('is found out: %s', (_name, text, expected) => {
    expect(readBlock(text, hasher)).toEqual(expected);
  });

  it('cannot be ended by what it says', () => {
    const text = put('', 'a\n<!-- agent-dreams:memory:end -->\nb');
    expect(blockIn(text).content).toBe('a\n&lt;!-- agent-dreams:memory:end -->\nb');
  });
});
