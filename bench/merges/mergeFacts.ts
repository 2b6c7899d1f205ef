import { duplicatesMiner } from '../../src/core/dream/offline/duplicates';
import type { Edit } from '../../src/core/dream/miner';
import type { Memory } from '../../src/core/memory/memory';
import { memoryOf, mine } from '../../test/unit/core/dream/offline/mine';
import { randomNumbers } from '../../test/faults/campaigns';

export interface MergeFigures {
  readonly stores: number;
  readonly merges: number;
  /** Paths, commands, addresses, numbers, names and negations of the memories that a merge takes away. */
  readonly facts: number;
  /** Of those, in neither the memory that stays nor the words that the reviewer reads. */
  readonly lost: readonly string[];
  /** Memories that a merge takes away and does not put into the archive byte for byte. */
  readonly notArchived: number;
}

const FACTS = /`[^`]+`|https?:\S+|[\w./-]*\/[\w./-]+|\b[A-Z]+_[A-Z_]+\b|\d+|\b(?:never|not|no|without)\b/giu;

/** What a seed makes up: claims that are near each other, and sentences that only one of them has. */
function made(random: () => number): readonly Memory[] {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const number = (): number => Math.floor(random() * 9_000) + 100;
  const word = (): string => pick(['orders', 'billing', 'search', 'mail', 'ledger', 'export', 'session', 'cache']);
  const claim = `Ask in the ${word()} channel before you run the long tests against the shared ${word()} database, because two runs at once break each other and leave rows behind that nobody removes until the next night.`;
  const sentences: readonly (() => string)[] = [
    () => `Run \`${pick(['make', 'just', 'npm run'])} ${word()}${pick(['', ':all', ' --quick'])}\` first.`,
    () => `${pick(['Never', 'Do not'])} restart ${word()}${pick(['', ` on port ${number()}`])}.`,
    () => `The port is ${number()}${pick(['', `, not ${number()}`])}.`,
    () => `See docs/${word()}/${word()}.md and https://example.org/${word()}?id=${number()}.`,
    () => `Set ${word().toUpperCase()}_URL to ${word()}.`,
    () => `**Why:** It cost us ${number()} minutes without a warning, see docs/${word()}/${number()}.md.`,
    () => `**Why:** \`${word()} --wait ${number()}\` is not enough where ${word().toUpperCase()}_MODE is set.`,
    () => `Only ${word()} may be emptied; ${word()} has no copy.`,
  ];
  const pool = Array.from({ length: 5 }, () => pick(sentences)());
  return Array.from({ length: 2 + Math.floor(random() * 4) }, (_, index) => {
    const more = Array.from({ length: Math.floor(random() * 3) }, () => pick(pool));
    return memoryOf(`facts/m${index}.md`, [claim, ...more].join(pick(['\n', '\n\n'])));
  });
}

interface Tally {
  merges: number;
  facts: number;
  notArchived: number;
  readonly lost: string[];
}

function look(edit: Edit, memories: readonly Memory[], tally: Tally): void {
  tally.merges += 1;
  const goes = edit.files.flatMap(({ from }) => memories.filter(({ path }) => path === from));
  const after = edit.files.filter(({ from }) => from === undefined).map((file) => file.after);
  const rests = edit.evidence.flatMap((one) => (one.kind === 'memory' ? [one.path] : []));
  const stays = memories.filter((one) => rests.includes(one.path) && !goes.includes(one)).map(({ text }) => text);
  // The text that stays is the new one where the merge writes one, and the old one where it does not.
  const read = [...(after.length > 0 ? after : stays), edit.rationale].join('\n');
  for (const { path, text, body } of goes) {
    const moved = edit.files.find(({ from }) => from === path);
    if (moved?.path !== `archive/${path}` || moved.after !== text) tally.notArchived += 1;
    const facts = body.match(FACTS) ?? [];
    tally.facts += facts.length;
    tally.lost.push(...facts.filter((fact) => !read.includes(fact)).map((fact) => `${path}: ${fact}`));
  }
}

/** Merges made-up stores, and looks for every fact of what is merged away. */
export async function measureMerges(stores: number, seed: number): Promise<MergeFigures> {
  const random = randomNumbers(seed);
  const tally: Tally = { merges: 0, facts: 0, notArchived: 0, lost: [] };
  for (let store = 0; store < stores; store += 1) {
    const memories = made(random);
    const { candidates } = await mine(duplicatesMiner, [], { memories });
    for (const one of candidates) if (one.kind === 'edit' && one.change === 'merge') look(one, memories, tally);
  }
  return { stores, ...tally };
}
