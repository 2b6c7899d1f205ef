/** One secret that was found, told so that it can be found again and never so that it can be read. */
export interface SecretSighting {
  /** 1-based line of the file. */
  readonly line: number;
  readonly rule: string;
  readonly fingerprint: string;
  /** Who said it: `prompt`, `assistant`, a tool … */
  readonly where: string;
}

/** What kind of file it was, which decides what to do about it. */
export type ScannedKind = 'log' | 'memory' | 'local';

/** The same secret of one file in one place. */
export interface SecretGroup {
  readonly rule: string;
  readonly fingerprint: string;
  readonly where: string;
  readonly count: number;
  /** The first ones, ascending. */
  readonly lines: readonly number[];
}

export interface ScannedFile {
  readonly kind: ScannedKind;
  /** As a person finds it: absolute, or below the store. */
  readonly file: string;
  readonly groups: readonly SecretGroup[];
}

export interface SecretReport {
  readonly workspace: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly files: readonly ScannedFile[];
  readonly scanned: { readonly files: number; readonly bytes: number };
  /** Files that could not be read, or only in part. */
  readonly unread: readonly string[];
  readonly canceled: boolean;
}

const MOST_LINES = 10;

/** Equal secrets in equal places become one row with a count; rows in the order in which they were first seen. */
export function groupSightings(sightings: readonly SecretSighting[]): readonly SecretGroup[] {
  const groups = new Map<string, { readonly first: SecretSighting; count: number; readonly lines: number[] }>();
  for (const sighting of sightings) {
    const key = `${sighting.rule} ${sighting.fingerprint} ${sighting.where}`;
    const known = groups.get(key) ?? { first: sighting, count: 0, lines: [] };
    known.count += 1;
    if (known.lines.length < MOST_LINES && !known.lines.includes(sighting.line)) known.lines.push(sighting.line);
    groups.set(key, known);
  }
  return [...groups.values()].map(({ first: { rule, fingerprint, where }, count, lines }) => ({
    rule,
    fingerprint,
    where,
    count,
    lines: [...lines].sort((a, b) => a - b),
  }));
}

/** The report as plain Markdown: every word from a file is inside a code span, and nothing in it is a link. */
export function renderSecretReport(report: SecretReport): string {
  const kinds: readonly ScannedKind[] = ['log', 'memory', 'local'];
  return [
    `# Secrets in the logs and the memory of ${code(report.workspace)}`,
    '',
    ...summary(report),
    ...kinds.flatMap((kind) =>
      section(
        kind,
        report.files.filter((file) => file.kind === kind),
      ),
    ),
    ...unreadPart(report),
    ...(report.files.length > 0 ? ADVICE : []),
    '',
  ].join('\n');
}

function summary({ files, scanned, at, canceled, unread }: SecretReport): readonly string[] {
  const groups = files.flatMap((file) => file.groups);
  const count = groups.reduce((sum, group) => sum + group.count, 0);
  const distinct = new Set(groups.map(({ fingerprint }) => fingerprint)).size;
  const size = `${scanned.files} files, ${(scanned.bytes / 1_000_000).toFixed(1)} MB`;
  const found =
    count === 0
      ? `**Nothing was found** in ${size}.`
      : `**${distinct} different secrets**, seen ${count} times in ${files.length} files, among ${size}.`;
  const limits =
    'Values are never shown; the fingerprint tells equal ones apart. A scan finds what has the form of a secret or stands in an `.env` file; it cannot prove that there is no other.';
  return [
    `${found} ${at.slice(0, 16).replace('T', ' ')} UTC.`,
    ...(canceled ? ['', 'The scan was **cancelled**: what follows is incomplete.'] : []),
    ...(unread.length > 0 ? ['', `${unread.length} files could not be read; they are listed below.`] : []),
    '',
    limits,
    '',
  ];
}

const TITLES: Readonly<Record<ScannedKind, readonly [title: string, words: string]>> = {
  log: [
    'Logs of Claude Code',
    'These are the original files of Claude Code. Agent Dreams only reads them; what it captures from them is redacted.',
  ],
  memory: ['Memory', 'These files may be committed and are read to the agent. Take the secrets out first of all.'],
  local: [
    'Local files of Agent Dreams',
    'Kept on this machine only. A secret that was captured before its rule existed stays until the file is removed.',
  ],
};

function section(kind: ScannedKind, files: readonly ScannedFile[]): readonly string[] {
  if (files.length === 0) return [];
  const [title, words] = TITLES[kind];
  return [`## ${title}`, '', words, '', ...files.flatMap(fileRows)];
}

function fileRows({ file, groups }: ScannedFile): readonly string[] {
  return [
    `### ${code(file)}`,
    '',
    '| line | rule | fingerprint | where | times |',
    '|---|---|---|---|---|',
    ...groups.map(({ lines, rule, fingerprint, where, count }) => {
      const more = count > lines.length && lines.length >= MOST_LINES ? ' …' : '';
      return `| ${lines.join(', ')}${more} | ${code(rule)} | ${code(fingerprint)} | ${code(where)} | ${count} |`;
    }),
    '',
  ];
}

function unreadPart({ unread }: SecretReport): readonly string[] {
  return unread.length === 0 ? [] : ['## Not read', '', ...unread.map((file) => `- ${code(file)}`), ''];
}

const ADVICE: readonly string[] = [
  '## What to do',
  '',
  '1. **Rotate** what is real: make a new key where it was issued and revoke the old one. A log may have been backed up, synchronised or shared.',
  '2. **Delete the log** if you do not need it: close the session in Claude Code and remove the file named above. A captured session of Agent Dreams is in `.agent-memory/.local/sessions`, under the same id.',
  '3. **Allow** what is none: put its fingerprint into the setting `agentDreams.secrets.allow`, or run *Agent Dreams: Allow a Fingerprint*. Fingerprints hold for this folder on this machine.',
  '4. **Add a rule** for what was missed: setting `agentDreams.secrets.rules`.',
];

/** One line inside a code span, whatever it holds. */
function code(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, ' ').slice(0, 500);
  const safe = line.replace(/\|/gu, '¦');
  const ticks = /`/u.test(safe) ? '``' : '`';
  const inner = safe.replace(/`{2,}/gu, "'");
  return ticks === '`' ? `\`${inner === '' ? ' ' : inner}\`` : `\`\` ${inner} \`\``;
}
