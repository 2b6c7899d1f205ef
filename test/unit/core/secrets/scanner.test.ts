import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../../../src/core/secrets/redactor';
import { SECRET_RULES } from '../../../../src/core/secrets/rules/table';
import { createSecretScanner } from '../../../../src/core/secrets/scanner';
import { nodeHasher } from '../../../fakes/fakePorts';

const scanner = createSecretScanner();
const redactor = createRedactor(scanner, nodeHasher(), 'workspace key');

const ALNUM = 'Zq8Lw2Rt5Yx7Vb3Nk9Mc4Hd6Jf1Gs0PaQeUiToKlSzXnBvCmWrDfGhJyEuIoLpAqSwZxEdCrFvTgByHnUjMk';
const LOWER = ALNUM.toLowerCase();
const UPPER = 'QX7RZ2KD5WTM3VNHB6YPJ4LGFCSEUQX7RZ2KD5WTM3VNHB6YPJ4LGFCSEU';
const HEX = '3f9a1c7e5b2d8f604a6c9e1b7d3f5a802c4e6b9d1f7a3c5e8b0d2f4a6c9e1b7d3f5a';
const DIGITS = '4827163950271846';
const of = (alphabet: string, length: number): string => alphabet.repeat(3).slice(0, length);

/** Assembled here, so that nothing in the repository looks like a token. */
const TOKENS: readonly (readonly [rule: string, token: string])[] = [
  ['github-token', `ghp_${of(ALNUM, 36)}`],
  ['github-fine-grained', `github_pat_${of(ALNUM, 70)}`],
  ['gitlab-token', `glpat-${of(ALNUM, 20)}`],
  ['npm-token', `npm_${of(ALNUM, 36)}`],
  ['pypi-token', `pypi-AgEIcHlwaS5vcmc${of(ALNUM, 60)}`],
  ['docker-token', `dckr_pat_${of(ALNUM, 27)}`],
  ['rubygems-key', `rubygems_${of(HEX, 48)}`],
  ['vercel-token', `vcp_${of(ALNUM, 40)}`],
  ['aws-access-key', `AKIA${of(UPPER, 16)}`],
  ['google-api-key', `AIza${of(ALNUM, 35)}`],
  ['google-oauth-secret', `GOCSPX-${of(ALNUM, 28)}`],
  ['google-access-token', `ya29.${of(ALNUM, 60)}`],
  ['digitalocean-token', `dop_v1_${of(HEX, 64)}`],
  ['databricks-token', `dapi${of(HEX, 32)}`],
  ['vault-token', `hvs.${of(ALNUM, 90)}`],
  ['pulumi-token', `pul-${of(HEX, 40)}`],
  ['doppler-token', `dp.pt.${of(ALNUM, 43)}`],
  ['azure-client-secret', `abc8Q~${of(ALNUM, 34)}`],
  ['anthropic-key', `sk-ant-api03-${of(ALNUM, 90)}`],
  ['openai-key', `sk-proj-${of(ALNUM, 60)}`],
  ['openrouter-key', `sk-or-v1-${of(HEX, 64)}`],
  ['huggingface-token', `hf_${of(ALNUM, 34)}`],
  ['groq-key', `gsk_${of(ALNUM, 52)}`],
  ['replicate-token', `r8_${of(ALNUM, 37)}`],
  ['slack-token', `xoxb-${DIGITS.slice(0, 12)}-${of(ALNUM, 24)}`],
  ['slack-webhook', `hooks.slack.com/services/${of(UPPER, 9)}/${of(UPPER, 11)}/${of(ALNUM, 24)}`],
  ['stripe-key', `sk_live_${of(ALNUM, 24)}`],
  ['sendgrid-key', `SG.${of(ALNUM, 22)}.${of(ALNUM, 43)}`],
  ['twilio-key', `SK${of(HEX, 32)}`],
  ['mailgun-key', `key-${of(HEX, 32)}`],
  ['shopify-token', `shpat_${of(HEX, 32)}`],
  ['telegram-bot-token', `${DIGITS.slice(0, 10)}:AA${of(ALNUM, 33)}`],
  ['discord-token', `MTA${of(ALNUM, 23)}.${of(ALNUM, 6)}.${of(ALNUM, 30)}`],
  ['linear-key', `lin_api_${of(ALNUM, 40)}`],
  ['notion-token', `ntn_${DIGITS.slice(0, 11)}${of(ALNUM, 35)}`],
  ['figma-token', `figd_${of(ALNUM, 40)}`],
  ['grafana-token', `glsa_${of(ALNUM, 41)}`],
  ['newrelic-key', `NRAK-${of(UPPER, 27)}`],
  ['postman-key', `PMAK-${of(HEX, 24)}-${of(HEX, 34)}`],
  ['sentry-token', `sntryu_${of(HEX, 64)}`],
  ['mapbox-token', `pk.${of(ALNUM, 60)}.${of(ALNUM, 22)}`],
  ['nats-nkey', `SUAM${of(UPPER, 54)}`],
  ['age-secret-key', `AGE-SECRET-KEY-1${of('QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L', 58)}`],
  ['jwt', `eyJ${of(ALNUM, 20)}.eyJ${of(ALNUM, 40)}.${of(ALNUM, 43)}`],
];

