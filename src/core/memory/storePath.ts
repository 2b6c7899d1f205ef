import { AgentDreamsError } from '../errors';
import type { MemoryScope } from './memory';
import { isSlug } from './slug';

/** Limits of Claude's memory stores, so that a store stays importable. */
const MAX_PATH = 1_024;
const FORBIDDEN = /[\\:*?"<>|\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/u;
const DEVICE = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)/iu;

/** Where a memory stands in the tree: scope, category and slug follow from its path alone. */
export interface MemoryPlace {
  readonly scope: MemoryScope;
  readonly category: string;
  readonly slug: string;
}

/**
 * The reason why `path` may not name anything in the store, or undefined if it may: relative, POSIX, NFC, no empty,
 * `.` or `..` segment, no control or format characters, nothing that Windows reads differently.
 */
export function pathProblem(path: string): string | undefined {
  if (path === '' || path.length > MAX_PATH) return 'empty or longer than 1,024 characters';
  if (path !== path.normalize('NFC')) return 'not in Unicode normal form C';
  if (FORBIDDEN.test(path)) return 'a character that file names may not have';
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.' || segment === '..') return 'an empty, "." or ".." segment';
    if (segment.length > 255) return 'a name longer than 255 characters';
    if (/[. ]$/u.test(segment)) return 'a name that ends in a dot or a space';
    if (DEVICE.test(segment)) return 'a name that Windows keeps for a device';
    if (/^\.git$/iu.test(segment) || /^git~\d/iu.test(segment)) return 'a name that belongs to git';
  }
  return undefined;
}

/** Throws `invalid-path` unless `path` may name something in the store. */
export function assertStorePath(path: string): void {
  const problem = pathProblem(path);
  if (problem !== undefined) {
    throw new AgentDreamsError('invalid-path', `Not a path in the memory store: ${problem}.`, { path: shown(path) });
  }
}

/** Scope, category and slug of a memory's path, or undefined if no memory may stand there. */
export function placeOf(path: string): MemoryPlace | undefined {
  if (pathProblem(path) !== undefined || !path.endsWith('.md')) return undefined;
  const parts = path.slice(0, -3).split('/');
  if (parts[0] === 'archive') {
    const inner = placeOf(path.slice('archive/'.length));
    return inner === undefined || inner.scope.kind === 'archive' ? undefined : { ...inner, scope: { kind: 'archive' } };
  }
  if (parts[0] === 'agents') {
    const [, agent = '', ...rest] = parts;
    return isSlug(agent) ? place({ kind: 'agent', agent }, rest) : undefined;
  }
  if (parts[0] === '.local') {
    if (parts[1] === 'personal') return place({ kind: 'personal' }, parts.slice(2));
    return parts[1] === 'archive' ? place({ kind: 'archive' }, parts.slice(2)) : undefined;
  }
  return place({ kind: 'team' }, parts);
}

/** Files beside the memories that steer dreams: a change of them by somebody else is shown like that of a memory. */
const STEERING: ReadonlySet<string> = new Set(['schema.md', 'rubric.md', 'probes.yaml']);

/** True for files whose content a person accepts: memories, and the files that steer dreams. */
export function isTracked(path: string): boolean {
  return STEERING.has(path) || placeOf(path) !== undefined;
}

/** The path at which a memory of that scope, category and slug stands. Throws `invalid-path` for anything but slugs. */
export function memoryPath(scope: Exclude<MemoryScope, { kind: 'archive' }>, category: string, slug: string): string {
  const prefix = scope.kind === 'team' ? '' : scope.kind === 'agent' ? `agents/${scope.agent}/` : '.local/personal/';
  const path = `${prefix}${category}/${slug}.md`;
  if (placeOf(path) === undefined) {
    throw new AgentDreamsError('invalid-path', 'Category and name must be lower-case slugs.', { path: shown(path) });
  }
  return path;
}

const PERSONAL = '.local/personal/';
const PERSONAL_ARCHIVE = '.local/archive/';

/** Where a memory goes when it is archived; a personal one stays on this machine. */
export function archivePath(path: string): string {
  return path.startsWith(PERSONAL) ? PERSONAL_ARCHIVE + path.slice(PERSONAL.length) : `archive/${path}`;
}

/** Where an archived memory came from; undefined if the path is not an archived memory's. */
export function restoredPath(path: string): string | undefined {
  if (placeOf(path)?.scope.kind !== 'archive') return undefined;
  if (path.startsWith(PERSONAL_ARCHIVE)) return PERSONAL + path.slice(PERSONAL_ARCHIVE.length);
  return path.slice('archive/'.length);
}

function place(scope: MemoryScope, parts: readonly string[]): MemoryPlace | undefined {
  const [category = '', slug = ''] = parts;
  return parts.length === 2 && isSlug(category) && isSlug(slug) ? { scope, category, slug } : undefined;
}

function shown(path: string): string {
  return path.slice(0, 200).replace(/[\p{Cc}\p{Cf}]/gu, '?');
}
