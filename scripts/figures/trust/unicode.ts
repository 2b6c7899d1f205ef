import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inspectText } from '../../../src/core/unicode/inspectText';
import { mustRun, say } from '../../process';
import { root } from '../../root';
import { atLeast, atMost, exactly, skipped, type Figure, type Measurement } from '../figure';

const CORPUS = path.join(root, '..', 'shared', 'data', 'security.tar.xz');
const MEMBER = 'unicode/smuggling.jsonl';
const LEAST_CAUGHT = 68;
const MOST_FALSE = 1;
const LEAST_MB_PER_S = 1;
const WORST_TEXT_MB = 1;
const WORST_LIMIT = 200;

interface Row {
  readonly kind: string;
  readonly cat: string;
  readonly text: string;
}

async function readRows(): Promise<readonly Row[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'agent-dreams-unicode-'));
  try {
    await mustRun('tar', ['-xJf', CORPUS, '-C', folder], { cwd: root });
    const found = (await mustRun('find', [folder, '-path', `*${MEMBER}`], { cwd: root })).trim().split('\n')[0] ?? '';
    const lines = (await readFile(found, 'utf8')).split('\n').filter((line) => line !== '');
    return lines.map((line) => JSON.parse(line) as Row);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function corpusFigures(rows: readonly Row[]): readonly Figure[] {
  const attacks = rows.filter(({ kind }) => kind === 'attack');
  const legitimate = rows.filter(({ kind }) => kind === 'benign');
  const missed = attacks.filter(({ text }) => inspectText(text).length === 0);
  const wrong = legitimate.filter(({ text }) => inspectText(text).length > 0);
  say(`# missed: ${missed.map(({ cat }) => cat).join(', ') || 'none'}`);
  say(`# legitimate but found: ${wrong.map(({ cat }) => cat).join(', ') || 'none'}`);
  return [
    exactly('hidden-text-attacks-tried', attacks.length, 73),
    atLeast('hidden-text-attacks-found', attacks.length - missed.length, LEAST_CAUGHT),
    exactly('legitimate-texts-tried', legitimate.length, 37),
    atMost('legitimate-texts-flagged', wrong.length, MOST_FALSE),
  ];
}

/** Pieces that make the patterns work hardest when they are repeated. */
const HARD = [
  ...[
    ' ',
    '\n',
    ' \t',
    '  \n',
    '<a ',
    '](',
    '](\n<',
    '[',
    '`',
    '``x` ',
    '<br>',
    '&#1',
    '<!--',
    '![',
    '<img src=',
    '<a onx',
  ],
  ...['[x]: a "b\n', ' - [a](b ', 'style="', 'class="', '---\n', '~~~\n', '\n\nHuman: ', '@~/', '{{', '$('],
  ...['\u200B', '\u05D0\u200F', '\u05D0\u2066', '\u{E0041}', '\u{1F468}\u200D', '1\uFE0F', '\u845B\u{E0100}', '\u0301'],
  ...['\u001B[', '\u001B]a', '\r', '\u2028', '\u0430p ', '\u0442a', '\u1D00'],
];

function slowest(): { readonly piece: string; readonly rate: number } {
  let worst = { piece: '', rate: Number.POSITIVE_INFINITY };
  for (const piece of HARD) {
    const text = piece.repeat(Math.ceil((WORST_TEXT_MB * 1_000_000) / piece.length));
    const started = process.cpuUsage();
    inspectText(text, WORST_LIMIT);
    const { user, system } = process.cpuUsage(started);
    const rate = text.length / (user + system);
    if (rate < worst.rate) worst = { piece, rate };
  }
  return worst;
}

/** Must show 3: hidden text is found, legitimate scripts are kept, and no text makes the search slow. */
export const unicode: Measurement = {
  name: 'unicode',
  measure: async () => {
    const { piece, rate } = slowest();
    say(`# slowest on ${JSON.stringify(piece)} repeated`);
    const speed = atLeast('hidden-text-worst-input', rate, LEAST_MB_PER_S, 'MB/s');
    if (!existsSync(CORPUS)) {
      return [skipped('hidden-text-attacks-found', `>=${LEAST_CAUGHT}`, 'no corpus beside the checkout'), speed];
    }
    return [...corpusFigures(await readRows()), speed];
  },
};
