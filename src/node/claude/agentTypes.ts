import { open, readdir } from 'node:fs/promises';
import path from 'node:path';
import { parseFields, splitFrontMatter } from '../../core/memory/frontMatter';
import { isAgentName, sameAgent } from '../../core/recall/agentName';

/** Types of agents that Claude Code has by itself and that are given work. */
const BUILT_IN = ['general-purpose', 'Explore', 'Plan'];
const MAX_FILES = 500;
const MAX_DEPTH = 3;
const MAX_HEAD = 16 * 1024;

export interface AgentFolders {
  /** The workspace folder. */
  readonly root: string;
  /** Claude Code's configuration folder of this user. */
  readonly configDir: string;
}

/**
 * The types of agents that a session in this folder may start: the built-in ones, and those of the files that the
 * workspace and the user keep for it. A file that cannot be read names none. Only reads.
 */
export async function agentTypes({ root, configDir }: AgentFolders): Promise<readonly string[]> {
  const types = [...BUILT_IN];
  for (const folder of [path.join(root, '.claude', 'agents'), path.join(configDir, 'agents')]) {
    for (const file of await filesBelow(folder)) {
      const name = await nameIn(file);
      if (name !== undefined && !types.some((type) => sameAgent(type, name))) types.push(name);
    }
  }
  return types;
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  const visit = async (current: string, left: number): Promise<void> => {
    const entries = await readdir(current, { withFileTypes: true }).catch(() => []);
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (found.length >= MAX_FILES) return;
      const full = path.join(current, entry.name);
      if (entry.isDirectory() && left > 0) await visit(full, left - 1);
      else if (entry.isFile() && entry.name.endsWith('.md')) found.push(full);
    }
  };
  await visit(folder, MAX_DEPTH);
  return found;
}

/** The name that the file gives its agent; a file without one is none for Claude Code. */
async function nameIn(file: string): Promise<string | undefined> {
  const split = splitFrontMatter(await headOf(file));
  const parsed = split && parseFields(split.yaml);
  const name = parsed?.ok === true ? parsed.fields.get('name') : undefined;
  return typeof name === 'string' && isAgentName(name) ? name : undefined;
}

async function headOf(file: string): Promise<string> {
  try {
    const handle = await open(file, 'r');
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(MAX_HEAD), 0, MAX_HEAD, 0);
      return buffer.toString('utf8', 0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch {
    return '';
  }
}
