import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distinctiveTokens } from '../../../../bench/secrets/tokens';
import { createRedactor } from '../../../../src/core/secrets/redactor';
import { createSecretScanner } from '../../../../src/core/secrets/scanner';
import { nodeHasher } from '../../../fakes/fakePorts';

const scanner = createSecretScanner();
const redactor = createRedactor(scanner, nodeHasher(), 'workspace key');
const TOKENS = distinctiveTokens(1).map(({ text }) => text);

const piece = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 24 }),
  fc.string({ unit: 'grapheme-ascii', maxLength: 24 }),
  fc.constantFrom(...TOKENS),
  fc.constantFrom(' ', '\n', '"', '\\n', '\u001b[31m', '\u200b', '%3D', 'password = "', 'Bearer ', 'İ', '[redacted:a:'),
);
const text = fc.array(piece, { maxLength: 16 }).map((pieces) => pieces.join(''));

describe('redaction of any text', () => {
  it('leaves nothing to redact', () => {
    fc.assert(
      fc.property(text, (before) => {
        const once = redactor.redact(before).text;
        expect(redactor.redact(once)).toEqual({ text: once, rules: [], findings: [] });
      }),
    );
  });

  it('leaves what stands outside of the findings as it is', () => {
    fc.assert(
      fc.property(text, (before) => {
        const kept: string[] = [];
        let from = 0;
        for (const { start, end } of scanner.scan(before)) {
          kept.push(before.slice(from, start));
          from = end;
        }
        kept.push(before.slice(from));
        const first = createRedactor({ scan: once(before) }, nodeHasher(), 'key').redact(before).text;
        expect(first.split(/\[redacted:[a-z0-9-]{1,64}:[0-9a-f]{8}\]/u).join('')).toBe(kept.join(''));
      }),
    );
  });
});

/** Finds in one text only, so that a single round can be looked at. */
function once(known: string): typeof scanner.scan {
  return (given) => (given === known ? scanner.scan(given) : []);
}

describe('base64 in lines', () => {
  it.each([
    [64, '\n'],
    [76, '\r\n'],
    [64, '\n    '],
  ])('is read across its breaks: %i letters, then %j', (width, lineBreak) => {
    for (const token of TOKENS) {
      const plain = `first line of a file\nvalue=${token}\nanother line of the same file\n`;
      const encoded = Buffer.from(plain).toString('base64');
      const lines = encoded.match(new RegExp(`.{1,${width}}`, 'gu')) ?? [];
      const { text: redacted } = redactor.redact(`data: |\n    ${lines.join(lineBreak)}\n`);
      expect(redacted, token.slice(0, 8)).toMatch(/\[redacted:/u);
    }
  });
});
