import type { Warning } from '../review/proposal';

/** One way in which a memory can be dangerous to follow. */
export interface RiskRule {
  readonly kind: Warning['kind'];
  readonly reason: string;
  readonly pattern: RegExp;
  /** A text that forbids it is no risk. */
  readonly unlessForbidden: boolean;
}

const SECRET_THING =
  '(?:api[ _-]?keys?|access tokens?|auth(?:entication)? tokens?|session tokens?|passwords?|credentials?|private keys?|secret keys?|ssh keys?|session cookies?|browser cookies?|environment variables|secrets)';
const SECRET_PLACE =
  '(?:~|\\$HOME|/home/[\\w.-]{1,40}|/root|%USERPROFILE%)[\\\\/]\\.(?:ssh|aws|gnupg|netrc|npmrc|pypirc|kube|docker|git-credentials|config[\\\\/](?:gh|gcloud))\\b';

/** By what a text would make an agent do, not by how an attack sounds. Every filler is bounded. */
export const RISK_RULES: readonly RiskRule[] = [
  {
    kind: 'permission',
    reason: 'It switches off the questions that the agent asks before it acts.',
    pattern:
      /--dangerously-skip-permissions|\bdangerously(?:SkipPermissions|DisableSandbox|AllowAll)\w{0,20}|\bbypassPermissions\b|--yolo\b|\b(?:skip|bypass|disable|ignore|override|turn off|switch off)\s(?:all\s|any\s|the\s|its\s|your\s|every\s){0,2}(?:permission|approval|confirmation|safety|security|authorization|authentication)\s?(?:checks?|prompts?|requests?|dialogs?|rules?|filters?|controls?|policies|measures|guidelines|s)?\b/iu,
    unlessForbidden: true,
  },
  {
    kind: 'permission',
    reason: 'It tells the agent to act without asking.',
    pattern:
      /\bwithout (?:ever |first |any )?(?:asking|confirm(?:ing|ation)|approval|permission|user consent|the user['’]s (?:approval|consent|permission))\b|\b(?:do not|don['’]?t|never|no need to) (?:ask|wait) (?:for |me |the user |user )?(?:for )?(?:any )?(?:permissions?|confirmation|approval|consent|before)\b|\bauto-?(?:approve|accept)s?\b(?! ?(?:mode|edits?) (?:is|are) (?:off|disabled))/iu,
    unlessForbidden: false,
  },
  {
    kind: 'permission',
    reason: 'It widens what the agent may do without a question.',
    pattern:
      /"(?:allow|defaultMode|autoApprove|alwaysAllow)"\s{0,4}:|\bBash\((?:\*|[\w -]{1,20}:\*)\)|\bpermissions?\.(?:allow|defaultMode)\b|\b(?:add|append|put|write)\b[^.\n]{0,60}\b(?:allow ?list|allowed[- ]?tools|permissions\.allow)\b/iu,
    unlessForbidden: true,
  },
  {
    kind: 'permission',
    reason: 'It runs with the rights of the administrator, or opens files to everybody.',
    pattern:
      /(?:^|[`;&|(]\s{0,4}|\b(?:run|use|with|execute|prefix[^.\n]{0,20})\s[`"]?)sudo\s[\w./-]|\bchmod\s(?:-R\s)?(?:0?777|a\+[rwx]{1,3}|\+s)\b|\bNOPASSWD\b|\bsetuid\b/iu,
    unlessForbidden: true,
  },
  {
    kind: 'permission',
    reason: 'It switches off a guard: sandbox, hooks, verification or certificates.',
    pattern:
      /--no-verify\b|--no-sandbox\b|--disable-web-security\b|\bNODE_TLS_REJECT_UNAUTHORIZED\s{0,2}=\s{0,2}['"]?0|\bverify\s{0,2}=\s{0,2}False\b|--insecure\b|--no-gpg-sign\b|\b(?:disable|turn off|switch off|bypass|skip)\s(?:all\s|the\s|any\s|its\s){0,2}(?:sandbox(?:ing)?|(?:git |pre-?commit |claude )?hooks?|signature (?:check|verification)s?|certificate (?:check|verification|validation)s?|(?:ssl|tls) (?:check|verification|validation)s?|firewall|branch protection|access control|antivirus)\b/iu,
    unlessForbidden: true,
  },
  {
    kind: 'hidden-text',
    reason: 'It tells the agent to hide something from people.',
    pattern:
      /\b(?:do not|don['’]?t|never|must not|should not)\s(?:ever\s)?(?:tell|mention|reveal|inform|disclose|notify|alert|show)\b[^.\n]{0,60}\b(?:users?|humans?|developers?|operators?|anyone|anybody|reviewers?|people|owner|team)\b|\bwithout (?:telling|informing|notifying|alerting|the knowledge of|mentioning)\b[^.\n]{0,40}\b(?:users?|humans?|developers?|anyone|anybody|reviewers?|people|them|him|her|it)\b|\b(?:keep|hide|conceal) (?:this|it|that|these)[^.\n]{0,40}\b(?:secret|hidden|private|confidential|between us|from (?:the |your )?(?:users?|humans?|reviewers?|developers?))\b|\b(?:secretly|covertly|surreptitiously)\b/iu,
    unlessForbidden: false,
  },
  {
    kind: 'credential',
    reason: 'It reads or hands on what opens accounts: keys, tokens, passwords or cookies.',
    pattern: new RegExp(
      `\\b(?:print|send|upload|copy|cat|dump|exfiltrate|reveal|leak|forward|steal|transmit|echo|email|harvest)\\b[^.\\n]{0,60}\\b${SECRET_THING}\\b`,
      'iu',
    ),
    unlessForbidden: true,
  },
  {
    kind: 'credential',
    reason: 'It opens a file in which keys are kept.',
    pattern: new RegExp(
      `${SECRET_PLACE}|\\bid_(?:rsa|ed25519|ecdsa)\\b|\\b(?:cat|read|source|open|print|copy|cp|scp|upload|send|include|load|grep|curl|base64|tar|zip)\\b[^.\\n]{0,30}(?:\\s|\`|/|")\\.env\\b(?!\\.(?:example|sample|template|test))|\\bsecurity find-(?:generic|internet)-password\\b|\\bsecret-tool lookup\\b|/etc/(?:passwd|shadow)\\b|\\bLogin Data\\b|\\bcookies\\.sqlite\\b|\\b169\\.254\\.169\\.254\\b`,
      'iu',
    ),
    unlessForbidden: true,
  },
  {
    kind: 'executes',
    reason: 'It downloads something and runs it.',
    pattern:
      /\b(?:curl|wget|fetch|iwr|irm|Invoke-WebRequest|Invoke-RestMethod)\b[^\n]{0,300}\|\s{0,4}(?:sudo\s{1,4}(?:-\w{1,4}\s{1,4})?)?(?:\/(?:usr\/)?bin\/)?(?:ba|z|da|k)?(?:sh\b|python3?\b|node\b|perl\b|ruby\b|php\b|iex\b|Invoke-Expression\b|source\b)|\b(?:ba|z)?sh\s{1,4}(?:-\w{1,4}\s{1,4})?["']?(?:<\(|\$\(|`)\s{0,4}(?:curl|wget)\b|\b(?:eval|exec|source)\s{0,4}[("'`]{0,3}\s{0,4}(?:\$\(|<\(|`)?\s{0,4}(?:curl|wget|requests\.get|urlopen|urllib|fetch)\b|\b(?:iex|Invoke-Expression)\b[^\n]{0,80}(?:\(|iwr|irm|Net\.WebClient|http|\$)/iu,
    unlessForbidden: true,
  },
  {
    kind: 'executes',
    reason: 'It runs a program that it fetches by name or address at that moment.',
    pattern:
      /\bnpx\s{1,4}(?:-y|--yes)\b|\bnpx\s{1,4}(?:--\w{1,20}\s{1,4})?(?:https?:|git\+|github:)|\b(?:uvx|pipx run|bunx|pnpm dlx|yarn dlx)\s{1,4}(?:--from\s{1,4})?(?:git\+|https?:)|\b(?:pip3?|npm|pnpm|yarn)\s{1,4}(?:install|i|add)\s(?:-\S{1,20}\s){0,3}(?:git\+|https?:\/\/)|\b(?:curl|wget)\b[^\n]{0,200}(?:&&|;)\s{0,4}(?:sudo\s)?(?:ba|z)?(?:sh|chmod \+x|python3?|node)\b|\b(?:download|fetch)\b[^.\n]{0,60}\band (?:then )?(?:run|execute)\b[^.\n]{0,12}\b(?:it|them|script|this|that)\b/iu,
    unlessForbidden: true,
  },
  {
    kind: 'executes',
    reason: 'It runs something that was made unreadable first.',
    pattern:
      /\bbase64\s{1,4}(?:-d|-D|--decode)\b[^\n]{0,80}\|\s{0,4}(?:sudo\s)?(?:(?:ba|z)?sh|python3?|node|perl)\b|\b(?:eval|exec|Function|iex)\s{0,4}\(?\s{0,4}(?:atob|base64|b64decode|Buffer\.from|zlib|codecs|bytes\.fromhex|marshal)\b|\s-(?:enc|EncodedCommand|e)\s{1,4}[A-Za-z0-9+/=]{24,}|\bxxd\s-r\b[^\n]{0,60}\|\s{0,4}(?:ba|z)?sh\b/iu,
    unlessForbidden: true,
  },
  {
    kind: 'executes',
    reason: 'It runs a command that can destroy what nobody can bring back.',
    pattern:
      /\brm\s{1,4}-(?:rf|fr|r\s-f|Rf)\s{1,4}["']?(?:\/(?:\s|$|["'`*]|etc|usr|home|var)|~|\$HOME|\*|\.\.?(?:\s|$|["'`]))|\bgit push\b[^\n]{0,60}(?:--force(?!-with-lease)\b|\s-f\b)|\bdd if=|\bmkfs\b|\bgit reset --hard origin\b[^\n]{0,40}\bclean -\w{0,4}f/iu,
    unlessForbidden: true,
  },
];
