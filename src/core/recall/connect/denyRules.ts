import type { OurMarks } from './ours';

/** What is in `.local` beside the inbox. */
const CHILDREN = [
  ...['archive', 'dreams', 'kept', 'locks', 'model', 'personal', 'recall', 'sessions', 'set-aside', 'snapshots'],
  ...['staging', 'tmp', 'txn'],
].map((name) => `${name}/**`);
const FILES = ['journal.jsonl', 'key', 'owner', 'state.json'];

interface DenyWishes extends Pick<OurMarks, 'prefix'> {
  readonly inbox: boolean;
}

/**
 * Rules of Claude Code that keep agents out of our local data; one of `Read` forbids writing as well. The absolute form
 * holds wherever a session starts, the relative one also after the folder was moved; for a workspace below the top of its
 * repository it would be one rule with the top's. A rule for the whole folder would close the inbox too.
 */
export function denyRules(localFolder: string, { prefix, inbox }: DenyWishes): readonly string[] {
  const below = inbox ? [...CHILDREN, ...FILES] : ['**'];
  const absolute = absoluteForm(localFolder);
  const folders = prefix === '' ? [`/${absolute}`, RELATIVE] : [`/${absolute}`];
  return folders.flatMap((folder) => below.map((name) => `Read(${folder}/${name})`));
}

const RELATIVE = '.agent-memory/.local';

/** `C:\\x` is `/c/x`. */
function absoluteForm(folder: string): string {
  const path = folder.replaceAll('\\', '/');
  const [, drive, rest] = /^([A-Za-z]):(\/.*)$/su.exec(path) ?? [];
  return drive === undefined || rest === undefined ? path : `/${drive.toLowerCase()}${rest}`;
}

/**
 * True for a rule that `denyRules` may have made for this store, wherever it was then. Those of other folders in the same
 * repository are none: each of them may have a store of its own.
 */
export function isOurRule(rule: unknown, { prefix, folder }: Pick<OurMarks, 'prefix' | 'folder'>): boolean {
  if (typeof rule !== 'string') return false;
  const path = /^(?:Read|Edit)\(([^()]{1,2000})\)$/u.exec(rule)?.[1] ?? '';
  if (path.startsWith(`${RELATIVE}/`)) return prefix === '';
  const at = path.lastIndexOf(`/${RELATIVE}/`);
  if (!path.startsWith('//') || at < 1) return false;
  const named = `${path.slice(1, at)}/`;
  if (!named.endsWith(`/${prefix}`)) return false;
  const own = folder === undefined ? undefined : `${absoluteForm(folder).replace(/\/$/u, '')}/`;
  const isHere = own?.endsWith(`/${prefix}`) === true && named.startsWith(own.slice(0, own.length - prefix.length));
  return !isHere || named === own;
}
