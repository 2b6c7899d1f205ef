import type { SecretRule } from '../secretRule';
import { at, B, START, token } from './build';

const KEY_BLOCK = String.raw`-----BEGIN[ A-Z0-9]{0,40}PRIVATE KEY(?: BLOCK)?-----`;
const KEY_END = String.raw`-----END[ A-Z0-9]{0,40}PRIVATE KEY(?: BLOCK)?-----`;
/** What stands between the lines of a key: breaks, gutters, quotes, diff signs. */
const KEY_BODY = String.raw`[\sA-Za-z0-9+/=:,."'\\|>#*-]`;

/** A variable, key or field that is called like a secret, */
const NAME =
  String.raw`(?:pass(?:w(?:or)?d|phrase|code|wrd)?|pwd|passwd|secret|token|api[_-]?key|access[_-]?key|account[_-]?key|auth[_-]?(?:key|token)|` +
  String.raw`encryption[_-]?key|signing[_-]?key|private[_-]?key|master[_-]?key|session[_-]?key|client[_-]?key|credentials?|authorization|apitoken|salt)` +
  String.raw`(?![a-z])[\w-]{0,24}`;
/** perhaps quoted, indexed or typed, */
const TYPE = String.raw`["'\x60]?\]?\)?(?:[ \t]?:?[ \t]{1,2}[A-Za-z]{3,12})?`;
const ASSIGN = String.raw`[ \t]{0,30}(?:[.?|!]{0,2}=>?|:{1,3}=|::|:)[ \t]{0,8}`;
/** and its value: in quotes anything up to the next, else one word that is no reference. */
const QUOTED = String.raw`(?:[a-zA-Z]{1,2}(?=["']))?(?<quote>["'\x60])(?<secret>[^\s"'\x60][^"'\x60\n]{3,300})(?=["'\x60])`;
const BARE = String.raw`(?<secret>[^\s"'\x60,;<>()[\]{}\\$|&][^\s"'\x60,;<>()[\]{}\\|&]{5,300})`;
const NAMES =
  'pass passwd password passphrase passcode passwrd pwd secret token apikey api_key api-key access_key accesskey access-key account_key accountkey'
    .concat(' auth_key authkey auth-key authtoken auth_token encryption_key encryptionkey signing_key signingkey')
    .concat(' private_key privatekey private-key master_key masterkey session_key sessionkey client_key clientkey')
    .concat(' credential credentials authorization salt');

function assigned(id: string, source: string): SecretRule {
  const pattern = new RegExp(NAME + source, 'iuy');
  return at(id, 'generic', NAMES, pattern, { check: 'assigned', confidence: 'low', floor: 0, endsWord: true });
}

