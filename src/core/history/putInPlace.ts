import { isAgentDreamsError } from '../errors';
import type { CorePorts } from '../ports';
import { stagingFolder, type CommitRecord, type CommitStep } from './commit';
import { foldersOf } from './folders';
import { getObject } from './objects';

/** What was found in the way of an application: the file, and where its text was kept if not at its own place. */
export interface Intrusion {
  readonly path: string;
  readonly kept?: string;
}

/** Texts of other programs that found their place taken; a person can read and copy them from there. */
const KEPT = '.local/kept';

/**
 * Puts every staged file in its place; repeatable. What stands there is first moved aside and looked at again, and the
 * new file only takes a name where nothing is, so that what another program writes at any moment is never overwritten.
 * Returns the first file that somebody else wrote to, which is left as it is; the others must then be taken back.
 */
export async function rollForward(ports: CorePorts, commit: CommitRecord): Promise<Intrusion | undefined> {
  for (const [number, step] of commit.steps.entries()) {
    if (!(await putInPlace(ports, placeOf(commit, step, number)))) return { path: step.path };
  }
  await syncFolders(ports, commit);
  for (const [number, step] of commit.steps.entries()) {
    // A program that had the old file open writes to it also after it was moved aside.
    const aside = await hashAt(ports, placeOf(commit, step, number).aside);
    if (aside !== null && aside !== step.before) return { path: step.path };
  }
  return undefined;
}

/**
 * Takes back what `rollForward` put in place; repeatable. A file that somebody else wrote stays; a text for which there
 * is no place any more goes to `.local/kept`. Returns the files that are not as they were before.
 */
export async function rollBack(ports: CorePorts, commit: CommitRecord): Promise<readonly Intrusion[]> {
  const intrusions: Intrusion[] = [];
  for (const [number, step] of [...commit.steps.entries()].reverse()) {
    const place = placeOf(commit, step, number);
    const asBefore = await takeBack(ports, place);
    const kept = await keepAside(ports, place, commit.id);
    if (kept !== undefined) intrusions.push({ path: step.path, kept });
    else if (!asBefore) intrusions.push({ path: step.path });
  }
  await syncFolders(ports, commit);
  return intrusions;
}

interface Place extends CommitStep {
  /** Where the old file is moved. */
  readonly aside: string;
  /** Where the new file is moved when it is taken back, and where an old text is staged that has no file any more. */
  readonly withdrawn: string;
  readonly restored: string;
}

function placeOf(commit: CommitRecord, step: CommitStep, number: number): Place {
  const base = `${stagingFolder(step.path)}/${commit.id}/${number}`;
  return { ...step, aside: `${base}.was`, withdrawn: `${base}.back`, restored: `${base}.old` };
}

async function hashAt(ports: CorePorts, path: string): Promise<string | null> {
  const bytes = await ports.files.read(path);
  return bytes === undefined ? null : ports.hasher.sha256(bytes);
}

/** Something that is no file of ours stands at the path: a link, a folder, a giant, or nothing any more. */
function isInTheWay(error: unknown): boolean {
  return (['invalid-path', 'too-large', 'not-found'] as const).some((code) => isAgentDreamsError(error, code));
}

/** False if somebody else wrote to the file since it was looked at. */
async function putInPlace(ports: CorePorts, place: Place): Promise<boolean> {
  const { path, staged, before, after } = place;
  try {
    const present = await hashAt(ports, path);
    if (present === after) return true;
    if (before !== null && !(await isAside(ports, place, present))) return false;
    if (before === null && present !== null) return false;
    return staged === null || (await ports.files.moveNew(staged, path));
  } catch (error) {
    if (isInTheWay(error)) return false;
    throw error;
  }
}

/** Moves the old file aside, unless it is already; true if it is what it was expected to be. */
async function isAside(ports: CorePorts, { path, aside, before }: Place, present: string | null): Promise<boolean> {
  const known = await hashAt(ports, aside);
  if (known !== null) return known === before && present === null;
  if (present !== before) return false;
  await ports.files.rename(path, aside);
  return (await hashAt(ports, aside)) === before;
}

/** True if the file is as it was before. */
async function takeBack(ports: CorePorts, place: Place): Promise<boolean> {
  try {
    await withdraw(ports, place);
    return (await hashAt(ports, place.path)) === place.before;
  } catch (error) {
    if (isInTheWay(error)) return false;
    throw error;
  }
}

async function withdraw(ports: CorePorts, place: Place): Promise<void> {
  const { path, before, after, aside, withdrawn } = place;
  const present = await hashAt(ports, path);
  if (present === before) return;
  const hasOld = before === null || (await ports.files.stat(aside)) !== undefined;
  if (!hasOld && (await getObject(ports, before)) === undefined) return;
  if (present === after && after !== null && (await ports.files.stat(withdrawn)) === undefined) {
    await ports.files.rename(path, withdrawn);
  }
  const taken = await hashAt(ports, withdrawn);
  // Somebody wrote to the new file before it was taken away.
  if (taken !== null && taken !== after) await ports.files.moveNew(withdrawn, path);
  else if ((await ports.files.stat(aside)) !== undefined) await ports.files.moveNew(aside, path);
  else if (before !== null && (taken === after || present === after)) await restoreObject(ports, place, before);
}

/** The old text from the snapshot: what was moved aside is gone after a loss of power. */
async function restoreObject(ports: CorePorts, { restored, path }: Place, before: string): Promise<void> {
  const bytes = await getObject(ports, before);
  if (bytes === undefined) return;
  await ports.files.write(restored, bytes);
  await ports.files.moveNew(restored, path);
}

/** Keeps what was moved aside and found no way back, if it is neither the old text nor the new one. */
async function keepAside(ports: CorePorts, place: Place, id: string): Promise<string | undefined> {
  for (const file of [place.aside, place.withdrawn]) {
    const bytes = await ports.files.read(file);
    const sha256 = bytes === undefined ? null : ports.hasher.sha256(bytes);
    if (bytes === undefined || sha256 === place.before || sha256 === place.after) continue;
    const kept = `${KEPT}/${id}/${place.path.split('/').at(-1) ?? ''}`;
    await ports.files.write(kept, bytes);
    for (const folder of foldersOf(kept)) await ports.files.syncDirectory(folder);
    return kept;
  }
  return undefined;
}

/** Flushes every folder on the way to the files: an entry that only the cache knows is lost with the power. */
async function syncFolders(ports: CorePorts, commit: CommitRecord): Promise<void> {
  const folders = new Set(commit.steps.flatMap(({ path }) => foldersOf(path)));
  for (const folder of [...folders].sort().reverse()) await ports.files.syncDirectory(folder);
}
