import { createHash } from 'node:crypto';
import { renderMemory } from '../../src/core/memory/codec';

/** Memories that every generation rewrites, and one that wanders between the store and its archive. */
export const STEADY = 19;
const WANDERER = { home: 'facts/wanderer.md', archived: 'archive/facts/wanderer.md' } as const;

/** The memories of one generation: path → whole file. Each text names its generation and proves itself by a hash. */
export function generation(number: number): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (let index = 0; index < STEADY; index += 1) {
    const name = `fact-${String(index).padStart(2, '0')}`;
    texts.set(`facts/${name}.md`, memoryText(name, number));
  }
  texts.set(number % 2 === 0 ? WANDERER.home : WANDERER.archived, memoryText('wanderer', number));
  return texts;
}

/** Where the wanderer stands in the other half of the generations: nothing may be there now. */
export function vacated(number: number): string {
  return number % 2 === 0 ? WANDERER.archived : WANDERER.home;
}

function memoryText(name: string, number: number): string {
  const filler = `${name} in generation ${number}. `.repeat(40);
  const proof = createHash('sha256').update(filler).digest('hex');
  return renderMemory({
    name,
    description: `Generation ${number}`,
    created: '2026-11-21',
    body: `${filler}\n${proof}`,
  });
}
