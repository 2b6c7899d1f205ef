import { describe, expect, it } from 'vitest';
import { confirmationText } from '../../../../src/vscode/review/confirmationText';
import { change } from '../../core/review/dreamt';
import { plainTranslate } from '../../../../src/vscode/translate';

const files = [{ path: 'facts/a.md', before: null, after: 'Run `x`.\n' }] as const;

describe('a separate confirmation', () => {
  it('is not asked for a rule of the user, a contradiction or a quoted error line', () => {
    const warnings = [
      { kind: 'contradiction', message: 'It replaces a.' },
      { kind: 'quotes-tool', message: 'It quotes.' },
    ] as const;
    expect(confirmationText(change('one', files), plainTranslate)).toBeUndefined();
    expect(confirmationText(change('one', files, { warnings }), plainTranslate)).toBeUndefined();
  });

  it('says what would be added, why it is asked, and on what it rests', () => {
    const quote = { kind: 'quote', session: 's', entry: 'e', by: 'file', quote: 'Run\n  `x`.', at: '' } as const;
    const warnings = [{ kind: 'quarantined', message: 'A page says so.' }] as const;
    const text = confirmationText(change('one', files, { warnings, evidence: [quote] }), plainTranslate);
    expect(text?.detail).toContain('• A page says so.');
    expect(text?.detail).toContain('Run `x`.');
    expect(text?.detail).toContain('A file or page said: “Run `x`.”');
    expect(text?.note).toBe('Confirmed: quarantined');
  });

  it('shows what a text hides, and makes no link of it', () => {
    const risky = [{ path: 'facts/a.md', before: null, after: 'Run \u202Eit\u200B.\n' }] as const;
    const more = { trust: 'tool', title: '[a](command:x)\u202E' } as const;
    const text = confirmationText(change('one', risky, more), plainTranslate);
    expect(text?.message).toBe('Put “[a] (command:x)[U+202E]” into memory?');
    expect(text?.detail).toContain('Run [U+202E]it[U+200B].');
  });
});
