import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { measureWrappings } from '../../../bench/secrets/coverage';
import { meanRecall, measureFamilies } from '../../../bench/secrets/families';
import { countFindings, identifiers, ordinaryTexts } from '../../../bench/secrets/ordinary';
import { compareSpeed, slowestText, type Speed } from '../../../bench/secrets/speed';
import { SECRET_RULES } from '../../../src/core/secrets/rules/table';
import { mustRun, say } from '../../process';
import { root } from '../../root';
import { atLeast, atMost, exactly, skipped, type Figure, type Measurement } from '../figure';

const ARCHIVE = path.join(root, '..', 'shared', 'data', 'security.tar.xz');
const CORPORA = ['gitleaks', 'betterleaks'];
const TOKENS_PER_RULE = 4;
const SPEED_TEXT = 2_000_000;
const SPEED_ROUNDS = 5;
/** The kinds of text that people write as code. */
const CODE = [
  'compiler in JavaScript',
  'libraries in TypeScript',
  'libraries in JavaScript',
  'Python, where installed',
  'the code of this project',
];

async function recall(): Promise<readonly Figure[]> {
  if (!existsSync(ARCHIVE))
    return [skipped('mean-recall-over-rule-families', '>=95%', 'no corpora beside the checkout')];
  const folder = await mkdtemp(path.join(tmpdir(), 'agent-dreams-secrets-'));
  try {
    await mustRun('tar', ['-xJf', ARCHIVE, '-C', folder], { cwd: root });
    const figures: Figure[] = [];
    for (const name of CORPORA) {
      const families = await measureFamilies(path.join(folder, 'secrets', `${name}.jsonl`));
      const weak = families.filter(({ found, samples }) => found < samples);
      say(`# ${name}: incomplete families: ${weak.map((f) => `${f.rule} ${f.found}/${f.samples}`).join(', ')}`);
      figures.push(
        atLeast(`mean-recall-over-the-${families.length}-families-of-${name}`, meanRecall(families), 95, '%'),
      );
    }
    return figures;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function wrappings(): readonly Figure[] {
  const { rules, tokens, results } = measureWrappings(TOKENS_PER_RULE);
  const percent = ({ covered, tokens: all }: { covered: number; tokens: number }): number => (100 * covered) / all;
  for (const result of results) say(`# ${result.name}: ${percent(result).toFixed(1)} % ${result.missed.join(' ')}`);
  return [
    atLeast('providers-in-the-rule-table', new Set(SECRET_RULES.map(({ provider }) => provider)).size, 200),
    atLeast('distinctive-tokens', tokens.length, 500),
    atLeast('rules-with-distinctive-tokens', rules, 100),
    atLeast('wrappings', results.length, 19),
    atLeast('tokens-covered-whole-in-the-worst-wrapping', Math.min(...results.map(percent)), 97, '%'),
  ];
}

function noise(): readonly Figure[] {
  const counts = Object.entries(ordinaryTexts(root)).map(([name, texts]) => ({ name, ...countFindings(texts) }));
  for (const { name, findings, megabytes } of counts) say(`# ${name}: ${findings} in ${megabytes.toFixed(1)} MB`);
  const findings = counts.reduce((sum, count) => sum + count.findings, 0);
  const megabytes = counts.reduce((sum, count) => sum + count.megabytes, 0);
  const lockFile = readFileSync(path.join(root, 'package-lock.json'), 'utf8');
  return [
    atLeast('ordinary-code-and-documents', megabytes, 10, 'MB'),
    atMost('findings-per-MB-of-ordinary-code', findings / megabytes, 1),
    exactly('findings-in-ids-and-hashes', countFindings([identifiers(5_000)]).findings, 0),
    exactly('findings-in-the-lock-file', countFindings([lockFile]).findings, 0),
  ];
}

/** A part of each kind of text, so that none weighs more because there is more of it. */
function part(texts: readonly string[]): readonly string[] {
  const taken: string[] = [];
  let left = SPEED_TEXT;
  for (const text of texts) {
    if (left <= 0) break;
    taken.push(text.slice(0, left));
    left -= text.length;
  }
  return taken;
}

/** Seconds that the code takes one scanner. */
function seconds(speeds: readonly Speed[], scanner: 'ours' | 'theirs'): number {
  return speeds.reduce((sum, speed) => sum + speed.megabytes / speed[scanner], 0);
}

async function comparedSpeed(): Promise<Figure> {
  const name = 'speed-compared-with-secretlint-on-ordinary-code';
  if (process.platform === 'win32') return skipped(name, '>=2.5x', 'its Node is not installed on Windows');
  const texts = Object.entries(ordinaryTexts(root)).map(([kind, list]) => [kind, part(list)] as const);
  const { secretlint, node, speeds } = await compareSpeed(Object.fromEntries(texts), SPEED_ROUNDS);
  say(`# MB per second of processor time, beside secretlint ${secretlint} under Node ${node.slice(1)}:`);
  for (const [kind, { megabytes, ours, theirs }] of Object.entries(speeds)) {
    const ratio = (ours / theirs).toFixed(2);
    say(`# ${kind}: ours ${ours.toFixed(0)}, theirs ${theirs.toFixed(0)}, ${ratio} x on ${megabytes.toFixed(1)} MB`);
  }
  const code = Object.entries(speeds).flatMap(([kind, speed]) => (CODE.includes(kind) ? [speed] : []));
  return atLeast(name, seconds(code, 'theirs') / seconds(code, 'ours'), 2.5, 'x');
}

async function speed(): Promise<readonly Figure[]> {
  const { text, speed: slowest } = slowestText();
  say(`# slowest of the texts made to be slow repeats ${JSON.stringify(text)}`);
  return [await comparedSpeed(), atLeast('speed-on-the-slowest-text', slowest, 1, 'MB/s')];
}

/** Must show 1, as far as the scanner alone is concerned. */
export const secrets: Measurement = {
  name: 'secrets',
  measure: async () => [...(await recall()), ...wrappings(), ...noise(), ...(await speed())],
};
