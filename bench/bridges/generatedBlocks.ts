import { putBlock, readBlock, removeBlock } from '../../src/core/bridges/markedBlock';
import { createHasher } from '../../src/node/hasher';
import { seeded } from '../secrets/generate';

const PIECES = [
  '\n', '\n', '\r\n', '\r', '# Title', '- a rule', ' ', '\t', '```', '~~~', '---', '<!--', '-->', '<!-- x -->', 'é', '日本',
  '\u2028', '\u0085', '&lt;!--', '<!-- agent-dreams:index:end -->', '`', '| a |', '> said',
]; // prettier-ignore
const CONTENTS = [...PIECES, '<!-- agent-dreams:memory:end -->', '<!-- agent-dreams:memory:begin v1 -->', '### Entry'];
const hasher = createHasher();

/** What is wrong with one generated file, written twice and taken back; undefined if nothing is. */
export function generatedBlock(seed: number): string | undefined {
  const next = seeded(seed);
  const file = (next() < 0.2 ? '\uFEFF' : '') + some(PIECES, next);
  const once = putBlock(file, some(CONTENTS, next), { block: undefined, hasher });
  const first = readBlock(once, hasher);
  if (first.kind !== 'block') return `the block is ${first.kind}`;
  if (first.block.edited) return 'the block seems edited';
  const content = some(CONTENTS, next);
  const twice = putBlock(once, content, { block: first.block, hasher });
  const second = readBlock(twice, hasher);
  if (second.kind !== 'block') return `the second block is ${second.kind}`;
  if (putBlock(twice, content, { block: second.block, hasher }) !== twice) return 'the same again is a change';
  if (!twice.startsWith(file)) return 'what people wrote changed';
  return removeBlock(twice, second.block) === file ? undefined : 'it did not come back';
}

function some(pieces: readonly string[], next: () => number): string {
  const count = Math.floor(next() * 24);
  return Array.from({ length: count }, () => pieces[Math.floor(next() * pieces.length)] ?? '').join('');
}
