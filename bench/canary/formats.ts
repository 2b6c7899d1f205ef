/** Random numbers from a seed (mulberry32), so that a hit can be looked at again. */
export interface Random {
  /** From 0 to `below` - 1. */
  below(limit: number): number;
  text(letters: string, length: number): string;
}

export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    text: (letters, length) => Array.from({ length }, () => letters[below(letters.length)] ?? '').join(''),
  };
}

/** A kind of secret, made from what its issuer says about it in public; independent of the rules of the scanner. */
export interface Format {
  readonly id: string;
  /** What must not be found anywhere afterwards. */
  readonly make: (random: Random) => string;
  /** How people write it down; by default as it is. */
  readonly phrase?: (value: string) => string;
}

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const UPPER = LOWER.toUpperCase();
const DIGIT = '0123456789';
const HEX = `${DIGIT}abcdef`;
const ALNUM = UPPER + LOWER + DIGIT;
const URLSAFE = `${ALNUM}-_`;
const BASE32 = `${UPPER}234567`;
const B64 = `${ALNUM}+/`;

/** Pieces, so that nothing in this file has the shape of a token. */
const p = (...pieces: readonly string[]): string => pieces.join('');
const after =
  (start: string, letters: string, length: number) =>
  (random: Random): string =>
    start + random.text(letters, length);
const named = (name: string) => (value: string) => `${name}=${value}`;
const spoken = (name: string) => (value: string) => `"${name}": "${value}"`;
/** What people choose: all kinds of characters. */
const strong =
  (length: number) =>
  (random: Random): string =>
    `${random.text(UPPER, 2)}${random.text(DIGIT, 2)}${random.text('!#^*', 1)}${random.text(ALNUM, length)}`;

