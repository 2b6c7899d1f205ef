import { cp, readFile, readdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { root } from '../root';

/** The bundled example: a small project, and the session logs that Claude Code left of the work on it. */
const EXAMPLES = path.join(root, 'examples');
const PROJECT = 'orders-service';
/** Where the logs name their working directory; see examples/README.md. */
const PLACEHOLDER = '__WORKSPACE__';

/** `/home/ann/shop` as Claude Code names the folder of its logs. */
function encodeFolder(folder: string): string {
  return folder.replace(/[^a-zA-Z0-9]/g, '-');
}

async function replacePlaceholder(folder: string, workspace: string): Promise<void> {
  const inJson = JSON.stringify(workspace).slice(1, -1);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((candidate) => candidate.isFile())) {
    const file = path.join(entry.parentPath, entry.name);
    const text = await readFile(file, 'utf8');
    if (text.includes(PLACEHOLDER)) await writeFile(file, text.replaceAll(PLACEHOLDER, inJson));
  }
}

/**
 * Copies the example project into `parent` and its session logs into the Claude Code configuration folder
 * `claudeConfig`, as if they had been recorded there. Returns the project's folder.
 */
export async function copyExample(parent: string, claudeConfig: string): Promise<string> {
  const workspace = path.join(parent, PROJECT);
  await cp(path.join(EXAMPLES, PROJECT), workspace, { recursive: true });
  await cp(path.join(EXAMPLES, 'claude-home'), claudeConfig, { recursive: true });
  const projects = path.join(claudeConfig, 'projects');
  await replacePlaceholder(projects, workspace);
  await rename(path.join(projects, `-home-dev-${PROJECT}`), path.join(projects, encodeFolder(workspace)));
  return workspace;
}