/** Secrets of nobody in particular. */
export const GENERIC_RULES: readonly SecretRule[] = [
  {
    id: 'private-key',
    provider: 'generic',
    keywords: ['-----begin'],
    pattern: new RegExp(`${KEY_BLOCK}(?:(?:(?!-----)[\\s\\S]){20,16000}${KEY_END}|${KEY_BODY}{20,16000})`, 'uy'),
    floor: 0,
  },
  at('putty-key', 'PuTTY', 'private-lines', /Private-Lines: \d{1,3}(?:\s{1,4}[A-Za-z0-9+/=]{1,80}){1,200}/uy),
  token('age-secret-key', 'age', 'AGE-SECRET-KEY-1', '[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}', { floor: 0 }),
  token('age-secret-key', 'age', 'AGE-SECRET-KEY-PQ-1', '[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58,80}', { floor: 0 }),
  token('private-key-base64', 'generic', 'LS0tLS1CRUdJTi', `${B}{60,16000}`),
  token('jwt-base64', 'generic', 'ZXlK', `${B}{60,6000}`),
  at(
    'jwt',
    'generic',
    'eyj',
    new RegExp(String.raw`${START}eyJ[\w-]{10,600}\.(?:eyJ)?[\w-]{8,4000}(?:\.[\w-]{0,1500}){0,3}`, 'uy'),
  ),
  at(
    'jwt',
    'generic',
    'eyj',
    new RegExp(
      String.raw`${START}eyJ[A-Za-z0-9+/]{16,300}={0,2}\.[A-Za-z0-9+/]{16,2000}={0,2}(?:\.[A-Za-z0-9+/=_-]{10,800})?`,
      'uy',
    ),
  ),
  {
    id: 'url-credentials',
    provider: 'generic',
    keywords: ['://'],
    pattern:
      /:\/\/(?:[^\s/:@"'`<>{}()\\]{0,128}:(?<secret>[^\s/@"'`<>{}()\\]{2,256}|[^\s@"'`<>{}()\\]{3,80})@(?=[\w.[-]))/uy,
    nearby: '@',
    check: 'url-password',
    confidence: 'medium',
    floor: 0,
  },
  at('url-token', 'generic', '://', /:\/\/(?<secret>[\w%.~-]{20,256})(?::(?:x-oauth-basic)?)?@(?=[\w[-])/uy, {
    nearby: '@',
    check: 'random',
    confidence: 'medium',
    floor: 3,
  }),
  at(
    'authorization',
    'generic',
    'bearer basic apikey token',
    /(?:Bearer|Basic|ApiKey|(?<=Authorization["']?: ?["']?)Token)["']?,?[ \t:]{1,3}["']?(?<secret>[A-Za-z0-9+/_.~=-]{16,4000})/iuy,
    {
      next: `"', \t:`,
      check: 'random',
      confidence: 'medium',
      floor: 3,
    },
  ),
  at(
    'basic-auth',
    'generic',
    'basic',
    /(?<=authorization["'\]]{0,2}[ ,:=]{1,4}["'`]?)Basic[ \t]{1,3}(?<secret>[A-Za-z0-9+/]{6,400}={0,2})/iuy,
    { floor: 2 },
  ),
  at(
    'authorization-header',
    'generic',
    'authorization x-api-key x-auth-token api-key private-token x-token',
    /(?:authorization|x-api-key|x-auth-token|x-token|api-key|private-token)["'\]]{0,3}[ \t]{0,3}[:=,][ \t]{0,3}["'`]?(?:[A-Za-z]{3,12}[ \t]{1,3})?(?<secret>[\w+/=.~:-]{8,2000})/iuy,
    {
      check: 'random',
      confidence: 'medium',
      floor: 2.8,
    },
  ),
  at(
    'session-cookie',
    'generic',
    'jsessionid phpsessid sessionid session= connect.sid sid= asp.net_sessionid laravel_session',
    /(?:jsessionid|phpsessid|sessionid|session|connect\.sid|\bsid|asp\.net_sessionid|laravel_session)=(?<secret>[A-Za-z0-9%_.+/~-]{20,2000})/iuy,
    {
      check: 'random',
      confidence: 'medium',
      floor: 3,
    },
  ),
  at(
    'command-password',
    'generic',
    'curl wget http',
    /(?:curl|wget|https?)\b[^\n|;]{0,300}?\s(?:-u|--user|--proxy-user)[ =]?["']?[^\s:"']{0,100}:(?<secret>[^\s"'<{]{2,200})/uy,
    {
      nearby: '-u',
      check: 'password',
      confidence: 'medium',
      floor: 0,
    },
  ),
  at(
    'command-password',
    'generic',
    'curl',
    /curl\b[^|;]{0,300}?\s(?:-u|--user|--proxy-user)[ =]?(?:"[^\s:"']{0,100}:(?<secret>[^\s"<{][^"\n]{1,200})"|'[^\s:"']{0,100}:(?<secret2>[^\s'<{][^'\n]{1,200})'|[^\s:"']{0,100}:(?<secret3>[^\s"'<{]{2,200}))/uy,
    {
      nearby: '-u',
      check: 'password',
      confidence: 'medium',
      floor: 0,
    },
  ),
  at(
    'command-password',
    'generic',
    'mysql sshpass pgpassword mysql_pwd redis-cli docker mongo',
    /(?:sshpass\s{1,3}-p\s{0,2}["']?|mysql(?:dump|admin)?\b[^\n|;]{0,200}?\s-p|(?:PGPASSWORD|MYSQL_PWD)=["']?|redis-cli\b[^\n|;]{0,120}?\s-a\s{1,2}["']?|docker\s{1,2}login\b[^\n|;]{0,160}?\s-p\s{1,2}["']?|mongo(?:sh|dump)?\b[^\n|;]{0,160}?\s-p\s{1,2}["']?)(?<secret>[^\s"'$<{-][^\s"']{3,200})/uy,
    {
      check: 'password',
      confidence: 'medium',
      floor: 0,
    },
  ),
  at(
    'sql-password',
    'generic',
    'identified password',
    /(?:identified\s{1,3}(?:with\s{1,3}\w{3,40}\s{1,3})?by|password)\s{1,3}(?:\(?\s?['"])(?<secret>[^'"\s]{4,128})['"]/iuy,
    { check: 'password', confidence: 'low', floor: 0 },
  ),
  at(
    'xml-password',
    'generic',
    'password secret',
    /(?:password|secret)(?:[\w.-]{0,20}["']?\s{1,3}value\s?=\s?"(?<secret>[^"\s<>{}$]{4,200})"|>\s{0,20}(?<secret2>[^<>\s{}$]{4,200})\s{0,20}<\/)/iuy,
    { check: 'password', confidence: 'low', floor: 0 },
  ),
  assigned('assigned-secret', TYPE + ASSIGN + QUOTED),
  assigned('assigned-secret', TYPE + ASSIGN + BARE),
  assigned('assigned-secret', String.raw`["'\x60],[ \t]{0,3}${QUOTED.replace('{3,300}', '{11,300}')}`),
  at('assigned-secret', 'generic', NAMES, new RegExp(String.raw`(?<=--[\w-]{0,20})${NAME}[ =]["']?${BARE}`, 'iuy'), {
    endsWord: true,
    check: 'assigned',
    confidence: 'low',
    floor: 0,
  }),
  {
    id: 'spoken-password',
    provider: 'generic',
    keywords: ['password ', 'passphrase ', 'passcode ', 'secret ', 'token ', 'api key '],
    pattern: new RegExp(
      String.raw`(?:password|passphrase|passcode|secret|token|api key)(?: for [\w.@-]{1,40})? (?:is|was|=) ["'\x60]?${BARE}`,
      'iuy',
    ),
    check: 'assigned',
    confidence: 'low',
    floor: 0,
  },
];
