import { applyTransaction, type FileWrite } from '../history/transaction';
import type { CorePorts } from '../ports';
import { parseMemory } from './codec';
import { DEFAULT_PROBES_TEXT, DEFAULT_RUBRIC_TEXT, DEFAULT_SCHEMA_TEXT } from './defaultTexts';
import type { Memory, MemoryProblem } from './memory';
import { renderIndex, type IndexReport } from './memoryIndex';
import { INDEX_PATH } from './indexWrite';
import { parseSchema, type Schema } from './schema';
import { walkStore } from './walk';

/** The store as it is on disk. */
export interface StoreSnapshot {
  /** The user agreed to a memory here. */
  readonly initialized: boolean;
  /** In path order: team, agents, archive, personal. */
  readonly memories: readonly Memory[];
  /** Files in memory folders that are not readable memories. */
  readonly problems: readonly MemoryProblem[];
  readonly schema: Schema;
  /** MEMORY.md as it should be now. */
  readonly index: IndexReport;
}

/** Files at the top of the store that are not memories. */
const OWN_FILES: ReadonlySet<string> = new Set([
  INDEX_PATH,
  'schema.md',
  'rubric.md',
  'probes.yaml',
  '.gitignore',
  '.gitattributes',
]);
const MAX_READ = 1024 * 1024;

type StorePorts = Pick<CorePorts, 'files' | 'text' | 'hasher'>;

/** Reads the whole store. A broken memory or schema is a problem in the result, never an error. */
export async function readStore(ports: StorePorts): Promise<StoreSnapshot> {
  const memories: Memory[] = [];
  const problems: MemoryProblem[] = [];
  for (const path of await walkStore(ports.files)) {
    if (OWN_FILES.has(path)) continue;
    if (!path.endsWith('.md')) {
      problems.push({ path, reason: 'not a Markdown file' });
      continue;
    }
    const bytes = await readBounded(ports, path);
    if (bytes === undefined) problems.push({ path, reason: 'larger than 1 MB; split it' });
    else {
      const parsed = parseMemory(path, bytes, ports);
      if (parsed.ok) memories.push(parsed.memory);
      else problems.push(parsed.problem);
    }
  }
  const schema = await readSchema(ports);
  if (schema.problem !== undefined) problems.push(schema.problem);
  const existing = await readText(ports, INDEX_PATH);
  return {
    initialized: existing !== undefined || (await ports.files.stat('schema.md')) !== undefined,
    memories,
    problems,
    schema: schema.schema,
    index: renderIndex(memories, existing),
  };
}

async function readBounded(ports: StorePorts, path: string): Promise<Uint8Array | undefined> {
  const stat = await ports.files.stat(path);
  return stat === undefined || stat.size > MAX_READ ? undefined : ports.files.read(path);
}

async function readText(ports: StorePorts, path: string): Promise<string | undefined> {
  const bytes = await readBounded(ports, path);
  return bytes === undefined ? undefined : ports.text.decode(bytes).text;
}

async function readSchema(ports: StorePorts): Promise<{ readonly schema: Schema; readonly problem?: MemoryProblem }> {
  const text = await readText(ports, 'schema.md');
  if (text === undefined) return { schema: parseSchema(DEFAULT_SCHEMA_TEXT) };
  try {
    return { schema: parseSchema(text) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'schema.md cannot be read';
    return { schema: parseSchema(DEFAULT_SCHEMA_TEXT), problem: { path: 'schema.md', reason } };
  }
}

const SHARED_IGNORE = '# What belongs to this machine only.\n.local/\n.staging/\n';
const PRIVATE_IGNORE = '# This memory is kept private: nothing of it is committed.\n*\n';

/**
 * Makes the store: index, schema, rubric, probes and what git ignores. `private` keeps all of it out of git. Files that
 * exist are left as they are; doing it again changes nothing. Throws what `applyTransaction` throws.
 */
export async function initializeStore(ports: CorePorts, options: { readonly share: 'git' | 'private' }): Promise<void> {
  const texts: Readonly<Record<string, string>> = {
    '.gitignore': options.share === 'git' ? SHARED_IGNORE : PRIVATE_IGNORE,
    '.gitattributes': 'MEMORY.md merge=union\n',
    'schema.md': DEFAULT_SCHEMA_TEXT,
    'rubric.md': DEFAULT_RUBRIC_TEXT,
    'probes.yaml': DEFAULT_PROBES_TEXT,
    [INDEX_PATH]: (await readStore(ports)).index.text,
  };
  const writes: FileWrite[] = [];
  for (const [path, text] of Object.entries(texts)) {
    if ((await ports.files.stat(path)) !== undefined) continue;
    writes.push({ path, expected: null, bytes: ports.text.encode(text) });
  }
  if (writes.length === 0) return;
  await applyTransaction(ports, {
    writes,
    event: { actor: 'user', action: 'initialize', note: options.share, evidence: [] },
  });
}
