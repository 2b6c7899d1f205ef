import { expect, it } from 'vitest';
import { REQUEST_WAYS } from '../../../../src/core/dream/finding';
import { requestWords } from '../../../../src/vscode/review/evidenceWords';
import { plainTranslate } from '../../../../src/vscode/translate';

it('every way of asking for a change has its own words, with who asked', () => {
  const words = REQUEST_WAYS.map((way) => requestWords({ way, by: 'some client' }, plainTranslate));
  expect(new Set(words).size).toBe(REQUEST_WAYS.length);
  for (const one of words) expect(one).toContain('some client');
});
