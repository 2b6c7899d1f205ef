// `npm run train:learned` writes the weights of the learned gate from bench/train; `-- --check` trains on four fifths of
// the families at a time and tells how well the fifth that was held out is read.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { readCorpus, readOthers } from '../bench/train/corpus';
import { renderCheck, renderOthers } from '../bench/train/check';
import { train } from '../bench/train/train';
import { say } from './process';
import { root } from './root';

const examples = readCorpus(path.join(root, 'bench', 'train'));
const against = process.argv.flatMap((word) =>
  word.startsWith('--against=') ? [word.slice('--against='.length)] : [],
);
const verbose = process.argv.includes('--verbose');
if (against.length > 0) {
  for (const line of renderOthers(examples, against.flatMap(readOthers), verbose)) say(line);
} else if (process.argv.includes('--check')) {
  for (const line of renderCheck(examples, verbose)) say(line);
} else {
  const { words, features, step } = train(examples);
  const file = 'bench/train/learned/weights.ts';
  const lines = [
    "import type { PackedModel } from './gate';",
    '',
    '/** Written by `npm run train:learned` from bench/train. Not to be edited. */',
    '// prettier-ignore',
    'export const WEIGHTS: PackedModel = {',
    `  words: ${quoted(words)},`,
    `  features: ${quoted(features)},`,
    `  step: ${step},`,
    '};',
    '',
  ];
  writeFileSync(path.join(root, file), lines.join('\n'));
  say(
    `${file}: ${features.length / 10} features, ${Math.ceil(lines.join('\n').length / 1024)} kB, from ${examples.length} sentences`,
  );
}

function quoted(text: string): string {
  return `'${text}'`;
}
