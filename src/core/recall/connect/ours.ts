/** Which lines of a person's files are ours: those of this store, told by what they print. */
export interface OurMarks {
  /** The folder of the workspace in its repository, POSIX, with a slash at the end; '' for the repository itself. */
  readonly prefix: string;
  /** The command that outlives updates of the extension; undefined where there is none. */
  readonly stableCommand?: string | undefined;
}

/** Every hook of ours names a file below this folder. */
export const RECALL_MARK = '.agent-memory/.local/recall/';
const STORE = /\/([^"'$]{0,400}?)\.agent-memory\/\.local\/recall\//u;
/** The folder in the repository, as our own command line names it. */
const TAGGED = /# Agent Dreams ?([^\n]{0,400})$/u;

/** True for a hook handler that we wrote for this store, also an older or a hand-edited one. */
export function isOurHandler(handler: unknown, { prefix, stableCommand }: OurMarks): boolean {
  const words = wordsOf(handler);
  const line = words.join(' ').replaceAll('\\', '/');
  const tag = TAGGED.exec(words[0] ?? '')?.[1];
  if (tag !== undefined) return tag === prefix;
  if (stableCommand !== undefined && line.includes(stableCommand.replaceAll('\\', '/'))) return true;
  if (!line.includes(RECALL_MARK)) return false;
  // Without our tag it is an older one, or one that was edited: of this store if it names its folder.
  return prefix === '' || (STORE.exec(line)?.[1] ?? '').endsWith(prefix);
}

function wordsOf(handler: unknown): readonly string[] {
  if (typeof handler !== 'object' || handler === null) return [];
  const command = 'command' in handler && typeof handler.command === 'string' ? [handler.command] : [];
  const args = 'args' in handler && Array.isArray(handler.args) ? handler.args : [];
  return [...command, ...args.filter((argument): argument is string => typeof argument === 'string')];
}
