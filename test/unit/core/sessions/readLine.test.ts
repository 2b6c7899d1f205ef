import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLine } from '../../../../src/core/sessions/readLine';

const record = (uuid: string, content: unknown = 'hello'): Record<string, unknown> => ({
  parentUuid: null,
  type: 'user',
  sessionId: 's-1',
  message: { role: 'user', content },
  uuid,
});
const json = (uuid: string, content?: unknown): string => JSON.stringify(record(uuid, content));
const uuids = (line: string): unknown[] => readLine(line).records.map((found) => found['uuid']);

describe('reading one line of a log', () => {
  it('reads a record, with a byte order mark or blanks around it', () => {
    expect(readLine(json('a'))).toEqual({ records: [record('a')] });
    expect(uuids(`\ufeff${json('a')}`)).toEqual(['a']);
    expect(uuids(`  ${json('a')}\t`)).toEqual(['a']);
  });

  it('says what is wrong with anything else', () => {
    expect(readLine('{"type":"user"')).toEqual({ records: [], problem: 'not-json' });
    expect(readLine('complete garbage')).toEqual({ records: [], problem: 'not-json' });
    expect(readLine('["a"]')).toEqual({ records: [], problem: 'not-an-object' });
    expect(readLine('42')).toEqual({ records: [], problem: 'not-an-object' });
    expect(readLine(json('a', JSON.parse('['.repeat(300) + ']'.repeat(300))))).toEqual({
      records: [],
      problem: 'too-deep',
    });
    expect(readLine('\0\0\0')).toEqual({ records: [], problem: 'not-json' });
  });

  it('recovers the record that was written after a cut-off one', () => {
    expect(readLine(json('lost').slice(0, 60) + json('kept'))).toEqual({ records: [record('kept')], problem: 'torn' });
  });

  it('recovers both of two records without a line break between them', () => {
    expect(uuids(json('a') + json('b'))).toEqual(['a', 'b']);
  });

  it('recovers what stands before or after a run of NUL', () => {
    expect(uuids(`${'\0'.repeat(500)}${json('a')}`)).toEqual(['a']);
    expect(uuids(`${json('a')}\0\0${json('b').slice(0, 30)}`)).toEqual(['a']);
  });

  it('never takes a part of a cut-off record for a record', () => {
    const inner = { type: 'user', uuid: 'inner', sessionId: 's-1' };
    const outer = JSON.stringify({ ...record('outer'), toolUseResult: inner, tail: 'x'.repeat(50) });
    expect(readLine(outer.slice(0, -20)).records).toEqual([]);
  });

  it('never takes the end of a record for one, where it begins with an object that looks like one', () => {
    const inner = { type: 'user', uuid: 'inner', timestamp: '2026-11-20T10:00:00Z' };
    const outer = JSON.stringify({ ...record('outer'), data: { message: inner }, tail: 'x' });
    expect(readLine(outer.slice(outer.indexOf(JSON.stringify(inner)))).records).toEqual([]);
    expect(uuids(json('a') + outer.slice(20))).toEqual(['a']);
    expect(uuids(outer.slice(0, outer.indexOf('},"tail')) + json('b'))).toEqual(['b']);
  });

  it('recovers a record that was written into the middle of another', () => {
    const outer = json('outer');
    expect(uuids(outer.slice(0, 50) + json('kept') + outer.slice(50))).toEqual(['kept']);
  });

  it('keeps every complete record of 10,000 malformed lines, and invents none', () => {
    const damage = fc.constantFrom('splice', 'glue', 'nul', 'truncate', 'tail', 'garbage');
    fc.assert(
      fc.property(damage, fc.string(), fc.double({ min: 0.05, max: 0.95, noNaN: true }), (kind, content, share) => {
        const [a, b] = [json('a', content), json('b', [{ type: 'text', text: content }])];
        const cut = Math.max(1, Math.floor(a.length * share));
        const [line, expected] = {
          splice: [a.slice(0, cut) + b, ['b']],
          glue: [a + b, ['a', 'b']],
          nul: [a.slice(0, cut) + '\0'.repeat(cut) + b, ['b']],
          truncate: [a.slice(0, cut), []],
          tail: [b.slice(Math.max(1, Math.floor(b.length * share))), []],
          garbage: ['#'.repeat(cut), []],
        }[kind] as [string, string[]];
        expect(uuids(line)).toEqual(expected);
      }),
      { numRuns: 10_000 },
    );
  });

  it('gives up on a line of beginnings without an end', () => {
    expect(readLine('{"type":"user","x":'.repeat(10_000))).toEqual({ records: [], problem: 'not-json' });
  });
});
