import { describe, expect, it } from 'vitest';
import { findCredential } from '../../../../src/core/boundary/credential';
import { redactDeep } from '../../../../src/core/boundary/redactDeep';
import { redactFields, redactSession } from '../../../../src/core/boundary/redactSession';
import { redactingLogger } from '../../../../src/core/boundary/redactingLogger';
import { readUserRules } from '../../../../src/core/boundary/userRules';
import type { Redactor } from '../../../../src/core/ports';
import { createMemory } from '../../../../src/core/memory/newMemory';
import { createFakePorts, createRecordingLogger } from '../../../fakes/fakePorts';

const token = ['gh', 'p_', 'A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8'].join('');
const { redactor } = createFakePorts();
/** Knows one word and nothing else. */
const wordy: Redactor = {
  redact: (text) => {
    const clean = text.replace(/canary/gu, '[redacted:word:0badcafe]');
    const found = clean === text ? [] : [{ rule: 'word', fingerprint: '0badcafe' }];
    return { text: clean, rules: found.map(({ rule }) => rule), findings: found };
  },
};

describe('a text that holds a secret', () => {
  it('is told by line, rule and fingerprint, never by the secret', () => {
    const found = findCredential(`one\ntwo\nuse ${token} here\n`, redactor);
    expect(found).toMatchObject({ line: 3, fingerprint: expect.stringMatching(/^[0-9a-f]{8}$/u) as string });
    expect(JSON.stringify(found)).not.toContain(token);
  });

  it('counts its lines past secrets that span several, and past marks that were there', () => {
    expect(findCredential('[redacted:word:0badcafe]\nx\na canary', wordy)).toMatchObject({ line: 3 });
  });

  it('does not count what was in the text before', () => {
    expect(findCredential(`new line\n${token}`, redactor, token)).toBeUndefined();
  });

  it('is refused by New Memory, and nothing is written', async () => {
    const ports = createFakePorts();
    const draft = { path: 'facts/a.md', description: 'A', body: `Use ${token}\n` };
    await expect(createMemory(ports, draft, [])).rejects.toMatchObject({ code: 'credential' });
    expect(await ports.files.stat('facts/a.md')).toBeUndefined();
  });
});

describe('redacting what is written', () => {
  it('reaches every text of a value, keys too, and leaves a clean one the very same', () => {
    const clean = { a: [1, { b: 'x' }], c: null };
    expect(redactDeep(clean, wordy)).toBe(clean);
    expect(redactDeep({ canary: [{ b: 'a canary' }] }, wordy)).toEqual({
      '[redacted:word:0badcafe]': [{ b: 'a [redacted:word:0badcafe]' }],
    });
  });

  it('looks at the fields of a tool call with their names', () => {
    const { password } = redactFields({ password: 'xK9!mmQw2zzT' }, redactor);
    expect(password).toMatch(/^\[redacted:/u);
  });

  it('moves the pasted ranges of a prompt that was captured before a rule existed', () => {
    const text = 'a canary here: PASTED canary end';
    const entry = { kind: 'prompt' as const, id: '1', at: '', text, pasted: [[15, 28]] as const };
    const header = { id: 's', title: 'canary' };
    const session = redactSession({ header, entries: [entry] } as never, wordy);
    const [prompt] = session.entries;
    if (prompt?.kind !== 'prompt') throw new Error('no prompt');
    const [start, end] = prompt.pasted?.[0] ?? [0, 0];
    expect(prompt.text.slice(start, end)).toBe('PASTED [redacted:word:0badcafe]');
    expect(session.header.title).toBe('[redacted:word:0badcafe]');
  });

  it('covers log messages, errors, their stacks and their causes', () => {
    const lines: unknown[] = [];
    const target = { ...createRecordingLogger(), error: (...said: unknown[]) => void lines.push(...said) };
    const error = new Error('a canary', { cause: new Error('its canary') });
    redactingLogger(target, (text) => wordy.redact(text).text).error('canary!', error);
    const told = lines.map((line) => (line instanceof Error ? `${line.message} ${line.stack ?? ''}` : String(line)));
    expect(told.join('\n')).not.toContain('canary');
    expect(told.join('\n')).toContain('caused by Error: its [redacted:word:0badcafe]');
  });
});

describe('the rules of a user', () => {
  const faultOf = (rule: unknown) => readUserRules([rule]).faults[0]?.fault;

  it('are kept if they are sound', () => {
    const rule = { id: 'corp-token', pattern: 'corp-(?<secret>[A-Z]{20,40})', keywords: ['corp-'] };
    expect(readUserRules([rule, { id: 'plain', pattern: 'abc[+*]{3}' }])).toMatchObject({
      rules: [rule, { id: 'plain' }],
      faults: [],
    });
  });

  it.each([
    ['not-a-rule', 'text'],
    ['not-a-rule', { id: 'a1' }],
    ['bad-id', { id: 'No Way', pattern: 'x' }],
    ['bad-keywords', { id: 'ab', pattern: 'x', keywords: [] }],
    ['not-a-regex', { id: 'ab', pattern: '(' }],
    ['too-long', { id: 'ab', pattern: 'x'.repeat(501) }],
    ['matches-nothing', { id: 'ab', pattern: 'x?' }],
    ['unbounded', { id: 'ab', pattern: 'a+' }],
    ['unbounded', { id: 'ab', pattern: 'xa{3,}' }],
    ['unbounded', { id: 'ab', pattern: 'x(?:a{1,20}){1,20}' }],
    ['unbounded', { id: 'ab', pattern: 'x((?:a{1,9})b){2}' }],
    ['unbounded', { id: 'ab', pattern: '(a)\\1' }],
  ])('are named as %s where they are not', (fault, rule) => {
    expect(faultOf(rule)).toBe(fault);
  });

  it('have ids of their own', () => {
    const rule = { id: 'ab', pattern: 'x' };
    expect(readUserRules([rule, rule]).faults).toEqual([{ at: 2, fault: 'duplicate-id' }]);
  });
});