/** Where tokens stand in transcripts. */
const WRAPPERS: Readonly<Record<string, (token: string) => string>> = {
  bare: (token) => token,
  dotenv: (token) => `API=${token}\nNEXT=1`,
  json: (token) => JSON.stringify({ value: token }),
  'escaped JSON': (token) => JSON.stringify(JSON.stringify({ value: token })),
  'end of a sentence': (token) => `I used ${token}.`,
  brackets: (token) => `(${token})`,
  'line gutter': (token) => `  12\t${token}`,
  diff: (token) => `+${token}`,
  markdown: (token) => `\`${token}\``,
  'a URL': (token) => `https://example.org/?key=${token}&x=1`,
  'after an escaped line break': (token) => `"first\\n${token}\\nlast"`,
  colour: (token) => `\u001b[31m${token.slice(0, 9)}\u001b[0m${token.slice(9)}`,
  'written-out colour': (token) => `\\u001b[31m${token}\\u001b[0m`,
  'zero width': (token) => `${token.slice(0, 7)}\u200b${token.slice(7)}`,
  'an allow comment': (token) => `// secretlint-disable gitleaks:allow nosec\n${token}`,
};

describe('the secret scanner', () => {
  it.each(TOKENS)('finds %s wherever it stands', (rule, token) => {
    for (const [name, wrap] of Object.entries(WRAPPERS)) {
      const text = wrap(token);
      const [found] = scanner.scan(text);
      expect(found, `${rule} in ${name}`).toBeDefined();
      const { text: redacted } = redactor.redact(text);
      expect(redacted, `${rule} in ${name}`).not.toContain(token.slice(-12));
    }
  });

  it('reads past stray tag characters, and redacts those in a secret with it', () => {
    const token = `glpat-${of(ALNUM, 20)}`;
    const tag = '\u{e0041}';
    const flag = '\u{1f3f4}\u{e0067}\u{e0062}\u{e007f}';
    const text = `a${tag}b ${flag}${tag}${token.slice(0, 3)}${tag}${token.slice(3, 12)}${tag}${tag}${token.slice(12)}${tag} \udb40`;
    const [found, ...others] = scanner.scan(text);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ rule: 'gitlab-token', secret: token });
    expect(text.slice(0, found?.start).replaceAll(tag, '')).toBe(`ab ${flag}`);
    expect(text.slice(found?.end).replaceAll(tag, '')).toBe(' \udb40');
  });

  it('reads base64 behind letters of other scripts, and takes the Kelvin sign for no digit of it', () => {
    const token = `glpat-${of(ALNUM, 20)}`;
    const utf8 = Buffer.from(`Schlüssel für Größe: пароль ${token}`);
    expect(scanner.scan(utf8.toString('base64'))).toMatchObject([{ rule: 'gitlab-token', secret: token }]);
    const utf16 = Buffer.from(`key ${token}`, 'utf16le');
    expect(scanner.scan(utf16.toString('base64'))).toMatchObject([{ rule: 'gitlab-token', secret: token }]);
    expect(scanner.scan(`\u212a${utf8.toString('base64')}`)).toMatchObject([{ start: 1, secret: token }]);
  });

  it('names what it found by the most specific rule', () => {
    const names = TOKENS.map(([rule, token]) => [rule, scanner.scan(token)[0]?.rule]);
    expect(names.filter(([rule, found]) => rule !== found)).toEqual([]);
  });

  it('takes a private key whole, and one that was cut off too', () => {
    const lines = Array.from({ length: 12 }, (_, i) => of(ALNUM.slice(i), 64)).join('\n');
    const begin = `-----BEGIN RSA PRIVATE KEY-----`;
    const end = `-----END RSA PRIVATE KEY-----`;
    expect(redactor.redact(`before\n${begin}\n${lines}\n${end}\nafter`).text).toMatch(
      /^before\n\[redacted:private-key:[0-9a-f]{8}\]\nafter$/u,
    );
    expect(redactor.redact(`${begin}\n${lines}\n`).text).not.toContain(lines.slice(100, 130));
  });

  it.each([
    [`postgres://app:Vb3Nk9Mc4H@db.internal:5432/x`, 'Vb3Nk9Mc4H'],
    [`https://user:s3cr3tPw@example.org/path`, 's3cr3tPw'],
    [`Authorization: Bearer ${of(ALNUM, 32)}`, of(ALNUM, 32)],
    [`curl -H "Authorization: Basic ${of(ALNUM, 24)}=="`, of(ALNUM, 24)],
    [`curl -u admin:hunter2x9 https://x`, 'hunter2x9'],
    [`AWS_SECRET_ACCESS_KEY=${of(ALNUM, 40)}`, of(ALNUM, 40)],
    [`DefaultEndpointsProtocol=https;AccountKey=${of(ALNUM, 86)}==`, of(ALNUM, 86)],
    [`https://x.blob.core.windows.net/c?sv=1&sig=${of(ALNUM, 44)}`, of(ALNUM, 44)],
    [`//registry.npmjs.org/:_authToken=${of(LOWER, 36)}`, of(LOWER, 36)],
    [`DB_PASSWORD="Tr0ub4dor&3"`, 'Tr0ub4dor&3'],
    [`{\\"client_secret\\": \\"${of(ALNUM, 30)}\\"}`, of(ALNUM, 30)],
    [`var vendorToken string = "${of(LOWER, 24)}"`, of(LOWER, 24)],
    [`PGPASSWORD=Xk4$vL5nQ8 psql`, 'Xk4$vL5nQ8'],
    [`password: 'pa$$w0rd;9(x)'`, 'pa$$w0rd;9(x)'],
    [`SESSION_TOKEN=${of(ALNUM, 32)}`, of(ALNUM, 32)],
    [`aws:\n  token: ${of(ALNUM, 40)}`, of(ALNUM, 40)],
  ])('takes the value out of %j, and nothing else', (text, secret) => {
    const { text: redacted, rules } = redactor.redact(text);
    expect(rules).toHaveLength(1);
    expect(redacted).not.toContain(secret);
    const [before = '', after = ''] = text.split(secret);
    expect(redacted.startsWith(before)).toBe(true);
    expect(redacted.length - before.length - after.replace(/^=+/u, '').length).toBeGreaterThan(20);
  });

  it.each([
    'const token = getToken();',
    'password: string;',
    'apiKey: process.env.API_KEY',
    'password = "changeme"',
    'PASSWORD=${DB_PASSWORD}',
    'token: <your-token-here>',
    'secret: "your-secret-here"',
    'postgres://user:password@localhost/db',
    'postgres://user:${PASSWORD}@localhost/db',
    'the token budget is 200000 tokens',
    'access_token: "access-token-for-the-api"',
    'tokenizer = AutoTokenizer.from_pretrained("bert-base-uncased")',
    'export const secretKey = "AGENT_DREAMS_SECRET_KEY";',
    `sha256-${of(ALNUM, 43)}=`,
    `commit ${of(HEX, 40)}`,
    '6c03cff7-6362-4525-a16f-8c9626abb658',
    'toolu_01Bdp1AbYBXMh7SvwYdzAGa5 msg_01QsjUKj2qiHGGqN8tpRTCRh req_011CXJqfBdHc4XoEM4owuAdu',
    `npm_${'x'.repeat(36)}`,
    'ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
    'password_hash: str = Field(...)',
    'credentials: "same-origin",',
    'Bearer authentication is required',
  ])('leaves %j alone', (text) => {
    expect(scanner.scan(text)).toEqual([]);
  });

  it('gives sorted, disjoint ranges inside the text, whatever the text', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.constantFrom(
        ...TOKENS.slice(0, 12).map(([, token]) => token),
        '\u001b[1m',
        '\u200b',
        'password="',
        'Bearer ',
        '://a:',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const text = pieces.join('');
        let last = 0;
        for (const { start, end } of scanner.scan(text)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          last = end;
        }
        expect(last).toBeLessThanOrEqual(text.length);
      }),
    );
  });

  it('finds a token at any place of a long text', () => {
    const [, token] = TOKENS[0] ?? ['', ''];
    fc.assert(
      fc.property(fc.nat({ max: 3_000 }), fc.nat({ max: 3_000 }), (before, after) => {
        const text = `${'key '.repeat(before)}${token} ${'secret '.repeat(after)}`;
        expect(scanner.scan(text)).toEqual([
          { rule: 'github-token', start: before * 4, end: before * 4 + token.length, secret: token },
        ]);
      }),
      { numRuns: 50 },
    );
  });

  it('has a table whose rules can be found by their keywords', () => {
    for (const { id, keywords, pattern } of SECRET_RULES) {
      expect(id).toMatch(/^[a-z0-9-]+$/u);
      expect(keywords.length).toBeGreaterThan(0);
      for (const keyword of keywords) expect(keyword).toMatch(/^[\x20-\x7e]+$/u);
      expect(keywords.every((keyword) => keyword === keyword.toLowerCase())).toBe(true);
      expect(pattern.flags).toMatch(/[gy]/u);
    }
    expect(new Set(SECRET_RULES.map(({ id }) => id)).size).toBeGreaterThan(80);
  });
});

describe('redaction', () => {
  const [, token] = TOKENS[0] ?? ['', ''];

  it('marks equal secrets as equal, and only for those who have the key', () => {
    const { text, rules } = redactor.redact(`${token} and again ${token}`);
    const [first, second] = text.split(' and again ');
    expect(first).toBe(second);
    expect(rules).toEqual(['github-token', 'github-token']);
    const elsewhere = createRedactor(scanner, nodeHasher(), 'another key').redact(token).text;
    expect(elsewhere).not.toBe(redactor.redact(token).text);
  });

  it('is done once: redacted text has nothing left to redact', () => {
    for (const [, secret] of TOKENS) {
      const once = redactor.redact(`password="${secret}" token: ${secret}`).text;
      expect(redactor.redact(once)).toEqual({ text: once, rules: [], findings: [] });
    }
  });

  it('leaves a text without secrets as it is', () => {
    expect(redactor.redact('nothing here')).toEqual({ text: 'nothing here', rules: [], findings: [] });
  });
});
