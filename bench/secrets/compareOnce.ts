// Runs in a process of its own, in a folder where secretlint is installed: `node compareOnce.mjs <texts> <rounds>`.
import { readFileSync } from 'node:fs';
import { createSecretScanner } from '../../src/core/secrets/scanner';
import type { Speed } from './speed';

const CHUNK = 65_536;
const CORE = '@secretlint/core';
const PRESET = '@secretlint/secretlint-rule-preset-recommend';

type Lint = (input: unknown) => Promise<unknown>;

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

async function measure(
  texts: readonly string[],
  rounds: number,
  secretlint: (chunk: string) => Promise<unknown>,
): Promise<Speed> {
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
    // The first round warms the memory.
    if (round > 0) {
      ours.push(middle - begin);
      theirs.push(end - middle);
    }
  }
  return { megabytes, ours: (megabytes * 1000) / median(ours), theirs: (megabytes * 1000) / median(theirs) };
}

async function main(): Promise<void> {
  const [input = '', rounds = '3'] = process.argv.slice(2);
  const { lintSource } = (await import(CORE)) as { readonly lintSource: Lint };
  const { creator } = (await import(PRESET)) as { readonly creator: unknown };
  const secretlint = async (content: string): Promise<unknown> =>
    lintSource({
      source: { filePath: '/a.ts', content, ext: '.ts', contentType: 'text' },
      options: { config: { rules: [{ id: PRESET, rule: creator }] }, noPhysicFilePath: true },
    });
  const texts = JSON.parse(readFileSync(input, 'utf8')) as Record<string, readonly string[]>;
  const speeds: Record<string, Speed> = {};
  // Both are compiled, and the compilers are done, before anything counts.
  for (const list of Object.values(texts)) await measure(list, 1, secretlint);
  for (const [name, list] of Object.entries(texts)) speeds[name] = await measure(list, Number(rounds), secretlint);
  process.stdout.write(JSON.stringify({ node: process.version, speeds }));
}

await main();
