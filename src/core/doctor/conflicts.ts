import { knowledge } from '../dream/knowledge';
import { claimOf } from '../dream/memoryText';
import { conflictsWith } from '../dream/offline/instructionConflicts';
import { jaccard } from '../dream/text/similarity';
import { valueSlots } from '../dream/text/slots';
import { contentStems, stem } from '../dream/text/words';
import type { ConflictFacts, DoctorFacts } from './facts';
import type { DoctorFinding } from './finding';
import { ifKnown } from './known';
import { toolConflict, toolLines } from './toolConflicts';

/** More than this nobody reads; what is settled makes room at the next check. */
const MOST = 20;
/** How much of their words two statements have to share, values and signs aside. */
const SAME = 0.75;
/** Words that turn a statement around, or only stress it. */
const SIGNS = /\b(?:never|always|do not|don['’]?t|must not|must|should not|should|avoid|not)\b/giu;

/**
 * Memories that cannot hold beside what CLAUDE.md, AGENTS.md and their like tell the agent anyway. Which of the two is
 * right only a person knows. Careful: a rule that says where it holds, and is said elsewhere otherwise, is none.
 */
export function checkConflicts({ conflicts }: Pick<DoctorFacts, 'conflicts'>): readonly DoctorFinding[] {
  return ifKnown('conflicts', conflicts, (value) => findings(value).slice(0, MOST));
}

function findings({ memories, files }: ConflictFacts): readonly DoctorFinding[] {
  const seen = files.map(({ path, text }) => ({ path, text: withoutComments(text) }));
  const { files: known } = knowledge({ memories: [], instructionFiles: seen });
  const tools = seen.map(({ path, text }) => ({ path, lines: toolLines(text) }));
  return memories
    .filter(({ scope, paths }) => scope.kind !== 'archive' && paths.length === 0)
    .flatMap((memory) => {
      const told = new Map<string, DoctorFinding>();
      const tell = (path: string, sentence: string, said: string): void => {
        const about = { memory: memory.path, sentence: sentence.slice(0, 200), path, said: said.slice(0, 200) };
        const fix = { id: 'showConflict', target: path, at: said.slice(0, 200) } as const;
        if (!told.has(path)) told.set(path, { check: 'conflicts', kind: 'conflict', severity: 'warning', about, fix });
      };
      for (const { sentence, against } of conflictsWith(memory, known))
        if (isSame(sentence, against.said)) tell(against.path, sentence, against.said);
      for (const { path, lines } of tools) {
        const conflict = toolConflict(`${memory.description}.\n${claimLines(memory.body)}`, lines);
        if (conflict !== undefined) tell(path, conflict.sentence, conflict.said);
      }
      return [...told.values()];
    });
}

/**
 * True if two statements are one with another value or the other sign in it: "the server listens on port 3000" and "… on
 * port 4000", but not "prices are stored in cents" and "never store prices as floats".
 */
function isSame(sentence: string, said: string): boolean {
  const [one, two] = [withoutValues(sentence), withoutValues(said)];
  return one.size >= 2 && two.size >= 2 && jaccard(one, two) >= SAME;
}

function withoutValues(text: string): ReadonlySet<string> {
  const values = new Set([...valueSlots(text)].flatMap((slot) => slot.split(/\s+/u)).map((word) => stem(word)));
  return new Set([...contentStems(text.replace(SIGNS, ' '))].filter((one) => !values.has(one)));
}

function claimLines(body: string): string {
  return body
    .split(/\r?\n/u)
    .map((line) => claimOf({ body: line }))
    .join('\n');
}

/** What Claude Code takes out before it reads. */
function withoutComments(text: string): string {
  return text.replace(/<!--[\s\S]{0,20000}?-->/gu, ' ');
}
