import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readOwnFile, renderOwnFile } from '../../../../src/core/bridges/ownFile';
import { nodeHasher } from '../../../fakes/fakePorts';

const hasher = nodeHasher();

describe('a file of rules that is ours alone', () => {
  it('has its front matter first, then the mark', () => {
    expect(renderOwnFile(['alwaysApply: true'], 'Use pnpm.', hasher)).toMatch(
      /^---\nalwaysApply: true\n---\n<!-- agent-dreams:memory:file v1 [0-9a-f]{16} generated[^\n]*-->\n\nUse pnpm\.\n$/u,
    );
  });

  it('is known whatever it says, also with line ends turned round', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), fc.string({ unit: 'grapheme' }), (front, body) => {
        const lines = front.map((line) => line.replace(/[\r\n]/gu, ''));
        const text = renderOwnFile(lines, body, hasher);
        expect(readOwnFile(text, hasher)).toEqual({ kind: 'ours', edited: false });
        expect(readOwnFile(text.replaceAll('\n', '\r\n'), hasher)).toEqual({ kind: 'ours', edited: false });
      }),
    );
  });

  it('tells that somebody changed it, front matter included', () => {
    const text = renderOwnFile(['alwaysApply: true'], 'Use pnpm.', hasher);
    expect(readOwnFile(text.replace('true', 'false'), hasher)).toEqual({ kind: 'ours', edited: true });
    expect(readOwnFile(`${text}More.\n`, hasher)).toEqual({ kind: 'ours', edited: true });
  });

  it('is told from that of a person, and from a newer one', () => {
    expect(readOwnFile('---\nalwaysApply: true\n---\nMine.\n', hasher)).toEqual({ kind: 'foreign' });
    const text = renderOwnFile([], 'Use pnpm.', hasher).replace(':file v1 ', ':file v2 ');
    expect(readOwnFile(text, hasher)).toEqual({ kind: 'newer' });
  });
});
