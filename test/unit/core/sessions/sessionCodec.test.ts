import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseEntry } from '../../../../src/core/sessions/sessionCodec';

const FIELDS = {
  id: fc.constantFrom<unknown>('a', 1, undefined),
  at: fc.constantFrom<unknown>('', '2026-11-02T10:00:00.000Z', null, undefined),
  kind: fc.constantFrom<unknown>('prompt', 'assistant', 'call', 'result', 'machine', 'none', 3),
  text: fc.constantFrom<unknown>('said', undefined, 7),
  callId: fc.constantFrom<unknown>('c', undefined, {}),
  tool: fc.constantFrom<unknown>('Bash', undefined),
  ok: fc.constantFrom<unknown>(true, false, undefined, 'true'),
  input: fc.constantFrom<unknown>({}, { command: 'ls' }, { command: 1 }, [], ['x'], null, undefined, 'ls'),
} as const;
const EXTRA = { agent: 'a', messageId: 'm', label: 'hook', trigger: 'auto', queued: true, unknown: 1, exitCode: 0 };

describe('an entry of a captured session', () => {
  it('has its known fields and no other, whichever way it is read', () => {
    const extra = fc.subarray(Object.entries(EXTRA), { maxLength: 3 }).map((list) => Object.fromEntries(list));
    fc.assert(
      fc.property(fc.record(FIELDS), extra, (fields, more) => {
        const common = JSON.parse(JSON.stringify({ ...fields, ...more })) as Record<string, unknown>;
        const one = parseEntry(JSON.stringify(common));
        // What no kind of entry knows makes the schema read it, and is left out.
        expect(parseEntry(JSON.stringify({ ...common, another: 0 }))).toEqual(one);
        if (one !== undefined) expect(Object.keys(one)).not.toContain('unknown');
      }),
      { numRuns: 1_000 },
    );
  });

  it('is none where the line is no object, or of no known kind', () => {
    for (const line of ['', 'null', '[]', '"x"', '{"kind":"prompt"}', '{"kind":"constructor","id":"a","at":""}'])
      expect(parseEntry(line)).toBeUndefined();
  });

  it('takes no prototype from a field of that name', () => {
    const line = '{"kind":"call","id":"a","at":"","callId":"c","tool":"t","input":{"__proto__":"x","b":"y"}}';
    const entry = parseEntry(line);
    expect(entry?.kind === 'call' && Object.getPrototypeOf(entry.input)).toBe(Object.prototype);
    expect(entry?.kind === 'call' && entry.input['b']).toBe('y');
  });
});
