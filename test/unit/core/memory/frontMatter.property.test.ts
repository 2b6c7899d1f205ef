import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFields, splitFrontMatter, updateFrontMatter } from '../../../../src/core/memory/frontMatter';

const word = fc.stringMatching(/^[a-z][a-z0-9 ]{0,20}[a-z0-9]$/u);
const text = fc
  .string({ unit: 'grapheme', maxLength: 60 })
  .map((raw) => raw.replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/gu, ' '));

/** One field the way people write it, with whatever comment or style follows; the name is put in front later. */
const written = fc.oneof(
  word.map((value) => [` ${value}`]),
  word.map((value) => [` "${value}" # why`]),
  word.map((value) => [` '${value}'`]),
  fc.array(word, { minLength: 1, maxLength: 3 }).map((items) => [` [${items.join(', ')}]`]),
  fc.array(word, { minLength: 1, maxLength: 3 }).map((items) => ['', ...items.map((item) => `  - ${item} # each`)]),
  fc.array(word, { minLength: 1, maxLength: 3 }).map((items) => ['', ...items.map((item) => `- ${item}`)]),
  fc.array(word, { minLength: 1, maxLength: 3 }).map((lines) => [' |', ...lines.map((line) => `  ${line}`)]),
  fc.array(word, { minLength: 1, maxLength: 3 }).map((lines) => [' >-', ...lines.map((line) => `  ${line}`)]),
  word.map((value) => ['', `  inner: ${value}`, '  # inside', '  other: 1']),
  fc.constant(['']),
  fc.constant([' 12']),
);
const between = fc.constantFrom([], ['# a comment'], [''], ['', '# another', '']);
const KEYS = ['name', 'description', 'paths', 'load', 'x-own', 'tags', 'metadata'] as const;

interface Block {
  readonly key: string;
  readonly lines: readonly string[];
  readonly after: readonly string[];
}

const frontMatter = fc
  .uniqueArray(fc.constantFrom(...KEYS), { minLength: 1, maxLength: KEYS.length })
  .chain((keys) => fc.tuple(fc.constant(keys), fc.array(fc.tuple(written, between), { minLength: 7, maxLength: 7 })))
  .map(([keys, parts]) =>
    keys.map((key, index): Block => {
      const [value, after] = parts[index] ?? [[''], []];
      return { key, lines: [`${key}:${value[0]}`, ...value.slice(1)], after };
    }),
  );

const file = fc.record({
  blocks: frontMatter,
  eol: fc.constantFrom('\n', '\r\n'),
  bom: fc.constantFrom('', '\uFEFF'),
  body: fc.constantFrom('', 'Body.\n', 'Body without end', '\r\n\r\nMixed\n---\nrule\n'),
});
type File = typeof file extends fc.Arbitrary<infer T> ? T : never;

function render({ blocks, eol, bom, body }: File): string {
  const lines = blocks.flatMap(({ lines: own, after }) => [...own, ...after]);
  return `${bom}---${eol}${lines.join(eol)}${eol}---${eol}${body}`;
}

function fieldsOf(whole: string): ReadonlyMap<string, unknown> {
  const split = splitFrontMatter(whole);
  const parsed = split && parseFields(split.yaml);
  if (!parsed?.ok) throw new Error(`not readable: ${JSON.stringify(whole)}`);
  return parsed.fields;
}

const newValue = fc.oneof(text, fc.array(text, { maxLength: 3 }), fc.boolean());

