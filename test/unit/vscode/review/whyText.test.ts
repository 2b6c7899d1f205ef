import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../../../src/core/dream/finding';
import { plainMarkdown, whyCommands, whyMarkdown } from '../../../../src/vscode/review/whyText';
import { plainTranslate } from '../../../../src/vscode/translate';
import { change } from '../../core/review/dreamt';
import { openChange } from './open';

const target = { folder: 'f', dream: 'd' as never, change: 'c' as never };
const why = (evidence: readonly [Evidence, ...Evidence[]], more: Parameters<typeof openChange>[1] = {}): string =>
  whyMarkdown(
    {
      change: openChange(change('one', [{ path: 'facts/a.md', before: 'a\n', after: 'b\n' }], { evidence }), more),
      target,
      sessionTitle: (session) => (session === 's1' ? 'Fix *the* script' : undefined),
      formatTime: (iso) => `[${iso}]`,
    },
    plainTranslate,
  );
const quote: Evidence = { kind: 'quote', session: 's1', entry: 'e1', by: 'user', quote: 'No, use pnpm', at: 'T' };

describe('Why', () => {
  it('shows quote, speaker, session, time and the way into the session', () => {
    const text = why([quote]);
    expect(text).toContain('> No\\, use pnpm');
    expect(text).toMatch(
      /You said · \*Fix \\\*the\\\* script\* · \\\[T\\\] · \[Show in session\]\(command:agentDreams\.showInSession\?/,
    );
  });

  it('gives the link the ids of the entry', () => {
    const [, encoded = ''] = /showInSession\?([^)]*)\)/.exec(why([quote])) ?? [];
    expect(JSON.parse(decodeURIComponent(encoded))).toEqual([
      { folder: 'f', session: 's1', entry: 'e1', quote: 'No, use pnpm' },
    ]);
  });

  it('has no link into a session that is not kept any more', () => {
    const text = why([{ ...quote, session: 'old' }]);
    expect(text).toContain('a session that is not kept any more');
    expect(text).not.toContain('showInSession');
  });

  it('never lets a quote become markup, a link, an icon or another line', () => {
    const evil = '[x](command:evil) <img src=y> **b**\n# h $(trash) `code`\u202Egnirts';
    const text = why([{ ...quote, quote: evil }]);
    expect(text).not.toContain('](command:evil)');
    expect(text).not.toMatch(/[^\\]<img/);
    expect(text).not.toMatch(/^# h/m);
    expect(text).not.toMatch(/[^\\]\$\(trash/);
    expect(text).toContain('U\\+202E');
    expect(text).not.toContain('\u202E');
  });

  it('tells the other kinds of evidence apart', () => {
    const text = why([
      { kind: 'event', session: 's1', entry: 'e', event: 'failed', quote: 'exit 1', at: '' },
      { kind: 'event', session: 's1', entry: 'e', event: 'succeeded', quote: 'ok', at: '' },
      { kind: 'event', session: 's1', entry: 'e', event: 'denied', quote: 'no', at: '' },
      { kind: 'event', session: 's1', entry: 'e', event: 'edited', quote: 'x', at: '' },
      { kind: 'event', session: 's1', entry: 'e', event: 'interrupted', quote: 'x', at: '' },
      { kind: 'check', subject: 'scripts/x.sh', verdict: 'gone', detail: 'no such file', at: 'T' },
      { kind: 'memory', path: 'facts/a.md', sha256: '0', quote: 'words' },
      { kind: 'by-hand', at: 'T' },
      { ...quote, by: 'agent' },
      { ...quote, by: 'tool' },
      { ...quote, by: 'file' },
    ] as unknown as readonly [Evidence, ...Evidence[]]);
    for (const words of ['It failed', 'It worked', 'You denied it', 'It was edited', 'You interrupted it']) {
      expect(text).toContain(words);
    }
    for (const words of ['no such file', 'Memory facts', 'Written by hand', 'The agent said', 'A tool printed']) {
      expect(text).toContain(words);
    }
    expect(text).toContain('A file or page said');
  });

  it('tells in words how a memory was used', () => {
    const counts = { loaded: 4, listed: 4, read: 3, cited: 0, success: 2, corrected: 1 };
    const text = why([{ kind: 'usage', path: 'facts/a.md', ...counts, at: 'T' }]);
    expect(text).toContain('$(graph-line) facts\\/a\\.md\\: Loaded in 4 sessions');
    expect(text).toContain('Opened in 3\\, named in 0');
  });

  it('shows at most twelve pieces and says how many there are beyond', () => {
    const many = Array.from({ length: 15 }, () => quote) as unknown as readonly [Evidence, ...Evidence[]];
    expect(why(many)).toContain('3 more: Shift+F12');
  });

  it('cuts long quotes', () => {
    expect(why([{ ...quote, quote: 'x'.repeat(5_000) }]).length).toBeLessThan(2_500);
  });

  it('repeats the decision, for the part where parts are decided', () => {
    expect(why([quote])).toMatch(/\$\(check\) Accept\]\(command:agentDreams\.acceptChange\?.* \| /);
    const part = whyMarkdown(
      {
        change: openChange(change('one', [{ path: 'facts/a.md', before: 'a\n', after: 'b\n' }])),
        target,
        hunk: 'h' as never,
        sessionTitle: () => undefined,
        formatTime: (iso) => iso,
      },
      plainTranslate,
    );
    expect(part).toContain('command:agentDreams.acceptHunk?');
    expect(why([quote], { status: 'conflict' })).not.toContain('acceptChange');
    expect(why([quote], { status: 'accepted' })).not.toContain('command:agentDreams.reject');
  });

  it('shows every term of the score with its value and meaning, and every warning', () => {
    const scored = change('one', [{ path: 'facts/a.md', before: 'a\n', after: 'b\n' }], {
      score: { recurrence: 0.5, spread: 0.25, outcome: 1, speaker: 1, specificity: 0.333, total: 0.7 },
      warnings: [{ kind: 'executes', message: 'It runs <b>a script</b>.' }],
    });
    const text = whyMarkdown(
      { change: openChange(scored), target, sessionTitle: () => undefined, formatTime: (iso) => iso },
      plainTranslate,
    );
    const shown = text.replace(/\\/g, '');
    for (const line of [
      'Score 0.70 of 1; a finding is proposed from 0.40 on:',
      '- recurrence 0.50 × 0.25: it came up in 2 sessions',
      '- spread 0.25 × 0.15: over 1 day',
      '- outcome 1.00 × 0.20: 100 % of what was tried went well',
      '- speaker 1.00 × 0.25: you said it',
      '- specificity 0.33 × 0.15: it names little',
    ]) {
      expect(shown).toContain(line);
    }
    expect(text).toContain('It runs \\<b\\>a script');
  });

  it('says nothing of a score where there is none', () => {
    expect(why([quote])).toContain('It rests on your own words\\. Low risk\\.');
    expect(why([quote])).not.toContain('Score');
  });

  it('trusts links to decisions and sessions only', () => {
    expect(whyCommands).toHaveLength(5);
    expect(whyCommands.every((command) => /^agentDreams\.(accept|reject|showInSession)/.test(command))).toBe(true);
  });
});

describe('plain text as Markdown', () => {
  it('keeps words and escapes every sign', () => {
    expect(plainMarkdown('a_b & c\td')).toBe('a\\_b \\& c d');
  });
});
