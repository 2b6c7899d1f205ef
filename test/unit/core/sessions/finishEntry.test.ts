import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../../../src/core/secrets/redactor';
import { createSecretScanner } from '../../../../src/core/secrets/scanner';
import { cutText, cutWithProof } from '../../../../src/core/sessions/cutText';
import type { Draft } from '../../../../src/core/sessions/draft';
import { createRedactionTally, finishEntry } from '../../../../src/core/sessions/finishEntry';
import type { SessionEntry } from '../../../../src/core/sessions/session';
import { typedText } from '../../../../src/core/sessions/typedText';
import { createFakePorts } from '../../../fakes/fakePorts';

const token = ['ghp', 'Zq8Lw2Rt5Yx7Vb3Nk9Mc4Hd6Jf1Gs0PaQeUi'].join('_');
const ports = createFakePorts();
const tally = (): ReturnType<typeof createRedactionTally> =>
  createRedactionTally(createRedactor(createSecretScanner(), ports.hasher, 'key'));
const finish = (draft: Draft): SessionEntry => finishEntry(draft, tally(), ports);
const base = { id: 'e-1', at: '' };

describe('an entry as it is written', () => {
  it('keeps the pasted ranges right when a secret before them is replaced', () => {
    const entry = finish({
      ...base,
      kind: 'prompt',
      parts: [
        { text: `my token is ${token}\n`, pasted: false },
        { text: 'const a = 1;\n', pasted: true },
        { text: 'why?', pasted: false },
      ],
    });
    if (entry.kind !== 'prompt') throw new Error('no prompt');
    expect(entry.text).not.toContain(token);
    const [[start, end] = [0, 0]] = entry.pasted ?? [];
    expect(entry.text.slice(start, end)).toBe('const a = 1;\n');
    expect(typedText(entry)).toMatch(/^my token is \[redacted:github-token:[0-9a-f]{8}\]\s+why\?$/u);
  });

  it('has no secret in any of its fields', () => {
    const drafts: Draft[] = [
      { ...base, kind: 'assistant', text: token },
      { ...base, kind: 'call', callId: 'c', tool: 'Bash', input: { command: `echo ${token}`, [token]: 'x' } },
      { ...base, kind: 'result', callId: 'c', ok: false, denied: { reason: `use ${token}` }, text: token },
      { ...base, kind: 'machine', label: 'hook', text: token },
    ];
    expect(JSON.stringify(drafts.map(finish))).not.toContain(token);
    expect(finish({ ...base, kind: 'interrupt' })).toEqual({ ...base, kind: 'interrupt' });
  });

  it('counts what it replaced, by rule', () => {
    const counted = tally();
    finishEntry({ ...base, kind: 'assistant', text: `${token} and ${token}` }, counted, ports);
    finishEntry({ ...base, kind: 'assistant', text: 'short' }, counted, ports);
    expect(Object.fromEntries(counted.counts)).toEqual({ 'github-token': 2 });
    expect(counted.total()).toBe(2);
  });

  it('cuts a long result and proves what it was', () => {
    const text = `${'a'.repeat(10_000)}${'z'.repeat(10_000)}`;
    const entry = finish({ ...base, kind: 'result', callId: 'c', ok: true, text });
    if (entry.kind !== 'result') throw new Error('no result');
    expect(entry.text).toHaveLength(5_000 + 3_000 + '\n[… 12000 characters left out …]\n'.length);
    expect(entry.cut).toEqual({ bytes: 20_000, sha256: ports.hasher.sha256(text) });
    expect(finish({ ...base, kind: 'result', callId: 'c', ok: true, text: 'short' })).not.toHaveProperty('cut');
  });

  it('counts everything after the cut of an endless prompt as pasted', () => {
    const parts = [
      { text: `${'word '.repeat(30_000)}\n`, pasted: false },
      { text: 'x', pasted: true },
    ];
    const entry = finish({ ...base, kind: 'prompt', parts });
    if (entry.kind !== 'prompt') throw new Error('no prompt');
    expect(entry.pasted).toEqual([[60_000, entry.text.length]]);
  });
});

describe('cutting', () => {
  it('never cuts a character in two', () => {
    const text = '😀'.repeat(500);
    for (const head of [99, 100]) {
      const cut = cutText(text, { head, tail: head });
      expect(Buffer.from(cut, 'utf8').toString('utf8')).toBe(cut);
    }
  });

  it('leaves alone what would hardly get shorter', () => {
    expect(cutText('x'.repeat(250), { head: 100, tail: 100 })).toHaveLength(250);
    expect(cutWithProof('x', { head: 1, tail: 1 }, ports)).toEqual({ text: 'x' });
  });
});
