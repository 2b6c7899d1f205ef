import type { SecretRule } from './secretRule';

/**
 * The table of known secrets: facts about token formats (prefix, alphabet, length), nothing else. The more specific rule
 * stands first: where two overlap, the first names the replacement. To add a format, add a line here.
 */

/** Not in the middle of a word; the `n` of an escaped line break is no letter. */
const START = String.raw`(?:(?<![A-Za-z0-9])|(?<=\\[nrt]))`;

/** A token that begins with `prefix` (a pattern) and goes on with `length` characters of `alphabet`. */
function token(
  id: string,
  keyword: string | readonly string[],
  prefix: string,
  alphabet: string,
  length: string,
): SecretRule {
  const keywords = typeof keyword === 'string' ? [keyword] : keyword;
  return { id, keywords, pattern: new RegExp(`${START}${prefix}[${alphabet}]{${length}}`, 'gu') };
}

/** The keyword followed by one hexadecimal digit, so that a short keyword does not occur everywhere. */
function hexAfter(keyword: string): readonly string[] {
  return Array.from('0123456789abcdef', (digit) => keyword + digit);
}

/** How the base64 of a number begins: two digits and the high bits of a third. */
function base64Snowflakes(): readonly string[] {
  const pairs = ['mt', 'mj', 'mz', 'nd', 'nt', 'nj', 'nz', 'od', 'ot'];
  return pairs.flatMap((pair) => Array.from('aeimquycgk', (third) => pair + third));
}

const ALNUM = 'A-Za-z0-9';
const WORD = String.raw`\w`;
const URLSAFE = String.raw`\w\-`;
const HEX = 'a-f0-9';
const ANYHEX = 'A-Fa-f0-9';

const KEY_BLOCK = String.raw`-----BEGIN[ A-Z0-9]{0,40}PRIVATE KEY(?: BLOCK)?-----`;
const KEY_END = String.raw`-----END[ A-Z0-9]{0,40}PRIVATE KEY(?: BLOCK)?-----`;

