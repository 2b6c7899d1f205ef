import type { Memory } from '../memory/memory';
import type { Evidence } from './finding';
import { claimOf } from './memoryText';
import type { InstructionFile } from './miner';
import { containment, jaccard, sameTopic } from './text/similarity';
import { differsInValue, isNegative } from './text/slots';
import { StemIndex } from './text/stemIndex';
import { contentStems } from './text/words';
import { echoForm, isEcho } from './verify';

/** Where something is said, and its words. */
export interface Statement {
  readonly path: string;
  readonly said: string;
}

/** A memory outside or inside the archive, with the stems of what it says. */
export interface KnownMemory {
  readonly memory: Memory;
  readonly stems: ReadonlySet<string>;
}

/** The meaning of two claims is the same at this likeness, where no value differs. */
const SAME_MEANING = { jaccard: 0.55, containment: 0.8 } as const;

/** What is known before this dream, taken apart once for all candidates. */
export interface Knowledge {
  readonly memories: readonly KnownMemory[];
  readonly index: StemIndex;
  /** Memories outside the archive by category and slug. */
  readonly byFile: ReadonlyMap<string, readonly KnownMemory[]>;
  readonly files: readonly KnownFile[];
}

interface KnownFile {
  readonly path: string;
  readonly echo: string;
  readonly lines: readonly { readonly text: string; readonly stems: ReadonlySet<string> }[];
  readonly index: StemIndex;
}

/** Takes apart what is known, once. */
export function knowledge(input: {
  readonly memories: readonly Memory[];
  readonly instructionFiles: readonly InstructionFile[];
}): Knowledge {
  const memories = input.memories.map((memory) => ({
    memory,
    stems: contentStems(`${memory.description} ${claimOf(memory)}`),
  }));
  const byFile = new Map<string, KnownMemory[]>();
  for (const one of memories) {
    const { category, slug, scope } = one.memory;
    if (scope.kind === 'archive') continue;
    const same = byFile.get(`${category}/${slug}`);
    if (same === undefined) byFile.set(`${category}/${slug}`, [one]);
    else same.push(one);
  }
  return { memories, index: indexOf(memories), byFile, files: input.instructionFiles.map(knownFile) };
}

function knownFile({ path, text }: InstructionFile): KnownFile {
  const lines = text.split(/\r?\n/u).map((line) => ({ text: line, stems: contentStems(line) }));
  return { path, echo: echoForm(text), lines, index: indexOf(lines) };
}

function indexOf(texts: readonly { readonly stems: ReadonlySet<string> }[]): StemIndex {
  const index = new StemIndex();
  for (const { stems } of texts) index.add(stems);
  return index;
}

/** True if two claims, as sets of stems, say the same as far as values do not differ. */
export function hasSameMeaning(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return jaccard(a, b) >= SAME_MEANING.jaccard || (a.size >= 2 && containment(a, b) >= SAME_MEANING.containment);
}

/** The instruction file that says the claim already, or that the quotes were read from. */
export function isToldIn(description: string, evidence: readonly Evidence[], file: KnownFile): boolean {
  if (evidence.some((one) => one.kind === 'quote' && isEcho(one.quote, [file.echo]))) return true;
  const stems = contentStems(description);
  return file.index.sharing(stems, 2).some((at) => {
    const line = file.lines[at];
    return line !== undefined && tellsTheSame(stems, line.stems, description, line.text);
  });
}

function tellsTheSame(a: ReadonlySet<string>, b: ReadonlySet<string>, textA: string, textB: string): boolean {
  if (b.size < 2 || jaccard(a, b) < SAME_MEANING.jaccard) return false;
  return isNegative(textA) === isNegative(textB) && !differsInValue(textA, textB);
}

/** The first line of an instruction file that cannot hold beside the claim. */
export function contradictedBy(claim: string, files: readonly KnownFile[]): Statement | undefined {
  const stems = contentStems(claim);
  for (const { path, index, lines } of files) {
    for (const at of index.sharing(stems, 2)) {
      const line = lines[at];
      if (line !== undefined && sameTopic(stems, line.stems) && differsInValue(claim, line.text))
        return { path, said: line.text.replace(/^[\s>#*+-]{1,12}/u, '').slice(0, 200) };
    }
  }
  return undefined;
}
