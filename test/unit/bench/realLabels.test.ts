import { describe, expect, test } from 'vitest';
import { canonicalCommand } from '../../../bench/quality/canonicalCommand';
import { finalOf, LABEL_FILES, readLabels } from '../../../bench/quality/realLabels';
import { wilson } from '../../../bench/quality/statistics';
import { root } from '../../../scripts/root';
import { createSecretScanner } from '../../../src/core/secrets/scanner';

describe('the hand labels of real sessions', () => {
  test.each(LABEL_FILES)('%s is adjudicated by the rule, with short quotes that hold no secret', (file) => {
    const rows = readLabels(root, file);
    const scanner = createSecretScanner();

    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      expect(row.key).toMatch(/^[0-9a-f]{16}$/u);
      expect(row.final).toBe(finalOf(row.a, row.b, file.startsWith('prompts')));
      expect((row.quote ?? '').length).toBeLessThanOrEqual(60);
    }
    expect(scanner.scan(rows.map((row) => row.quote ?? '').join('\n'))).toEqual([]);
  });

  test('no prompt is worth a memory to one labeller and nothing to the other', () => {
    const rows = [...readLabels(root, 'prompts.dev.jsonl'), ...readLabels(root, 'prompts.test.jsonl')];
    expect(rows.filter(({ a, b }) => new Set([a, b, 'maybe']).size === 3)).toEqual([]);
  });

  test('a command is the same with another folder before it and a shortened output behind it', () => {
    const same = ['go test ./...', 'cd /home/a/x && go test ./... 2>&1 | tail -20', 'go  test ./... 2>&1 | head -n 5'];
    expect(new Set(same.map(canonicalCommand))).toEqual(new Set(['go test ./...']));
    expect(canonicalCommand('go test ./... | grep FAIL')).not.toBe('go test ./...');
  });
});

describe("Wilson's interval", () => {
  test('is what the textbook says for 9 of 10', () => {
    const { low, high } = wilson(9, 10);
    expect(low).toBeCloseTo(0.596, 3);
    expect(high).toBeCloseTo(0.982, 3);
  });

  test('says nothing where nothing was tried', () => {
    expect(wilson(0, 0)).toMatchObject({ low: 0, high: 1 });
  });
});