const blocks: readonly SecretRule[] = [
  {
    id: 'private-key',
    keywords: ['private key'],
    pattern: new RegExp(
      `${KEY_BLOCK}(?:(?:(?!-----)[\\s\\S]){40,16000}${KEY_END}|[\\sA-Za-z0-9+/=:,."'\\\\|>\\-]{40,16000})`,
      'gu',
    ),
    after: 17_000,
  },
  {
    id: 'putty-key',
    keywords: ['private-lines'],
    pattern: /Private-Lines: \d{1,3}(?:\s{1,4}[A-Za-z0-9+/=]{1,80}){1,200}/gu,
    after: 16_000,
  },
  token('age-secret-key', 'age-secret-key-1', 'AGE-SECRET-KEY-1', 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L', '58'),
];

const cloud: readonly SecretRule[] = [
  token('aws-access-key', ['akia', 'asia', 'abia', 'acca'], '(?:AKIA|ASIA|ABIA|ACCA)', 'A-Z2-7', '16'),
  {
    id: 'aws-secret-key',
    keywords: ['aws_secret', 'secret_access_key', 'secretaccesskey', 'secret access key'],
    pattern:
      /(?:secret[_ ]?access[_ ]?key|aws_secret(?:_key)?)["'\\ ]{0,4}[:=>]{1,2}["'\\ ]{0,4}(?<secret>[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+])/giu,
  },
  token('aws-bedrock-key', 'absk', 'ABSK', `${ALNUM}+/=`, '109,300'),
  token('google-api-key', 'aiza', 'AIza', URLSAFE, '35'),
  token('google-oauth-secret', 'gocspx-', 'GOCSPX-', URLSAFE, '28'),
  token('google-access-token', 'ya29.', String.raw`ya29\.`, URLSAFE, '20,2000'),
  token('google-refresh-token', '1//0', '1//0', URLSAFE, '40,120'),
  token('azure-client-secret', '8q~', String.raw`[\w~.\-]{3}8Q~`, String.raw`\w~.\-`, '31,34'),
  {
    id: 'azure-storage-key',
    keywords: ['accountkey=', 'sharedaccesskey='],
    pattern: /(?:Account|SharedAccess)Key=(?<secret>[A-Za-z0-9+/]{40,88}={0,2})/giu,
  },
  {
    id: 'azure-sas',
    keywords: ['sig='],
    pattern: /[?&]sig=(?<secret>[A-Za-z0-9%]{40,100})(?![A-Za-z0-9%])/gu,
    before: 8,
  },
  token('alibaba-access-key', 'ltai', 'LTAI', ALNUM, '17,21'),
  token('digitalocean-token', ['dop_v1_', 'doo_v1_', 'dor_v1_'], 'do[opr]_v1_', HEX, '64'),
  token('heroku-api-key', 'hrku-aa', 'HRKU-AA', URLSAFE, '50,70'),
  token('fly-token', ['fo1_', 'fm1r_', 'fm2_'], '(?:fo1_|fm1r_|fm2_)', String.raw`\w\-+/=`, '40,600'),
  token('cloudflare-origin-ca', 'v1.0-', String.raw`v1\.0-[a-f0-9]{24}-`, HEX, '146'),
  token('netlify-token', 'nfp_', 'nfp_', ALNUM, '36'),
  token('render-key', 'rnd_', 'rnd_', ALNUM, '28,40'),
  token('databricks-token', 'dapi', 'dapi', HEX, '32'),
  token('planetscale', 'pscale_', 'pscale_(?:tkn|pw|oauth)_', String.raw`\w.\-=`, '32,64'),
  token('supabase-token', ['sbp_', 'sb_secret_'], '(?:sbp_|sb_secret_)', URLSAFE, '24,60'),
  token('vault-token', ['hvs.', 'hvb.'], String.raw`hv[sb]\.`, URLSAFE, '24,300'),
  token('terraform-token', '.atlasv1.', String.raw`[A-Za-z0-9]{14}\.atlasv1\.`, URLSAFE, '60,70'),
  token('pulumi-token', 'pul-', 'pul-', HEX, '40'),
  token('doppler-token', 'dp.', String.raw`dp\.(?:pt|st|ct|sa|scim|audit)\.(?:[a-z0-9\-_]{2,35}\.)?`, ALNUM, '40,44'),
];

const code: readonly SecretRule[] = [
  token('github-token', ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'], 'gh[pousr]_', WORD, '36,255'),
  token('github-fine-grained', 'github_pat_', 'github_pat_', WORD, '60,255'),
  token(
    'gitlab-token',
    ['glpat-', 'gldt-', 'glrt-', 'glcbt-', 'glptt-', 'glft-', 'glimt-', 'glagent-', 'glsoat-', 'gloas-'],
    'gl(?:pat|dt|rt|cbt|ptt|ft|imt|agent|soat|oas)-',
    String.raw`\w.\-`,
    '20,100',
  ),
  token('gitlab-runner', 'gr1348941', 'GR1348941', URLSAFE, '20'),
  token('bitbucket-app-password', 'atbb', 'ATBB', ALNUM, '28,40'),
  token('atlassian-token', 'atatt3xffgf0', 'ATATT3xFfGF0', String.raw`\w=\-`, '60,300'),
  token('npm-token', 'npm_', 'npm_', ALNUM, '36'),
  {
    id: 'npm-auth',
    keywords: ['_authtoken', '_password'],
    pattern: /(?<![\w.])_(?:authToken|password)\s{0,3}=\s{0,3}"?(?<secret>[^\s"'$]{16,400})/gu,
  },
  token('pypi-token', 'pypi-age', 'pypi-AgE(?:IcHlwaS5vcmc|NdGVzdC5weXBpLm9yZw)', URLSAFE, '50,400'),
  token('rubygems-key', 'rubygems_', 'rubygems_', HEX, '48'),
  token('crates-token', 'cio', 'cio', ALNUM, '32'),
  token('nuget-key', 'oy2', 'oy2', 'a-z0-9', '43'),
  token('docker-token', ['dckr_pat_', 'dckr_oat_'], 'dckr_[po]at_', URLSAFE, '27,40'),
  token('jfrog-token', 'akcp', 'AKCp', ALNUM, '60,80'),
  token('sonar-token', ['sqp_', 'squ_', 'sqa_'], 'sq[pua]_', HEX, '40'),
  token('sourcegraph-token', 'sgp_', 'sgp_(?:[a-f0-9]{16}_|local_)?', HEX, '40'),
  token('sentry-token', ['sntrys_', 'sntryu_'], 'sntry[su]_', String.raw`\w+/=`, '40,300'),
  token('postman-key', 'pmak-', 'PMAK-[a-f0-9]{24}-', HEX, '34'),
  token('circleci-token', 'ccipat_', 'CCIPAT_', String.raw`\w\-`, '40,90'),
  token('vercel-token', ['vcp_', 'vck_', 'vca_', 'vcr_', 'vci_'], 'vc[pkari]_', URLSAFE, '24,80'),
  token('clojars-token', 'clojars_', 'CLOJARS_', 'A-Za-z0-9', '60'),
  token('openshift-token', 'sha256~', 'sha256~', URLSAFE, '43'),
  token('harness-key', ['pat.', 'sat.'], String.raw`[ps]at\.[\w-]{22}\.[A-Za-z0-9]{24}\.`, ALNUM, '20'),
  token('buildkite-token', 'bkua_', 'bkua_', HEX, '40'),
];

const models: readonly SecretRule[] = [
  token('anthropic-key', 'sk-ant-', 'sk-ant-(?:[a-z]{2,10}[0-9]{2}-)?', URLSAFE, '20,200'),
  token('openrouter-key', 'sk-or-v1-', 'sk-or-v1-', HEX, '64'),
  token(
    'openai-key',
    ['sk-proj-', 'sk-svcacct-', 'sk-admin-', 'sk-none-'],
    'sk-(?:proj|svcacct|admin|None)-',
    URLSAFE,
    '20,200',
  ),
  { id: 'openai-key', keywords: ['t3blbkfj'], pattern: /sk-[\w-]{10,100}T3BlbkFJ[\w-]{16,100}/gu, before: 120 },
  token('openai-key', 'sk-', 'sk-', ALNUM, '48'),
  token('deepseek-key', 'sk-', 'sk-', HEX, '32'),
  token('huggingface-token', ['hf_', 'api_org_'], '(?:hf_|api_org_)', ALNUM, '34,40'),
  token('gemini-key', 'aq.ab', String.raw`AQ\.Ab`, URLSAFE, '30,120'),
  token('groq-key', 'gsk_', 'gsk_', ALNUM, '48,56'),
  token('xai-key', 'xai-', 'xai-', ALNUM, '70,90'),
  token('replicate-token', 'r8_', 'r8_', ALNUM, '37'),
  token('perplexity-key', 'pplx-', 'pplx-', ALNUM, '40,56'),
  token('nvidia-key', 'nvapi-', 'nvapi-', URLSAFE, '60,70'),
  token('langsmith-key', ['lsv2_pt_', 'lsv2_sk_'], 'lsv2_(?:pt|sk)_', String.raw`\w`, '40,50'),
  token('tavily-key', 'tvly-', 'tvly-(?:dev-|prod-)?', ALNUM, '30,40'),
];

const services: readonly SecretRule[] = [
  token(
    'slack-token',
    ['xoxb-', 'xoxa-', 'xoxp-', 'xoxo-', 'xoxs-', 'xoxr-', 'xoxe-', 'xoxe.xox'],
    String.raw`xox(?:[abopsr]|e(?:\.xox[bp])?)-`,
    String.raw`A-Za-z0-9\-`,
    '10,250',
  ),
  token('slack-app-token', 'xapp-', 'xapp-', String.raw`A-Za-z0-9\-`, '20,250'),
  token(
    'slack-webhook',
    'hooks.slack.com',
    String.raw`hooks\.slack\.com/(?:services|workflows|triggers)/`,
    String.raw`\w+/`,
    '40,80',
  ),
  token(
    'stripe-key',
    ['sk_live_', 'sk_test_', 'sk_prod_', 'rk_live_', 'rk_test_', 'rk_prod_'],
    '[sr]k_(?:live|test|prod)_',
    ALNUM,
    '10,200',
  ),
  token('webhook-secret', 'whsec_', 'whsec_', `${ALNUM}+/=`, '24,80'),
  token('square-token', ['sq0atp-', 'sq0csp-', 'sq0idp-'], 'sq0(?:atp|csp|idp)-', URLSAFE, '22,60'),
  token('shopify-token', ['shpat_', 'shpca_', 'shppa_', 'shpss_'], 'shp(?:at|ca|pa|ss)_', ANYHEX, '32'),
  token('sendgrid-key', 'sg.', String.raw`SG\.[\w\-]{20,24}\.`, URLSAFE, '39,50'),
  token('twilio-key', hexAfter('sk'), 'SK', HEX, '32'),
  token('mailgun-key', 'key-', 'key-', HEX, '32'),
  token('mailchimp-key', '-us', '[a-f0-9]{32}-us', '0-9', '1,2'),
  token('brevo-key', 'xkeysib-', 'xkeysib-[a-f0-9]{64}-', ALNUM, '16'),
  token('telegram-bot-token', ':aa', '[0-9]{8,10}:AA', URLSAFE, '32,34'),
  {
    id: 'discord-token',
    keywords: base64Snowflakes(),
    pattern: new RegExp(String.raw`${START}[MNO][\w\-]{23,27}\.[\w\-]{6}\.[\w\-]{27,40}(?![\w\-])`, 'gu'),
    before: 40,
    after: 60,
    check: 'token',
  },
  token(
    'discord-webhook',
    ['discord.com/api/webhooks', 'discordapp.com/api/webhooks'],
    String.raw`discord(?:app)?\.com/api/webhooks/[0-9]{17,20}/`,
    URLSAFE,
    '60,80',
  ),
  token(
    'teams-webhook',
    'webhook.office.com',
    String.raw`webhook\.office\.com/webhookb2/`,
    String.raw`\w\-@/`,
    '80,300',
  ),
  token('linear-key', ['lin_api_', 'lin_oauth_'], 'lin_(?:api|oauth)_', ALNUM, '32,64'),
  token('notion-token', ['ntn_', 'secret_'], '(?:ntn_[0-9]{11}|secret_)', ALNUM, '35,46'),
  token('figma-token', ['figd_', 'figo_'], 'fig[do]_', URLSAFE, '40,60'),
  token('airtable-token', 'pat', String.raw`pat[A-Za-z0-9]{14}\.`, HEX, '64'),
  token('dropbox-token', 'sl.', String.raw`sl\.(?:u\.)?`, URLSAFE, '120,1400'),
  token('newrelic-key', ['nrak-', 'nrii-', 'nrjs-'], 'NR(?:AK|II|JS)-', String.raw`\w\-`, '19,40'),
  token('grafana-token', ['glsa_', 'glc_'], '(?:glsa_|glc_)', String.raw`\w+/=`, '32,400'),
  token('dynatrace-token', 'dt0', String.raw`dt0[a-z][0-9]{2}\.[A-Z0-9]{24}\.`, 'A-Z0-9', '64'),
  token('onepassword-token', 'ops_eyj', 'ops_eyJ', `${ALNUM}+/=_`, '100,1200'),
  token('facebook-token', 'eaa', 'EAA(?:C|M|G|B)', ALNUM, '80,300'),
  token('nats-nkey', ['sua', 'saa', 'soa', 'sna', 'sca', 'sxa'], 'S[UAONCX]A[A-Z2-7]', 'A-Z2-7', '54'),
  token('adafruit-key', 'aio_', 'aio_', ALNUM, '28'),
  token('flutterwave-key', 'flwseck', 'FLWSECK(?:_TEST)?-', ALNUM, '12,64'),
  token('slack-session', ['xoxc-', 'xoxd-'], 'xox[cd]-', String.raw`\w%+/=.\-`, '40,400'),
  token('mapbox-token', ['pk.', 'sk.'], String.raw`[ps]k\.[A-Za-z0-9]{60,100}\.`, URLSAFE, '20,24'),
  token('posthog-key', ['phc_', 'phx_'], 'ph[cx]_', URLSAFE, '40,50'),
  token('shippo-token', ['shippo_live_', 'shippo_test_'], 'shippo_(?:live|test)_', HEX, '40'),
  token('onepassword-key', 'a3-', 'A3-[A-Z0-9]{6}-', String.raw`A-Z0-9\-`, '23,30'),
  token('twitter-bearer', 'aaaaaaaaaaaaaaaaaaaa', 'A{20,24}', `${ALNUM}%`, '70,120'),
  token('easypost-key', ['ezak', 'eztk'], 'EZ[AT]K', ALNUM, '54'),
];

const SECRET_NAMES = ['passw', 'pwd', 'passphrase', 'secret', 'token', 'apikey', 'api_key', 'api-key']
  .concat(['access_key', 'accesskey', 'access-key', 'auth_key', 'encryption_key', 'signing_key', 'private_key'])
  .concat(['credential']);
/** A variable, key or field that is called like a secret, */
const NAME = String.raw`(?:passw(?:or)?d|pwd|passphrase|secret|token|api[_-]?key|access[_-]?key|auth[_-]?key|encryption[_-]?key|signing[_-]?key|private[_-]?key|credentials?)(?:[_-]?(?:key|value|id|hash|base|prod|dev|live|test)){0,2}`;
/** perhaps quoted or typed, */
const TYPE = String.raw`(?:\\{0,3}["'\x60])?\]?(?::?\s{1,2}[a-z]{3,12})?`;
const ASSIGN = String.raw`\s{0,3}(?::{0,2}=|=>|[?|]{0,2}=|:)\s{0,3}`;
/** and its value: in quotes anything up to the next, else one word that is no reference. */
const QUOTED = String.raw`(?<quote>\\{0,3}["'\x60])(?<secret>[^\s"'\x60\\][^"'\x60\\\n]{5,300})(?=["'\x60\\])`;
const BARE = String.raw`(?<secret>[^\s"'\x60,;<>()[\]{}\\$|][^\s"'\x60,;<>()[\]{}\\|]{7,300})`;

const generic: readonly SecretRule[] = [
  token('jwt-base64', 'zxlk', 'ZXlK', `${ALNUM}+/_=`, '60,6000'),
  {
    id: 'jwt',
    keywords: ['eyj'],
    pattern: /(?<![A-Za-z0-9])eyJ[\w-]{10,2000}\.(?:eyJ)?[\w-]{10,4000}(?:\.[\w-]{10,2000}|\b)/gu,
    after: 8_100,
  },
  {
    id: 'url-credentials',
    keywords: ['://'],
    pattern:
      /[a-z][a-z0-9+.-]{1,30}:\/\/[^\s/:@"'`<>[\]{}()\\]{0,128}:(?<secret>[^\s/@"'`<>[\]{}()\\]{3,256})@[\w.[-]/giu,
    before: 32,
    check: 'url-password',
  },
  {
    id: 'authorization',
    keywords: ['bearer', 'basic '],
    pattern: /\b(?:Bearer|Basic)\s{1,3}(?<secret>[A-Za-z0-9+/=_.~-]{16,4000})/giu,
    after: 4_100,
    check: 'token',
  },
  {
    id: 'command-password',
    keywords: ['curl', 'mysql', 'psql', 'sshpass', 'pgpassword'],
    pattern:
      /\b(?:curl\b[^\n|;]{0,300}?\s-(?:u|-user)[ =]["']?[^\s:"']{1,100}:|sshpass\s+-p\s{0,2}["']?|mysql\b[^\n|;]{0,200}?\s-p|PGPASSWORD=["']?)(?<secret>[^\s"'$<{][^\s"']{3,200})/gu,
    check: 'password',
  },
  ...[QUOTED, BARE].map((value): SecretRule => ({
    id: 'assigned-secret',
    keywords: SECRET_NAMES,
    pattern: new RegExp(NAME + TYPE + ASSIGN + value, 'giu'),
    before: 24,
    after: 420,
    check: 'assigned',
  })),
];

/** Every rule, the more specific first. */
export const SECRET_RULES: readonly SecretRule[] = [...blocks, ...models, ...code, ...cloud, ...services, ...generic];
