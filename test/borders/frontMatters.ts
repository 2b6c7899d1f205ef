import { isAgentDreamsError } from '../../src/core/errors';
import { parseMemory } from '../../src/core/memory/codec';
import { splitFrontMatter, updateFrontMatter } from '../../src/core/memory/frontMatter';
import { createHasher } from '../../src/node/hasher';
import { createTextCodec } from '../../src/node/textCodec';
import { createRandom, type Random } from './random';

/** What reading and editing mutated front matters came to. */
export interface FrontMatterResult {
  readonly files: number;
  readonly readable: number;
  /** Refused with a reason that says something. */
  readonly refused: number;
  /** Threw something else than `invalid-memory`, or gave no reason. */
  readonly failed: number;
  /** Edits, and those that changed a byte of the body, or of a line that has nothing to do with the edited field. */
  readonly edits: number;
  readonly damaged: number;
  readonly slowestMs: number;
}

const BODY = 'Text.\r\n\n---\nÜ \t end without break';
const WHOLE = [
  'name: a',
  'description: "Use pnpm" # why',
  'paths: [src/**]',
  'x-own: {k: 1}',
  '# a comment',
  'pinned: true',
];

type Mutation = (lines: string[], random: Random) => string[];
const insert =
  (make: (random: Random) => string): Mutation =>
  (lines, random) => {
    const at = random.below(lines.length + 1);
    return [...lines.slice(0, at), make(random), ...lines.slice(at)];
  };
const bomb = (depth: number): string =>
  Array.from({ length: depth }, (_, i) =>
    i === 0 ? 'a0: &a0 [x, x, x]' : `a${i}: &a${i} [*a${i - 1}, *a${i - 1}, *a${i - 1}, *a${i - 1}]`,
  ).join('\n');

const MUTATIONS: readonly Mutation[] = [
  insert((random) => bomb(1 + random.below(30))),
  insert(() => '__proto__: {polluted: true}'),
  insert(() => '__proto__:\n  polluted: true'),
  insert(() => 'constructor: {prototype: {polluted: true}}'),
  insert((random) => random.pick(WHOLE)),
  insert(() => 'name: a'),
  insert(() => '\tname: tab'),
  insert(() => 'x: "\0"'),
  insert(() => '\uFEFFx: 1'),
  insert((random) => `deep: ${'['.repeat(random.below(4_000))}`),
  insert((random) => `deep: ${'{a: '.repeat(random.below(2_000))}`),
  insert((random) => `${'- '.repeat(random.below(3_000))}x`),
  insert((random) => `? ${'? '.repeat(random.below(2_000))}`),
  insert((random) => `long: ${'x'.repeat(random.below(80_000))}`),
  insert((random) => Array.from({ length: random.below(3_000) }, (_, i) => `k${i}: ${i}`).join('\n')),
  insert(() => 'merged:\n  <<: *nobody'),
  insert(() => '!!js/function x: "function(){}"'),
  insert(() => '%YAML 9.9\n--- '),
  insert((random) => random.pick(['&', '*', '!', '|', '>', '%', '@', '`', '"', "'", '[', '}', ': ', '- ', '? '])),
  insert((random) => `x: ${random.pick(['|', '>', '|2-', '>+', '"a\\', "'", '0x1g', '.nan', '~', '=', '<<'])}`),
  (lines, random) => lines.filter(() => random.chance(0.7)),
  (lines, random) => lines.map((line) => (random.chance(0.3) ? line.slice(0, random.below(line.length + 1)) : line)),
  (lines, random) => {
    const text = lines.join('\n');
    const at = random.below(text.length + 1);
    return [
      text.slice(0, at) +
        String.fromCodePoint(random.pick([0, 9, 13, 27, 0x85, 0x2028, 0xfeff, 0x1f642])) +
        text.slice(at),
    ];
  },
];

/** Files of a memory whose front matter was mutated one to three times, with a body that is always the same. */
export function mutatedFile(random: Random): { readonly text: string; readonly body: string } {
  let lines = [...WHOLE];
  for (let times = 1 + random.below(3); times > 0; times -= 1) lines = random.pick(MUTATIONS)(lines, random);
  const eol = random.pick(['\n', '\r\n']);
  const yaml = lines.join('\n').replaceAll('\n', eol);
  return { text: `${random.chance(0.2) ? '\uFEFF' : ''}---${eol}${yaml}${eol}---${eol}${BODY}`, body: BODY };
}

/** Reads and edits that many mutated files. */
export function tryFrontMatters(seed: number, files: number): FrontMatterResult {
  const random = createRandom(seed);
  const result = { files, readable: 0, refused: 0, failed: 0, edits: 0, damaged: 0, slowestMs: 0 };
  for (let count = 0; count < files; count += 1) {
    const { text } = mutatedFile(random);
    const started = performance.now();
    result[readAs(text)] += 1;
    const key = random.pick(['description', 'pinned', 'x-new', 'paths', '__proto__x']);
    const value = random.pick([undefined, true, 'New: "text" # no comment', ['a', 'b']]);
    try {
      const edited = updateFrontMatter(text, { [key]: value });
      result.edits += 1;
      if (!keepsTheRest(text, edited, key)) result.damaged += 1;
    } catch (error) {
      if (!isAgentDreamsError(error, 'invalid-memory')) result.failed += 1;
    }
    result.slowestMs = Math.max(result.slowestMs, performance.now() - started);
  }
  if ('polluted' in {}) result.failed += 1;
  return result;
}

function readAs(text: string): 'readable' | 'refused' | 'failed' | 'damaged' {
  const ports = { text: createTextCodec(), hasher: createHasher() };
  try {
    const parsed = parseMemory('facts/a.md', ports.text.encode(text), ports);
    if (!parsed.ok) return parsed.problem.reason.length > 5 ? 'refused' : 'failed';
    return text.endsWith(parsed.memory.body) ? 'readable' : 'damaged';
  } catch {
    return 'failed';
  }
}

/** The body is the same, and every line that the edit took away or put in belongs to the field. */
function keepsTheRest(before: string, after: string, key: string): boolean {
  const [was, is] = [splitFrontMatter(before), splitFrontMatter(after)];
  if (was === undefined || is === undefined || was.body !== is.body || was.open !== is.open) return false;
  let head = 0;
  while (head < was.yaml.length && was.yaml[head] === is.yaml[head]) head += 1;
  const lineStart = was.yaml.lastIndexOf('\n', head - 1) + 1;
  const [rest, restIs] = [was.yaml.slice(lineStart), is.yaml.slice(lineStart)];
  if (rest === restIs) return true;
  const isField = (text: string): boolean =>
    text.trimStart().startsWith(key) || text.trim() === '' || /^["'&!?]/u.test(text);
  return isField(rest) || isField(restIs);
}
