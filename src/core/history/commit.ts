import * as z from 'zod/mini';
import type { CorePorts } from '../ports';
import { writeAtomic } from './atomicWrite';
import { parseEntry, type JournalEntry } from './journal';

/** One rename of a committed application. */
export interface CommitStep {
  readonly path: string;
  /** Where the new content waits; null if the file is taken away. */
  readonly staged: string | null;
  /** SHA-256 before and after; null for nothing. */
  readonly before: string | null;
  readonly after: string | null;
}

/** `.local/txn/<id>/COMMIT`: from the moment it exists the application happened, whatever crashes. */
export interface CommitRecord {
  readonly format: 1;
  readonly id: string;
  /** Another program wrote to one of the files meanwhile: what was put in place is being taken back. */
  readonly back?: boolean;
  readonly steps: readonly CommitStep[];
  /** null for what nobody decides: the rebuilt index. */
  readonly journal: JournalEntry | null;
}

const ROOT = '.local/txn';
const RECORD = 'COMMIT';
const STAGING = ['.staging', '.local/staging'] as const;
const step = z.object({
  path: z.string(),
  staged: z.nullable(z.string()),
  before: z.nullable(z.string()),
  after: z.nullable(z.string()),
});
const record = z.object({
  format: z.literal(1),
  id: z.string(),
  back: z.optional(z.boolean()),
  steps: z.array(step),
  journal: z.unknown(),
});

/**
 * Where new content waits before it is renamed into place. `.local` may be on another file system than the rest (a
 * linked worktree), and a rename does not cross that border.
 */
export function stagingFolder(path: string): string {
  return path.startsWith('.local/') ? STAGING[1] : STAGING[0];
}

/** Writes the commit record: the one instant at which old becomes new. */
export async function writeCommit(ports: CorePorts, commit: CommitRecord): Promise<void> {
  await writeAtomic(ports, `${ROOT}/${commit.id}/${RECORD}`, ports.text.encode(JSON.stringify(commit)));
  await ports.files.syncDirectory(ROOT);
}

/** Marks, in a work tree's own folder, an application that changes files of that work tree. */
export function treeMark(id: string): string {
  return `.staging/${id}/tree`;
}

/** True if the application changes more than `.local`, which linked worktrees share. */
export function changesTree(steps: readonly Pick<CommitStep, 'path'>[]): boolean {
  return steps.some(({ path }) => !path.startsWith('.local/'));
}

/**
 * Applications that were committed but perhaps not completed, oldest first, and those that never were committed. What
 * was committed in another linked worktree is left to it: its files are not here.
 */
export async function findCommits(
  ports: CorePorts,
): Promise<{ readonly committed: readonly CommitRecord[]; readonly abandoned: readonly string[] }> {
  const ids = new Set<string>();
  for (const folder of [ROOT, ...STAGING]) for (const { name } of await ports.files.list(folder)) ids.add(name);
  const committed: CommitRecord[] = [];
  const abandoned: string[] = [];
  for (const id of [...ids].sort()) {
    const bytes = await ports.files.read(`${ROOT}/${id}/${RECORD}`);
    const read = bytes === undefined ? undefined : parseCommit(ports.text.decode(bytes).text);
    if (read === undefined) abandoned.push(id);
    else if (!changesTree(read.steps) || (await ports.files.stat(treeMark(id))) !== undefined) committed.push(read);
  }
  return { committed, abandoned };
}

function parseCommit(text: string): CommitRecord | undefined {
  try {
    const parsed = record.safeParse(JSON.parse(text));
    if (!parsed.success) return undefined;
    const journal = parsed.data.journal === null ? null : parseEntry(parsed.data.journal);
    if (journal === undefined) return undefined;
    const { format, id, steps, back } = parsed.data;
    return { format, id, steps, journal, ...(back === true ? { back } : {}) };
  } catch {
    return undefined;
  }
}

/** Removes what an application left, its commit record first: what is left after that is known to be abandoned. */
export async function discard(ports: CorePorts, id: string): Promise<void> {
  for (const folder of [ROOT, ...STAGING]) {
    for (const { name, kind } of await ports.files.list(`${folder}/${id}`)) {
      if (kind === 'file') await ports.files.remove(`${folder}/${id}/${name}`);
      // A record that a loss of power brings back without its mark would pass for another work tree's.
      if (name === RECORD) await ports.files.syncDirectory(`${folder}/${id}`);
    }
    await ports.files.remove(`${folder}/${id}`);
  }
}