describe('setting a field of some front matter', () => {
  it('sets it and leaves every other field and the body as they were', () => {
    fc.assert(
      fc.property(file, fc.constantFrom(...KEYS, 'created'), newValue, (before, key, value) => {
        const whole = render(before);
        const changed = updateFrontMatter(whole, { [key]: value });

        const [was, is] = [fieldsOf(whole), fieldsOf(changed)];
        const expected = typeof value === 'string' ? value.replace(/\s+/gu, ' ').trim() : value;
        expect(is.get(key)).toEqual(expected);
        for (const [other, known] of was) if (other !== key) expect(is.get(other)).toEqual(known);
        expect([...is.keys()].sort()).toEqual([...new Set([...was.keys(), key])].sort());
        expect(changed.endsWith(`---${before.eol}${before.body}`)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it('keeps every line of the other fields, comments and order included, byte for byte', () => {
    fc.assert(
      fc.property(file, fc.constantFrom(...KEYS), newValue, (before, key, value) => {
        const at = before.blocks.findIndex((block) => block.key === key);
        const changed = updateFrontMatter(render(before), { [key]: value });

        const others = before.blocks.filter((_block, index) => index !== at);
        for (const { lines } of others) expect(changed).toContain(lines.join(before.eol) + before.eol);
        const order = others.map(({ key: other }) => changed.indexOf(`${before.eol}${other}:`));
        expect(order).toEqual([...order].sort((a, b) => a - b));
      }),
      { numRuns: 300 },
    );
  });
});

describe('removing a field of some front matter', () => {
  it('takes away its own lines only', () => {
    fc.assert(
      fc.property(file, fc.constantFrom(...KEYS), (before, key) => {
        const whole = render(before);
        const changed = updateFrontMatter(whole, { [key]: undefined });

        const [was, is] = [fieldsOf(whole), fieldsOf(changed)];
        expect([...is]).toEqual([...was].filter(([other]) => other !== key));
        if (!was.has(key)) expect(changed).toBe(whole);
      }),
      { numRuns: 400 },
    );
  });
});

describe('reading front matter', () => {
  it('never throws and never loses the body, whatever stands in the file', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (raw) => {
        const whole = `---\n${raw}`;
        const split = splitFrontMatter(whole);
        if (split === undefined) return;
        expect(split.open + split.yaml + split.close + split.body).toBe(whole);
        expect(() => parseFields(split.yaml)).not.toThrow();
      }),
      { numRuns: 400 },
    );
  });

  it.each([
    ['aliases that multiply', `a: &a [x, x]\n${bomb()}`],
    ['deep nesting', `a: ${'['.repeat(20_000)}`],
    ['deep maps', `a: ${'{a: '.repeat(10_000)}`],
    ['duplicate keys', 'a: 1\na: 2\n'],
    ['a tab as indentation', 'a:\n\t- x\n'],
    ['an unknown alias', 'a: *nobody\n'],
    ['a list', '- a\n- b\n'],
    ['a NUL', 'a: "\0\n'],
  ])('says what is wrong with %s', (_what, yaml) => {
    const read = parseFields(yaml);

    expect(read.ok).toBe(false);
    if (!read.ok) expect(read.reason).toMatch(/\S/u);
  });

  it('gives __proto__ no power', () => {
    const read = parseFields('__proto__:\n  polluted: yes\nconstructor: 1\n');

    expect(read.ok).toBe(true);
    expect({}).not.toHaveProperty('polluted');
  });
});

function bomb(): string {
  const names = Array.from('abcdefghij');
  return names
    .slice(1)
    .map(
      (name, index) => `${name}: &${name} [*${names[index] ?? 'a'}, *${names[index] ?? 'a'}, *${names[index] ?? 'a'}]`,
    )
    .join('\n');
}

describe('plain front matter', () => {
  /** A comment in front says nothing, and is nothing that is read without the parser. */
  const parsed = (yaml: string): ReturnType<typeof parseFields> => parseFields(`# as YAML\n${yaml}`);
  const piece = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom('name', 'description', 'created', 'load', 'True', 'null', 'yes', 'Use x') },
    { weight: 4, arbitrary: fc.constantFrom(': ', ' ', '\n', '-', ', ', '.', '/', "'", '+', ';', '(', ')', '_', '0') },
    { weight: 1, arbitrary: fc.constantFrom(':', '#', ' #', '"', '- ', '[', '{', '&', '*', '!', '|', '>', '%', '@', '\t', '\r\n', '~', '2026-11-02', '1e3', '.inf', '\u00e9', '---', '...') },
  ); // prettier-ignore
  const line = fc
    .tuple(fc.constantFrom('name', 'description', 'created', 'null', 'x'), fc.array(piece, { maxLength: 6 }))
    .map(([name, pieces]) => `${name}: ${pieces.join('')}`);
  const yaml = fc.oneof(
    fc.array(piece, { maxLength: 12 }).map((pieces) => `${pieces.join('')}\n`),
    fc.array(line, { maxLength: 4 }).map((lines) => `${lines.join('\n')}\n`),
  );

  it('is read as the parser reads it', () => {
    fc.assert(
      fc.property(yaml, (text) => {
        const [read, wanted] = [parseFields(text), parsed(text)];
        expect(read.ok).toBe(wanted.ok);
        if (read.ok && wanted.ok) expect([...read.fields]).toEqual([...wanted.fields]);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['name: a\ncreated: 2026-11-02\n', [['name', 'a'], ['created', '2026-11-02']]],
    ["description: Don't do it (twice), e.g. in src/x; ever\n", [['description', "Don't do it (twice), e.g. in src/x; ever"]]],
    ['pinned: true\nload: null\n', [['pinned', true], ['load', null]]],
    ['description: two  spaces, and one behind \n', [['description', 'two  spaces, and one behind']]],
  ])('means what it says: %j', (text, wanted) => {
    const read = parseFields(text);
    expect(read.ok && [...read.fields]).toEqual(wanted);
    expect(parsed(text)).toEqual(read);
  }); // prettier-ignore

  it('names a field that stands there twice', () => {
    expect(parseFields('name: a\nname: b\n')).toEqual({ ok: false, reason: 'the field name stands there twice' });
  });
});
