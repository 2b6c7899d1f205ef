import { pathProblem, placeOf } from '../memory/storePath';
import { fault } from './toolFault';

const ROOT = '/memories';

/** Something under `/memories`: '' for all of it, a folder, or a file. Relative to the store. */
export interface ToolPath {
  readonly asked: string;
  readonly path: string;
  /** A memory may stand there that everybody of the team, or one agent, gets. */
  readonly isMemory: boolean;
}

/**
 * What a path of a program means. Throws for everything that is not below `/memories` as it is written: nothing is
 * decoded, resolved or followed. The machine's own part of the store, its steering files and its archive are no part of it.
 */
export function readToolPath(asked: unknown): ToolPath {
  if (typeof asked !== 'string') throw fault('The path is missing.');
  const shown = asked.slice(0, 200);
  if (asked !== ROOT && !asked.startsWith(`${ROOT}/`)) throw fault(`Path must start with ${ROOT}, got: ${shown}`);
  const path = asked
    .slice(ROOT.length)
    .replace(/^\/{1,20}/u, '')
    .replace(/\/$/u, '');
  if (path === '') return { asked, path, isMemory: false };
  // What other systems and servers take for dots and slashes is looked at too.
  const plain = path
    .replace(/%2e/giu, '.')
    .replace(/%(?:2f|5c)/giu, '/')
    .replaceAll('\\', '/');
  if (plain.split('/').includes('..')) throw fault(`Path ${shown} would escape ${ROOT} directory`);
  const problem = pathProblem(path);
  if (problem !== undefined || path.startsWith('.')) {
    throw fault(`Path ${shown} cannot name a memory: ${problem ?? 'a name that begins with a dot'}.`);
  }
  const kind = placeOf(path)?.scope.kind;
  return { asked, path, isMemory: kind === 'team' || kind === 'agent' };
}

/** The same, for a file that is to be written. Throws where no memory may stand. */
export function readMemoryPath(asked: unknown): ToolPath {
  const read = readToolPath(asked);
  if (read.isMemory) return read;
  throw fault(
    `No memory can stand at ${read.asked.slice(0, 200)}. Use ${ROOT}/<category>/<name>.md, with lower-case words joined by dashes.`,
  );
}

/** As the program names it. */
export function toolPathOf(path: string): string {
  return `${ROOT}/${path}`;
}
