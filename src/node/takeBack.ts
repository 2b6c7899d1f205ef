import { lstat, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AgentDreamsError } from '../core/errors';
import type { CorePorts, Owner } from '../core/ports';
import { withAcceptedOf } from '../core/state/accepted';
import { adoptState, readState, type LocalState } from '../core/state/localState';
import { surveyFolder } from './forget';
import { OWNER_PATH, ownerMark, setForeignAside } from './foreignLocal';

/** What stays in `.local` whoever it belongs to. */
const STAYS: ReadonlySet<string> = new Set(['.gitignore', 'locks', 'owner', 'set-aside']);
const NAME = /^[0-9a-z]{1,40}$/u;
const MAX_JOURNAL = 64 * 1024 * 1024;

/** A whole `.local` that was set aside, as a person chooses among them. */
export interface SetAsideLocal {
  readonly name: string;
  readonly folder: string;
  readonly files: number;
  readonly bytes: number;
  /** Captured sessions, dreams, personal memories and lines of the journal in it. */
  readonly sessions: number;
  readonly dreams: number;
  readonly personal: number;
  readonly journal: number;
}

/**
 * Every `.local` that was set aside as a whole, newest first. Single files that git brought are none: they would be set
 * aside again. Follows no link.
 */
export async function listSetAside(localRoot: string): Promise<readonly SetAsideLocal[]> {
  const all = path.join(localRoot, '.local/set-aside');
  const found: SetAsideLocal[] = [];
  if (!(await isFolder(path.join(localRoot, '.local'))) || !(await isFolder(all))) return [];
  for (const name of (await readdir(all)).sort().reverse()) {
    const folder = path.join(all, name);
    if (!NAME.test(name) || !(await isFolder(folder)) || !(await isFile(path.join(folder, 'key')))) continue;
    const survey = await surveyFolder(folder);
    if (survey === undefined) continue;
    const count = async (part: string): Promise<number> => (await surveyFolder(path.join(folder, part)))?.files ?? 0;
    found.push({
      name,
      ...survey,
      sessions: await count('sessions'),
      dreams: (await isFolder(path.join(folder, 'dreams'))) ? (await readdir(path.join(folder, 'dreams'))).length : 0,
      personal: await count('personal'),
      journal: await linesOf(path.join(folder, 'journal.jsonl')),
    });
  }
  return found;
}

/** What a person takes back, and where it is. */
export interface TakeBack {
  readonly localRoot: string;
  /** Of `SetAsideLocal`. */
  readonly name: string;
}

/**
 * Puts a `.local` that was set aside back in its place, as this user's own; what is there now is set aside in turn, so that
 * nothing is lost. Ports that were made before know another key: make them anew. Throws `not-found`, and `io` where
 * something cannot be moved without following a link.
 */
export async function takeBack(
  ports: CorePorts & { readonly owner: Owner },
  { localRoot, name }: TakeBack,
): Promise<{ readonly replaced: string }> {
  const local = path.join(localRoot, '.local');
  const from = path.join(local, 'set-aside', name);
  if (!(await listSetAside(localRoot)).some((one) => one.name === name)) {
    throw new AgentDreamsError('not-found', 'there is nothing of that name', { path: `.local/set-aside/${name}` });
  }
  const move = async (): Promise<{ readonly replaced: string }> => {
    const now = await readState(ports);
    const present = (await readdir(local)).filter((entry) => !STAYS.has(entry));
    const replaced = ports.ids.next();
    const { folder, left } = await setForeignAside(localRoot, present, replaced);
    if (left.length > 0) throw new AgentDreamsError('io', 'local data cannot be moved', { path: folder });
    await mkdir(local, { recursive: true });
    // The mark first: without it the next start would set aside what is moved now.
    await writeFile(path.join(localRoot, OWNER_PATH), await ownerMark(ports.owner, ports.ids.next()), { mode: 0o600 });
    await adopt(path.join(from, 'state.json'), ports.owner, now);
    const entries = await readdir(from);
    // The store's key comes last, and makes it one that is offered, should this be cut short.
    const order = [...entries.filter((entry) => entry !== 'key'), 'key'];
    for (const entry of order) {
      if (!STAYS.has(entry)) await rename(path.join(from, entry), path.join(local, entry));
    }
    await rm(from, { recursive: true, force: true });
    return { replaced };
  };
  return ports.lock.hold('dream', () => ports.lock.hold('review', () => ports.lock.hold('store', move)));
}

/** Seals what was accepted there with the key of today, together with what is accepted now. */
async function adopt(file: string, owner: Owner, now: LocalState): Promise<void> {
  if (!(await isFile(file))) return;
  const text = await adoptState(owner, await readFile(file, 'utf8'), (state) => withAcceptedOf(state, now));
  if (text === undefined) return;
  await writeFile(`${file}.sealed`, text, { mode: 0o600 });
  await rename(`${file}.sealed`, file);
}

async function isFolder(at: string): Promise<boolean> {
  return (await lstat(at).catch(() => undefined))?.isDirectory() === true;
}

async function isFile(at: string): Promise<boolean> {
  return (await lstat(at).catch(() => undefined))?.isFile() === true;
}

async function linesOf(file: string): Promise<number> {
  const stat = await lstat(file).catch(() => undefined);
  if (stat?.isFile() !== true || stat.size > MAX_JOURNAL) return 0;
  return (await readFile(file, 'utf8')).split('\n').length - 1;
}
