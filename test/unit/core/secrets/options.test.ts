import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../../../src/core/secrets/redactor';
import { createSecretScanner } from '../../../../src/core/secrets/scanner';
import { nodeHasher } from '../../../fakes/fakePorts';

const VALUE = 'correct-horse/battery+staple';
const scanner = createSecretScanner({ exactValues: [{ name: 'PHRASE', value: VALUE }] });

describe('known values', () => {
  it.each([
    ['as they are', VALUE],
    ['percent-encoded', encodeURIComponent(VALUE)],
    ['in a JSON string', JSON.stringify(VALUE).replaceAll('/', '\\/')],
    ['in base64', Buffer.from(VALUE).toString('base64')],
    ['in base64 after one byte', Buffer.from(`a${VALUE}`).toString('base64')],
    ['in base64 after two bytes', Buffer.from(`ab${VALUE}`).toString('base64url')],
  ])('are found %s', (_, text) => {
    expect(scanner.scan(`x ${text} y`).map(({ rule }) => rule)).toEqual(['known-value']);
  });

  it('are found line by line where they have several lines', () => {
    const many = createSecretScanner({
      exactValues: [{ name: 'A', value: 'first line of it all\nsecond line of it all' }],
    });
    expect(many.scan('has second line of it all in it')).toHaveLength(1);
  });

  it('leave out what is short, common or no secret', () => {
    const values = [
      'short',
      'development',
      'localhost:3000',
      '127.0.0.1',
      '12345678',
      '/usr/local/bin',
      'http://localhost:1/',
    ];
    const none = createSecretScanner({ exactValues: values.map((value) => ({ name: 'A', value })) });
    expect(none.scan(values.join(' and '))).toEqual([]);
  });

  it('may hold letters of any script', () => {
    const umlauts = createSecretScanner({ exactValues: [{ name: 'A', value: 'Ünïcödé-päßwörter' }] });
    expect(umlauts.scan('x Ünïcödé-päßwörter y')).toHaveLength(1);
  });
});

describe('rules of the user', () => {
  it('find what the table does not know', () => {
    const own = createSecretScanner({ extraRules: [{ id: 'acme', pattern: 'ACME-(?<secret>[0-9]{6,12})' }] });
    expect(own.scan('ACME-123456 here')).toEqual([{ rule: 'acme', start: 5, end: 11, secret: '123456' }]);
  });

  it.each([
    ['Bad Name', 'ACME-[0-9]{6}', /name/u],
    ['open', 'ACME-[0-9]+', /without a limit/u],
    ['star', 'ACME-.*', /without a limit/u],
    ['from', 'ACME-[0-9]{6,}', /without a limit/u],
    ['nested', 'ACME-(?:(?:a{1,99}){1,99}){1,99}', /repeats too much/u],
    ['large', 'ACME-[0-9]{1,6000}', /repeats too much/u],
    ['huge', 'ACME-[0-9]{1,9999999}', /repeats too much/u],
    ['broken', 'ACME-(', /no valid regular expression/u],
    ['back', '(ACME)-\\1', /refers back/u],
    ['empty', 'a{0,3}', /empty text/u],
    ['nothing', '', /empty or too long/u],
    ['no-keyword', '[a-z]{3}[0-9]{9}', /keyword/u],
    ['either', 'ACME[0-9]{6}|OTHER[0-9]{6}', /keyword/u],
  ])('are refused if they cannot be used safely: %s', (id, pattern, message) => {
    expect(() => createSecretScanner({ extraRules: [{ id, pattern }] })).toThrow(message);
    expect(() => createSecretScanner({ extraRules: [{ id, pattern }] })).toThrow(
      expect.objectContaining({ code: 'invalid-setting' }) as Error,
    );
  });

  it('may stand for one of several where they have keywords of their own', () => {
    const pattern = '(?:ACME|OTHER)-[0-9]{6}';
    const own = createSecretScanner({ extraRules: [{ id: 'acme', pattern, keywords: ['acme', 'Other'] }] });
    expect(own.scan('ACME-123456 OTHER-654321').map(({ secret }) => secret)).toEqual(['ACME-123456', 'OTHER-654321']);
  });

  it('may look for a bracket', () => {
    const own = createSecretScanner({ extraRules: [{ id: 'acme', pattern: 'acme\\{[0-9]{6}\\}' }] });
    expect(own.scan('acme{123456}').map(({ secret }) => secret)).toEqual(['acme{123456}']);
  });

  it('are at most a hundred; the first that is too much is named', () => {
    const rules = Array.from({ length: 101 }, (_, index) => ({ id: `r${index}`, pattern: 'ACME-[0-9]{6}' }));
    expect(() => createSecretScanner({ extraRules: rules })).toThrow(/"r100" is one too many/u);
    expect(() => createSecretScanner({ extraRules: rules.slice(1) })).not.toThrow();
  });
});

describe('an allowed fingerprint', () => {
  it('stays, and only it', () => {
    const text = `PASSWORD="Tr0ub4dor&3" and ${VALUE}`;
    const all = createRedactor(scanner, nodeHasher(), 'key').redact(text);
    const [first] = all.findings;
    expect(all.findings).toHaveLength(2);
    const some = createRedactor(scanner, nodeHasher(), 'key', new Set([first?.fingerprint ?? ''])).redact(text);
    expect(some.findings).toEqual(all.findings.slice(1));
    expect(some.text).toContain('Tr0ub4dor&3');
  });
});
