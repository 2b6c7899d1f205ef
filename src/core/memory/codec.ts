import type { CorePorts } from '../ports';
import { fieldText, parseFields, splitFrontMatter } from './frontMatter';
import type { LoadMode, Memory, MemoryProblem } from './memory';
import { placeOf } from './storePath';

export { updateFrontMatter } from './frontMatter';

/** A memory may be this large in bytes: the limit of Claude's memory stores. */
export const MAX_MEMORY_BYTES = 100_000;

export type ParsedMemory =
  { readonly ok: true; readonly memory: Memory } | { readonly ok: false; readonly problem: MemoryProblem };

/** Reads a memory file. Never throws: what is wrong with the file comes back as a problem that says what to mend. */
export function parseMemory(path: string, bytes: Uint8Array, ports: Pick<CorePorts, 'text' | 'hasher'>): ParsedMemory {
  const problem = (reason: string): ParsedMemory => ({ ok: false, problem: { path, reason } });
  const at = placeOf(path);
  if (at === undefined) return problem('the name is not <category>/<name>.md in lower-case words joined by dashes');
  if (bytes.length > MAX_MEMORY_BYTES) return problem('larger than 100 kB; split it');
  const { text, lossy } = ports.text.decode(bytes);
  if (lossy) return problem(`${encodingOf(bytes)}, not UTF-8; it is left as it is until you save it as UTF-8`);
  const split = splitFrontMatter(text);
  if (split === undefined) return problem('no front matter between two --- lines at the top');
  const parsed = parseFields(split.yaml);
  if (!parsed.ok) return problem(`front matter, ${parsed.reason}`);
  const read = readFields(parsed.fields, at.slug);
  if (typeof read === 'string') return problem(`front matter: ${read}`);
  return {
    ok: true,
    memory: {
      path,
      scope: at.scope,
      category: at.category,
      slug: at.slug,
      ...read,
      body: split.body,
      text,
      sha256: ports.hasher.sha256(bytes),
    },
  };
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'text in UTF-16 (little-endian)';
  return first === 0xfe && second === 0xff ? 'text in UTF-16 (big-endian)' : 'text in another encoding, or damaged';
}

type Fields = Pick<Memory, 'description' | 'paths' | 'agents' | 'load' | 'pinned' | 'created'>;
const LOAD_MODES: ReadonlySet<string> = new Set<LoadMode>(['always', 'index', 'on-demand']);

function readFields(fields: ReadonlyMap<string, unknown>, slug: string): Fields | string {
  const name = fields.get('name');
  if (name !== undefined && name !== slug) return `name must be ${slug}, as the file is called`;
  const description = fields.get('description');
  if (typeof description !== 'string' || description.trim() === '') return 'description is missing';
  const paths = stringList(fields.get('paths'));
  if (paths === undefined) return 'paths must be a list of globs';
  const agents = stringList(fields.get('agents'));
  if (agents === undefined) return 'agents must be a list of names';
  const load = fields.get('load') ?? 'index';
  if (typeof load !== 'string' || !LOAD_MODES.has(load)) return 'load must be always, index or on-demand';
  const pinned = fields.get('pinned') ?? false;
  if (typeof pinned !== 'boolean') return 'pinned must be true or false';
  const created = fields.get('created');
  if (created !== undefined && !isDate(created)) return 'created must be a date such as 2026-11-02';
  return {
    description: description.trim(),
    paths,
    agents,
    load: load as LoadMode,
    pinned,
    ...(created === undefined ? {} : { created }),
  };
}

function isDate(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/u.test(value);
}

function stringList(value: unknown): readonly string[] | undefined {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) return undefined;
  const items: readonly unknown[] = value;
  return items.every((item): item is string => typeof item === 'string' && item !== '') ? items : undefined;
}

/** What a new memory says. */
export interface MemoryDraft {
  /** The slug. */
  readonly name: string;
  readonly description: string;
  /** Markdown without front matter. */
  readonly body: string;
  readonly paths?: readonly string[];
  readonly agents?: readonly string[];
  readonly load?: LoadMode;
  readonly pinned?: boolean;
  /** YYYY-MM-DD. */
  readonly created?: string;
}

/** The file of a new memory: short front matter, then the body, ending in one line break. */
export function renderMemory(draft: MemoryDraft): string {
  const { paths = [], agents = [], load = 'index', pinned = false } = draft;
  const lines = [
    `name: ${fieldText(draft.name)}`,
    `description: ${fieldText(draft.description)}`,
    ...(paths.length > 0 ? [`paths: ${fieldText(paths)}`] : []),
    ...(agents.length > 0 ? [`agents: ${fieldText(agents)}`] : []),
    ...(load === 'index' ? [] : [`load: ${load}`]),
    ...(pinned ? ['pinned: true'] : []),
    ...(draft.created === undefined ? [] : [`created: ${draft.created}`]),
  ];
  return `---\n${lines.join('\n')}\n---\n${draft.body.trim()}\n`;
}
