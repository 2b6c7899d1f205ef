import { build } from 'esbuild';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { mustRun } from '../../scripts/process';
import { ensureSecretlint } from '../../scripts/rig/secretlint';
import { root } from '../../scripts/root';
import { createSecretScanner } from '../../src/core/secrets/scanner';

/** MB per second of processor time of both scanners on one kind of text. */
export interface Speed {
  readonly megabytes: number;
  readonly ours: number;
  readonly theirs: number;
}

/** What both were measured with. */
export interface SpeedComparison {
  readonly secretlint: string;
  readonly node: string;
  readonly speeds: Readonly<Record<string, Speed>>;
}

/** Measures both scanners in a process of its own, under the Node of VS Code 1.139, on the same chunks and in turns. */
export async function compareSpeed(
  texts: Readonly<Record<string, readonly string[]>>,
  rounds: number,
): Promise<SpeedComparison> {
  const { version, node, directory } = await ensureSecretlint();
  // Beside the packages, so that the script finds them.
  const folder = await mkdtemp(path.join(directory, 'compare-'));
  try {
    const script = path.join(folder, 'compareOnce.mjs');
    const input = path.join(folder, 'texts.json');
    await build({
      entryPoints: [path.join(root, 'bench/secrets/compareOnce.ts')],
      outfile: script,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      logLevel: 'error',
    });
    await writeFile(input, JSON.stringify(texts));
    const output = await mustRun(node, [script, input, String(rounds)], { cwd: folder });
    return { secretlint: version, ...(JSON.parse(output) as Omit<SpeedComparison, 'secretlint'>) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
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
