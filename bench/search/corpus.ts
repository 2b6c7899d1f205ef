import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { renderMemory } from '../../src/core/memory/codec';
import { createRandom, type Random } from '../planted/random';

const CATEGORIES = ['conventions', 'preferences', 'pitfalls', 'decisions', 'facts', 'commands', 'workflows'] as const;
const SYLLABLES =
  'ba be bi co cu da de dor fa fen ga go han hi jo ka kel la lim lo ma mer mi na no par pe qui ra rin ro sa sel ta tor ul va wen yo zu'.split(
    ' ',
  );
const VOCABULARY = 6_000;
const WORDS_IN_BODY = 60;

/** A query, and the memory that whoever types it has in mind. */
export interface PlantedQuery {
  readonly text: string;
  readonly path: string;
}

/**
 * Writes memories whose words are as unevenly common as those of prose, and makes queries of one to three words out of
 * them, a fifth each unfinished and misspelled. The same ones every time.
 */
export async function writeSearchCorpus(
  tree: string,
  memories: number,
  queries: number,
): Promise<readonly PlantedQuery[]> {
  const random = createRandom('search');
  const vocabulary = makeVocabulary(random);
  const rank = new Map(vocabulary.map((word, at) => [word, at]));
  for (const category of CATEGORIES) await mkdir(path.join(tree, category), { recursive: true });
  const written: { readonly path: string; readonly words: readonly string[] }[] = [];
  for (let number = 0; number < memories; number += 1) {
    const category = random.pick(CATEGORIES);
    const named = [common(random, vocabulary), common(random, vocabulary)];
    const described = Array.from({ length: 8 }, () => common(random, vocabulary));
    const body = Array.from({ length: WORDS_IN_BODY }, () => common(random, vocabulary));
    const file = `src/${common(random, vocabulary)}/${common(random, vocabulary)}.ts`;
    const name = `${named.join('-')}-${number}`;
    const text = renderMemory({
      name,
      description: described.join(' '),
      body: `${lines(body)}\n\n**Why:** see \`${file}\`.\n`,
      created: '2026-05-05',
    });
    await writeFile(path.join(tree, category, `${name}.md`), text);
    written.push({
      path: `${category}/${name}.md`,
      words: [...named, ...described, ...body, path.posix.basename(file)],
    });
  }
  return Array.from({ length: queries }, (_, number) => {
    const memory = random.pick(written);
    const words = Array.from({ length: 1 + (number % 3) }, () => telling(random, memory.words, rank));
    return { text: typed(random, words, number), path: memory.path };
  });
}

function makeVocabulary(random: Random): readonly string[] {
  const made = new Set<string>();
  while (made.size < VOCABULARY) {
    made.add(Array.from({ length: random.int(2, 4) }, () => random.pick(SYLLABLES)).join(''));
  }
  return [...made];
}

/** The n-th word about 1/n as often as the first. */
function common(random: Random, vocabulary: readonly string[]): string {
  const share = random.int(0, 1_000_000) / 1_000_000;
  return vocabulary[Math.floor(vocabulary.length ** share) - 1] ?? '';
}

/** The rarest of a few: what people type of what they have in mind. */
function telling(random: Random, words: readonly string[], rank: ReadonlyMap<string, number>): string {
  const rarity = (word: string): number => rank.get(word) ?? VOCABULARY;
  return Array.from({ length: 4 }, () => random.pick(words)).reduce((a, b) => (rarity(b) > rarity(a) ? b : a));
}

function lines(words: readonly string[]): string {
  const found: string[] = [];
  for (let from = 0; from < words.length; from += 12) found.push(`${words.slice(from, from + 12).join(' ')}.`);
  return found.join('\n');
}

function typed(random: Random, words: readonly string[], number: number): string {
  const text = words.join(' ');
  const last = words.at(-1) ?? '';
  if (number % 5 === 0 && last.length > 4) return text.slice(0, -2);
  if (number % 5 !== 1 || last.length < 5) return text;
  const at = text.length - random.int(2, last.length - 1);
  return `${text.slice(0, at)}${text[at + 1] ?? ''}${text[at] ?? ''}${text.slice(at + 2)}`;
}
