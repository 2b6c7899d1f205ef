import { cp, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { root } from '../root';

/** The bundled example: a small project, and the session logs that Claude Code left of the work on it. */
const EXAMPLES = path.join(root, 'examples');

/** `/home/ann/shop` as Claude Code names the folder of its logs. */
function encodeFolder(folder: string): string {
  return folder.replace(/[^a-zA-Z0-9]/g, '-');
}

/** The working directory that the logs were written in: the shortest one they name. */
function loggedRoot(texts: readonly string[]): string {
  const folders = texts.flatMap((text) =>
    [...text.matchAll(/"cwd":("(?:[^"\\]|\\.){1,1000}")/g)].map((match) => match[1]),
  );
  const roots = folders.filter((folder) => folder !== undefined).map((folder) => JSON.parse(folder) as string);
  const [shortest] = roots.sort((a, b) => a.length - b.length);
  if (shortest === undefined) throw new Error('the example session logs name no working directory');
  return shortest;
}

async function exampleFolder(): Promise<string> {
  const names = existsSync(EXAMPLES) ? await readdir(EXAMPLES) : [];
  const name = names.find((candidate) => existsSync(path.join(EXAMPLES, candidate, 'project')));
  if (!name) throw new Error(`there is no example project in ${EXAMPLES}`);
  return path.join(EXAMPLES, name);
}

async function logFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true });
  return entries.filter((entry) => entry.endsWith('.jsonl')).sort();
}

/**
 * Copies the example project to `workspace` and its logs into `claudeConfig`, with the logs' paths rewritten so that they
 * are this project's. Throws where the bundled example is missing or its logs name no working directory.
 */
export async function copyExample(workspace: string, claudeConfig: string): Promise<void> {
  const source = await exampleFolder();
  await cp(path.join(source, 'project'), workspace, { recursive: true });
  const logs = path.join(source, 'logs');
  const files = await logFiles(logs);
  const texts = await Promise.all(files.map((file) => readFile(path.join(logs, file), 'utf8')));
  const from = JSON.stringify(loggedRoot(texts)).slice(1, -1);
  const to = JSON.stringify(workspace).slice(1, -1);
  const target = path.join(claudeConfig, 'projects', encodeFolder(workspace));
  await mkdir(target, { recursive: true });
  for (const [index, file] of files.entries()) {
    // Subagent logs lie in folders of their own below the session's.
    const relative = file.split(path.sep).slice(1).join(path.sep) || file;
    await mkdir(path.dirname(path.join(target, relative)), { recursive: true });
    await writeFile(path.join(target, relative), (texts[index] ?? '').replaceAll(from, to));
  }
}
