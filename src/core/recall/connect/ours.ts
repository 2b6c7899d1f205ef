/** Which lines of a person's files are ours: those of this store, told by what they print. */
export interface OurMarks {
  /** The folder of the workspace in its repository, POSIX, with a slash at the end; '' for the repository itself. */
  readonly prefix: string;
  /** The command that outlives updates of the extension; undefined where there is none. */
  readonly stableCommand?: string | undefined;
  /** Absolute path of the folder with the store; tells its rules from those of other folders of the repository. */
  readonly folder?: string | undefined;
}

/** Every hook of ours names a file below this folder. */
export const RECALL_MARK = '.agent-memory/.local/recall/';
const STORE = /\/([^"'$]{0,400}?)\.agent-memory\/\.local\/recall\//u;
/** Behind it our own command line names the folder in the repository. */
const TAG = '# Agent Dreams';

/** The end of a command line of ours: a comment that tells whose it is. */
export function ownTag(prefix: string): string {
  return prefix === '' ? TAG : `${TAG} ${prefix}`;
}

/** True for a hook handler that we wrote for this store, also an older or a hand-edited one. */
export function isOurHandler(handler: unknown, { prefix, stableCommand }: OurMarks): boolean {
  const words = wordsOf(handler);
  const line = words.join(' ').replaceAll('\\', '/');
  const command = words[0] ?? '';
  if (command.endsWith(` ${ownTag(prefix)}`)) return true;
  // A folder may have such a name: only what ends with one is tagged.
  if (isTagged(command)) return false;
  if (stableCommand !== undefined && line.includes(stableCommand.replaceAll('\\', '/'))) return true;
  if (!line.includes(RECALL_MARK)) return false;
  // Without our tag it is an older one, or one that was edited: of this store if it names its folder.
  return prefix === '' || (STORE.exec(line)?.[1] ?? '').endsWith(prefix);
}

/** True for a command line that ends with a tag: nothing but the name of a folder, with a slash at its end, is behind it. */
function isTagged(command: string): boolean {
  const at = command.lastIndexOf(TAG);
  const rest = at < 0 ? undefined : command.slice(at + TAG.length);
  return rest === '' || (rest?.startsWith(' ') === true && rest.endsWith('/') && !/['"\n]/u.test(rest));
}

function wordsOf(handler: unknown): readonly string[] {
  if (typeof handler !== 'object' || handler === null) return [];
  const command = 'command' in handler && typeof handler.command === 'string' ? [handler.command] : [];
  const args = 'args' in handler && Array.isArray(handler.args) ? handler.args : [];
  return [...command, ...args.filter((argument): argument is string => typeof argument === 'string')];
}
