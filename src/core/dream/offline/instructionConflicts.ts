import type { Memory } from '../../memory/memory';
import type { Dismissed } from '../finding';
import { contradictedBy, knowledge, type Knowledge, type Statement } from '../knowledge';
import { claimOf, sentencesOf } from '../memoryText';
import type { Miner, MinerContext, MinerResult, MinerRun } from '../miner';
import { jaccard, SAME_TOPIC } from '../text/similarity';
import { compareText, contentStems } from '../text/words';

const NAME = 'instructionConflicts';
/** More than this nobody reads; what is settled makes room in the next dream. */
const MAX_TOLD = 50;

/**
 * Memories that cannot hold beside a line of CLAUDE.md, AGENTS.md or their like. Which of the two is right only a person
 * knows: it is told, once for each memory and line, and never changed.
 */
export const instructionConflictsMiner: Miner = { name: NAME, begin: (context) => new ConflictsRun(context) };

class ConflictsRun implements MinerRun {
  constructor(private readonly context: MinerContext) {}

  session(): void {
    // The store and the instruction files are all this looks at.
  }

  finish(): MinerResult {
    const { files } = knowledge({ memories: [], instructionFiles: this.context.instructionFiles });
    const memories = this.context.memories
      .filter((memory) => memory.scope.kind !== 'archive')
      .sort((a, b) => compareText(a.path, b.path));
    const dismissed = memories.flatMap((memory) => conflictsOf(memory, files)).slice(0, MAX_TOLD);
    return { candidates: [], dismissed };
  }
}

/** A sentence of a memory, and the line of an instruction file that it cannot hold beside. */
export interface InstructionConflict {
  readonly sentence: string;
  readonly against: Statement;
}

/** What in a memory cannot hold beside these files, once for each line of them. */
export function conflictsWith(memory: Pick<Memory, 'body'>, files: Knowledge['files']): readonly InstructionConflict[] {
  const told = new Map<string, InstructionConflict>();
  for (const line of memory.body.split(/\r?\n/u)) {
    for (const sentence of sentencesOf(claimOf({ body: line }))) {
      for (const file of files) {
        const against = contradictedBy(sentence, [file]);
        if (against === undefined || !isClose(sentence, against)) continue;
        told.set(`${against.path} ${against.said}`, { sentence: sentence.trim(), against });
      }
    }
  }
  return [...told.values()];
}

function conflictsOf(memory: Memory, files: Knowledge['files']): readonly Dismissed[] {
  return conflictsWith(memory, files).map(({ sentence, against }) => ({
    miner: NAME,
    summary: `${memory.path}: ${sentence}`.slice(0, 160),
    reason: `${against.path} says otherwise: “${against.said}”`,
  }));
}

/** A short line within a long sentence is no statement on the same thing. */
function isClose(sentence: string, { said }: Statement): boolean {
  return jaccard(contentStems(sentence), contentStems(said)) >= SAME_TOPIC.jaccard;
}
