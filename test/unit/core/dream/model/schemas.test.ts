import { describe, expect, it } from 'vitest';
import {
  consolidateSchema,
  extractSchema,
  readChanges,
  readFindings,
} from '../../../../../src/core/dream/model/schemas';

/** Every node of a schema. */
function nodes(schema: unknown): readonly Readonly<Record<string, unknown>>[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return [schema as Readonly<Record<string, unknown>>, ...Object.values(schema).flatMap(nodes)];
}

describe.each([
  ['extract', extractSchema(['conventions', 'facts'])],
  ['consolidate', consolidateSchema(['conventions', 'facts'])],
])('the schema of %s', (_, schema) => {
  it('holds only what every provider takes', () => {
    const KNOWN = new Set(['type', 'properties', 'required', 'additionalProperties', 'items', 'enum']);
    for (const node of nodes(schema)) {
      if (!('type' in node) || typeof node['type'] !== 'string') continue;
      for (const key of Object.keys(node)) expect(KNOWN).toContain(key);
      if (node['type'] !== 'object') continue;
      expect(node['additionalProperties']).toBe(false);
      expect(node['required']).toEqual(Object.keys(node['properties'] as object));
    }
  });
});

describe('an answer', () => {
  const finding = {
    kind: 'new',
    statement: 'Use tabs everywhere',
    category: 'conventions',
    scope: 'project',
    evidence: [{ entry: '1', quote: 'use tabs' }],
    target: '',
  };

  it('is read item by item: one bad one costs no other', () => {
    const read = readFindings({
      findings: [
        finding,
        { ...finding, kind: 'order' },
        7,
        { ...finding, evidence: [] },
        { ...finding, statement: 'x'.repeat(2_000) },
      ],
    });
    expect(read?.items).toEqual([finding]);
    expect(read?.problems).toHaveLength(4);
  });

  it.each([[null], ['text'], [[]], [{}], [{ findings: {} }], [{ changes: [] }]])('is none: %j', (value) => {
    expect(readFindings(value)).toBeUndefined();
  });

  it('is read so far and no further', () => {
    expect(readFindings({ findings: Array.from({ length: 500 }, () => finding) })?.items).toHaveLength(40);
    expect(readChanges({ changes: [{ action: 'delete' }] })).toMatchObject({ items: [] });
  });
});