const TOKENS: readonly Format[] = [
  { id: 'github-classic', make: after(p('gh', 'p_'), ALNUM, 36) },
  { id: 'github-oauth', make: after(p('gh', 'o_'), ALNUM, 36) },
  { id: 'github-server', make: after(p('gh', 's_'), ALNUM, 36) },
  { id: 'github-fine', make: (r) => `${p('github', '_pat_')}${r.text(ALNUM, 22)}_${r.text(ALNUM, 59)}` },
  { id: 'gitlab', make: after(p('gl', 'pat-'), URLSAFE, 20) },
  { id: 'npm', make: after(p('np', 'm_'), ALNUM, 36) },
  { id: 'pypi', make: after(p('pypi-', 'AgEIcHlwaS5vcmc'), URLSAFE, 80) },
  { id: 'rubygems', make: after(p('ruby', 'gems_'), HEX, 48) },
  { id: 'docker', make: after(p('dckr', '_pat_'), URLSAFE, 27) },
  { id: 'aws-id', make: after(p('AK', 'IA'), BASE32, 16) },
  { id: 'aws-session-id', make: after(p('AS', 'IA'), BASE32, 16) },
  { id: 'aws-secret', make: (r) => r.text(B64, 40), phrase: named('AWS_SECRET_ACCESS_KEY') },
  { id: 'google-api', make: after(p('AI', 'za'), URLSAFE, 35) },
  { id: 'google-oauth', make: after(p('GOC', 'SPX-'), URLSAFE, 28) },
  { id: 'azure-storage', make: (r) => `${r.text(B64, 86)}==`, phrase: (v) => `AccountName=web;AccountKey=${v};` },
  { id: 'digitalocean', make: after(p('dop', '_v1_'), HEX, 64) },
  { id: 'databricks', make: after(p('da', 'pi'), HEX, 32) },
  { id: 'vault', make: after(p('hv', 's.'), URLSAFE, 90) },
  { id: 'terraform', make: (r) => `${r.text(ALNUM, 14)}${p('.atlas', 'v1.')}${r.text(URLSAFE, 67)}` },
  { id: 'pulumi', make: after(p('pu', 'l-'), HEX, 40) },
  { id: 'doppler', make: after(p('dp', '.pt.'), ALNUM, 43) },
  { id: 'planetscale', make: after(p('pscale', '_tkn_'), URLSAFE, 43) },
  { id: 'supabase', make: after(p('sb', 'p_'), HEX, 40) },
  { id: 'anthropic', make: (r) => `${p('sk-', 'ant-', 'api03-')}${r.text(URLSAFE, 93)}AA` },
  {
    id: 'openai-project',
    make: (r) => `${p('sk-', 'proj-')}${r.text(URLSAFE, 74)}${p('T3Blbk', 'FJ')}${r.text(URLSAFE, 74)}`,
  },
  { id: 'huggingface', make: after(p('h', 'f_'), UPPER + LOWER, 34) },
  { id: 'groq', make: after(p('gs', 'k_'), ALNUM, 52) },
  { id: 'xai', make: after(p('xa', 'i-'), ALNUM, 80) },
  { id: 'replicate', make: after(p('r', '8_'), ALNUM, 37) },
  { id: 'perplexity', make: after(p('pp', 'lx-'), ALNUM, 48) },
  { id: 'slack-bot', make: (r) => `${p('xo', 'xb-')}${r.text(DIGIT, 12)}-${r.text(DIGIT, 12)}-${r.text(ALNUM, 24)}` },
  {
    id: 'slack-user',
    make: (r) => `${p('xo', 'xp-')}${r.text(DIGIT, 12)}-${r.text(DIGIT, 12)}-${r.text(DIGIT, 12)}-${r.text(HEX, 32)}`,
  },
  {
    id: 'slack-hook',
    make: (r) => `T${r.text(UPPER + DIGIT, 10)}/B${r.text(UPPER + DIGIT, 10)}/${r.text(ALNUM, 24)}`,
    phrase: (v) => `${p('https://hooks.', 'slack.com/services/')}${v}`,
  },
  { id: 'stripe-live', make: after(p('sk', '_live_'), ALNUM, 24) },
  { id: 'stripe-restricted', make: after(p('rk', '_live_'), ALNUM, 99) },
  { id: 'square', make: after(p('sq0', 'csp-'), URLSAFE, 43) },
  { id: 'shopify', make: after(p('shp', 'at_'), HEX, 32) },
  { id: 'sendgrid', make: (r) => `${p('S', 'G.')}${r.text(URLSAFE, 22)}.${r.text(URLSAFE, 43)}` },
  { id: 'mailgun', make: after(p('ke', 'y-'), HEX, 32), phrase: named('MAILGUN_API_KEY') },
  { id: 'brevo', make: (r) => `${p('xkey', 'sib-')}${r.text(HEX, 64)}-${r.text(ALNUM, 16)}` },
  { id: 'telegram', make: (r) => `${1 + r.below(9)}${r.text(DIGIT, 9)}:AA${r.text(URLSAFE, 33)}` },
  { id: 'linear', make: after(p('lin', '_api_'), ALNUM, 40) },
  { id: 'notion', make: (r) => `${p('nt', 'n_')}${r.text(DIGIT, 11)}${r.text(ALNUM, 35)}` },
  { id: 'airtable', make: (r) => `${p('pa', 't')}${r.text(ALNUM, 14)}.${r.text(HEX, 64)}` },
  { id: 'newrelic', make: after(p('NR', 'AK-'), UPPER + DIGIT, 27) },
  { id: 'grafana', make: (r) => `${p('gl', 'sa_')}${r.text(ALNUM, 32)}_${r.text(HEX, 8)}` },
  { id: 'dynatrace', make: (r) => `${p('dt0', 'c01.')}${r.text(BASE32, 24)}.${r.text(BASE32, 64)}` },
  { id: 'age', make: after(p('AGE-SECRET', '-KEY-1'), 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L', 58) },
  { id: 'figma', make: after(p('fig', 'd_'), URLSAFE, 43) },
  { id: 'postman', make: (r) => `${p('PM', 'AK-')}${r.text(HEX, 24)}-${r.text(HEX, 34)}` },
  { id: 'sentry-user', make: after(p('snt', 'ryu_'), HEX, 64) },
  { id: 'sonar', make: after(p('sq', 'u_'), HEX, 40) },
];

const jwtPart = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const SHAPES: readonly Format[] = [
  {
    id: 'jwt',
    make: (r) =>
      `${jwtPart({ alg: 'HS256', typ: 'JWT' })}.${jwtPart({ sub: r.text(DIGIT, 10), iat: 1_700_000_000 })}.${r.text(URLSAFE, 43)}`,
    phrase: (v) => `Authorization: Bearer ${v}`,
  },
  {
    id: 'bearer',
    make: (r) => r.text(ALNUM, 40),
    phrase: (v) => `curl -H "Authorization: Bearer ${v}" https://api.example.org/v1`,
  },
  {
    id: 'basic',
    make: (r) => Buffer.from(`deploy:${strong(12)(r)}`).toString('base64'),
    phrase: (v) => `Authorization: Basic ${v}`,
  },
  {
    id: 'url-postgres',
    make: strong(10),
    phrase: (v) => `postgres://app:${encodeURIComponent(v)}@db.internal:5432/app`,
  },
  {
    id: 'url-https',
    make: (r) => r.text(ALNUM, 24),
    phrase: (v) => `git clone https://ci:${v}@git.internal/team/app.git`,
  },
  { id: 'url-redis', make: (r) => r.text(ALNUM, 20), phrase: (v) => `redis://default:${v}@cache.internal:6379/0` },
  { id: 'password-env', make: strong(10), phrase: named('DB_PASSWORD') },
  { id: 'password-json', make: strong(12), phrase: spoken('password') },
  { id: 'password-yaml', make: strong(12), phrase: (v) => `password: '${v}'` },
  { id: 'secret-env', make: (r) => r.text(ALNUM, 32), phrase: named('CLIENT_SECRET') },
  { id: 'token-env', make: (r) => r.text(HEX, 40), phrase: named('SERVICE_TOKEN') },
  { id: 'api-key-json', make: (r) => r.text(ALNUM, 32), phrase: spoken('api_key') },
  { id: 'npmrc', make: (r) => r.text(URLSAFE, 36), phrase: (v) => `//registry.internal/:${p('_auth', 'Token')}=${v}` },
  { id: 'private-key', make: (r) => r.text(B64, 64), phrase: privateKey },
];

function privateKey(line: string): string {
  const turned = Array.from(line).reverse().join('');
  return [
    `-----BEGIN ${p('RSA PRIV', 'ATE KEY')}-----`,
    turned,
    line,
    turned.slice(3),
    `-----END ${p('RSA PRIV', 'ATE KEY')}-----`,
  ].join('\n');
}

/** All formats: at least 60. */
export const FORMATS: readonly Format[] = [...TOKENS, ...SHAPES];

/** A value of an `.env` file that no rule could know: only that it stands there gives it away. */
export const ENV_FORMAT: Format = {
  id: 'env-value',
  make: (r) => `${r.text(LOWER, 6)}-${r.text(HEX, 6)}-${r.text(UPPER, 4)}${r.text(DIGIT, 4)}`,
};
