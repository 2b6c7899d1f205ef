import { AgentDreamsError, isAgentDreamsError } from '../errors';
import { applyTransaction, type FileWrite } from '../history/transaction';
import type { CorePorts } from '../ports';
import { parseMemory, type ParsedMemory } from './codec';
import { DEFAULT_PROBES_TEXT, DEFAULT_RUBRIC_TEXT, DEFAULT_SCHEMA_TEXT } from './defaultTexts';
import type { Memory, MemoryProblem } from './memory';
import { renderIndex, type IndexReport } from './memoryIndex';
import { INDEX_PATH } from './indexWrite';
import { parseSchema, type Schema } from './schema';
import { isFindingPath } from '../team/findingFile';
import { surveyStore } from './walk';

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
/** Files in memory at once; their folder is opened for all of them together. */
const READ_AT_ONCE = 32;

type StorePorts = Pick<CorePorts, 'files' | 'text' | 'hasher'>;

/** Reads the whole store. A broken memory or schema is a problem in the result, never an error. */
export async function readStore(ports: StorePorts): Promise<StoreSnapshot> {
  const { files, refused } = await surveyStore(ports.files);
  const memories: Memory[] = [];
  const problems: MemoryProblem[] = [...refused];
  const wanted = files.filter((path) => !OWN_FILES.has(path) && !isFindingPath(path));
  for (let from = 0; from < wanted.length; from += READ_AT_ONCE) {
    const batch = wanted.slice(from, from + READ_AT_ONCE);
    for (const read of await Promise.all(batch.map((path) => readMemory(ports, path)))) {
      if (read === undefined) continue;
      if (read.ok) memories.push(read.memory);
      else problems.push(read.problem);
    }
  }
  const schema = await readSchema(ports);
  if (schema.problem !== undefined) problems.push(schema.problem);
  const existing = await readText(ports, INDEX_PATH).catch((error: unknown) => {
    if (!isAgentDreamsError(error)) throw error;
    problems.push({ path: INDEX_PATH, reason: error.message });
    return undefined;
  });
  return {
    initialized: files.includes(INDEX_PATH) || files.includes('schema.md'),
    memories,
    problems: problems.map((problem) => withCollision(problem, memories)),
    schema: schema.schema,
    index: renderIndex(memories, existing),
  };
}

/** undefined if the file has gone meanwhile. */
async function readMemory(ports: StorePorts, path: string): Promise<ParsedMemory | undefined> {
  const problem = (reason: string): ParsedMemory => ({ ok: false, problem: { path, reason } });
  if (!path.endsWith('.md')) return problem('not a Markdown file');
  try {
    const bytes = await ports.files.read(path, { maxBytes: MAX_READ });
    return bytes && parseMemory(path, bytes, ports);
  } catch (error) {
    if (isAgentDreamsError(error, 'too-large')) return problem('larger than 1 MB; split it');
    if (isAgentDreamsError(error)) return problem(error.message);
    throw error;
  }
}

/** Says so where a file would be one with a memory on a file system that ignores case. */
function withCollision(problem: MemoryProblem, memories: readonly Memory[]): MemoryProblem {
  const folded = problem.path.normalize('NFC').toLowerCase();
  const other = memories.find(({ path }) => path === folded);
  if (other === undefined || other.path === problem.path) return problem;
  return { ...problem, reason: `the same name as ${other.path} where case does not count; rename it` };
}

async function readText(ports: StorePorts, path: string): Promise<string | undefined> {
  const bytes = await ports.files.read(path, { maxBytes: MAX_READ });
  const read = bytes && ports.text.decode(bytes);
  if (read?.lossy === true) throw new AgentDreamsError('invalid-input', 'It is not UTF-8 text.', { path });
  return read?.text;
}

async function readSchema(ports: StorePorts): Promise<{ readonly schema: Schema; readonly problem?: MemoryProblem }> {
  try {
    const text = await readText(ports, 'schema.md');
    return { schema: parseSchema(text ?? DEFAULT_SCHEMA_TEXT) };
  } catch (error) {
    if (!isAgentDreamsError(error)) throw error;
    return {
      schema: parseSchema(DEFAULT_SCHEMA_TEXT),
      problem: { path: 'schema.md', reason: `${error.message} The defaults are used until it can be read.` },
    };
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
