import { lintSource } from '@secretlint/core';
import { creator } from '@secretlint/secretlint-rule-preset-recommend';
import { createSecretScanner } from '../../src/core/secrets/scanner';

const CHUNK = 65_536;
const RULE = '@secretlint/secretlint-rule-preset-recommend';

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function chunksOf(texts: readonly string[]): readonly string[] {
  return texts.flatMap((text) =>
    Array.from({ length: Math.ceil(text.length / CHUNK) }, (_, index) =>
      text.slice(index * CHUNK, (index + 1) * CHUNK),
    ),
  );
}

async function secretlint(chunk: string): Promise<void> {
  await lintSource({
    source: { filePath: '/a.ts', content: chunk, ext: '.ts', contentType: 'text' },
    options: { config: { rules: [{ id: RULE, rule: creator }] }, noPhysicFilePath: true },
  });
}

/** MB per second of processor time of both scanners on the same chunks, taken in turns. */
export async function compareSpeed(
  texts: readonly string[],
  rounds: number,
): Promise<{ readonly ours: number; readonly theirs: number; readonly ratio: number }> {
  const chunks = chunksOf(texts);
  const megabytes = chunks.reduce((sum, chunk) => sum + chunk.length, 0) / 1e6;
  const scanner = createSecretScanner();
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    // Asking for the time costs about a fifth of what scanning a chunk costs: it is asked once per pass.
    const begin = cpuMs();
    for (const chunk of chunks) scanner.scan(chunk);
    const middle = cpuMs();
    for (const chunk of chunks) await secretlint(chunk);
    const end = cpuMs();
    const [mine, other] = [middle - begin, end - middle];
    // The first round warms both.
    if (round > 0) {
      ours.push(mine);
      theirs.push(other);
    }
  }
  const [mine, other] = [median(ours), median(theirs)];
  return { ours: (megabytes * 1000) / mine, theirs: (megabytes * 1000) / other, ratio: other / mine };
}

const LENGTH = 300_000;

/** Texts made to be slow: what patterns wait for, again and again, and never quite get. */
function adversarialTexts(): Readonly<Record<string, string>> {
  const rows: readonly string[] = [
    'eyJ',
    '-eyJ',
    'eyJaaaaaaaaaaaaaaaa.',
    '://',
    '://a:',
    '://a:b@',
    'a://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa:',
    'password=',
    'password = "',
    'secret_',
    'token token ',
    '--token ',
    'curl -u ',
    'curl -u a',
    'mysql ',
    'Authorization: ',
    'Bearer ',
    '-----BEGIN PRIVATE KEY-----',
    '-----BEGIN PRIVATE KEY-----A ',
    'kind: Secret\ndata:\n',
    'kind: Secret ',
    'sk-',
    '-sk-',
    'xoxb-',
    'sk-ant-',
    '\\',
    '\\u',
    '\\u001b[',
    '\u001b[',
    '\u001b]',
    '\u200b',
    '%41',
    '%',
    'A',
    'a_',
    'QUFB',
    'QUFBQUFB/',
    'AAAAAAAAAAAAAAAAAAAA ',
    'facebook ',
    'aws_secret ',
    'MTA',
    'T3BlbkFJ',
    ' = ',
    '"',
    '[redacted:a:',
    'password for a is ',
    'identified by ',
    '1//0',
  ];
  return Object.fromEntries(rows.map((row) => [row, row.repeat(Math.ceil(LENGTH / row.length)).slice(0, LENGTH)]));
}

/** The slowest of the texts made to be slow, in MB per second of processor time. */
export function slowestText(): { readonly text: string; readonly speed: number } {
  const scanner = createSecretScanner();
  const speeds = Object.entries(adversarialTexts()).map(([row, text]) => {
    const begin = cpuMs();
    scanner.scan(text);
    return { text: row, speed: text.length / 1000 / Math.max(0.01, cpuMs() - begin) };
  });
  return speeds.reduce((slowest, one) => (one.speed < slowest.speed ? one : slowest));
}
