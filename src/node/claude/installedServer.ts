import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { gitPlace, real } from './gitPlace';
import { SERVER_NAME } from './mcpInstall';

/** Where Claude Code keeps what it knows of a folder. */
export interface ClaudePlaces {
  /** Absolute path of the workspace folder. */
  readonly root: string;
  readonly configDir: string;
  readonly home: string;
}

/** True if Claude Code starts our server for this folder and this user. Reads only; what cannot be read says no. */
export async function hasInstalledServer({ root, configDir, home }: ClaudePlaces): Promise<boolean> {
  const main = (await gitPlace(root))?.mainRoot;
  const folders = [root, await real(root), ...(main === undefined ? [] : [main])].map((folder) =>
    folder.replaceAll('\\', '/'),
  );
  for (const at of [configDir, home]) {
    const projects = fieldOf(parsed(await readFile(path.join(at, '.claude.json'), 'utf8').catch(() => '')), 'projects');
    if (projects === undefined) continue;
    return Object.entries(projects).some(
      ([folder, project]) =>
        folders.includes(folder.replaceAll('\\', '/')) &&
        fieldOf(fieldOf(project, 'mcpServers'), SERVER_NAME) !== undefined,
    );
  }
  return false;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function fieldOf(value: unknown, name: string): Readonly<Record<string, unknown>> | undefined {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  const field = (value as Readonly<Record<string, unknown>>)[name];
  return typeof field === 'object' && field !== null ? (field as Readonly<Record<string, unknown>>) : undefined;
}
