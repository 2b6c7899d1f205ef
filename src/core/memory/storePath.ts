import { AgentDreamsError } from '../errors';
import type { MemoryScope } from './memory';
import { isSlug } from './slug';

/** Limits of Claude's memory stores, so that a store stays importable. */
const MAX_PATH = 1_024;
const MAX_NAME_BYTES = 255;
const MAX_DEPTH = 16;
/** What Windows, a shell or a URL reads differently, and what nobody sees. */
const FORBIDDEN = /[\\:*?"<>|$%;`\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}\p{Default_Ignorable_Code_Point}]/u;
/** Letters that are drawn like the slashes and dots that separate names. */
const LOOKALIKE =
  /[\u2024-\u2026\u2044\u2215\u2216\u2571\u2572\u27CB\u27CD\u29F5\u29F8\u29F9\uFE52\uFE68\uFF0E\uFF0F\uFF3C]/u;
const DEVICE = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9]|conin|conout|clock)[ $]{0,9}(?:\.|$)/iu;
/** The only names that begin with a dot: others belong to git, editors and agents. */
const DOTTED: ReadonlySet<string> = new Set(['.local', '.staging', '.gitignore', '.gitattributes']);
/** Files that agents obey wherever they find them; they belong to people. */
const INSTRUCTIONS: ReadonlySet<string> = new Set(['claude.md', 'claude.local.md', 'agents.md', 'gemini.md']);

/** Where a memory stands in the tree: scope, category and slug follow from its path alone. */
export interface MemoryPlace {
  readonly scope: MemoryScope;
  readonly category: string;
  readonly slug: string;
}

/**
 * The reason why `path` may not name anything in the store, or undefined if it may: relative, POSIX, NFC, no empty,
 * `.` or `..` segment, no control or format characters, nothing that Windows, a shell or a URL reads differently, and no
 * name that git, an editor or an agent gives a meaning to.
 */
export function pathProblem(path: string): string | undefined {
  if (path === '' || path.length > MAX_PATH) return 'empty or longer than 1,024 characters';
  if (path !== path.normalize('NFC')) return 'not in Unicode normal form C';
  if (FORBIDDEN.test(path)) return 'a character that file names may not have';
  if (LOOKALIKE.test(path)) return 'a character that looks like a slash or a dot';
  const segments = path.split('/');
  if (segments.length > MAX_DEPTH) return 'more than 16 folders deep';
  for (const [index, segment] of segments.entries()) {
    const problem = segmentProblem(segment, index === 0);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function segmentProblem(segment: string, isFirst: boolean): string | undefined {
  if (segment === '' || segment === '.' || segment === '..') return 'an empty, "." or ".." segment';
  if (utf8Length(segment) > MAX_NAME_BYTES) return 'a name longer than 255 bytes';
  if (/[. ]$|^ /u.test(segment)) return 'a name that begins or ends in a space, or ends in a dot';
  if (/^[-~]/u.test(segment)) return 'a name that begins with a dash or a tilde';
  // Windows reads superscript digits as digits here.
  const plain = segment.normalize('NFKC').toLowerCase();
  if (DEVICE.test(plain)) return 'a name that Windows keeps for a device';
  if (/^(?:\.git|git~\d{1,9})$/u.test(plain)) return 'a name that belongs to git';
  if (segment.startsWith('.') && !(DOTTED.has(segment) && (isFirst || segment.startsWith('.git')))) {
    return 'a name that begins with a dot';
  }
  return isFirst && INSTRUCTIONS.has(plain) ? 'a name of instructions for agents, which belong to people' : undefined;
}

function utf8Length(text: string): number {
  let bytes = 0;
  for (const letter of text) {
    const code = letter.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/** Equal for two names that are one file where case, accents' form or compatibility letters do not count. */
export function foldedName(name: string): string {
  // Upper case first: it writes out ligatures and the sharp s, which lower case keeps.
  return name.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFC');
}

/** False for what never leaves this machine under names that the product makes itself. */
export function isShared(path: string): boolean {
  if (path.startsWith('.local/personal/') || path.startsWith('.local/archive/')) return true;
  return !/^\.(?:local|staging)(?:\/|$)/u.test(path);
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
