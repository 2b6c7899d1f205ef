import { readdir, readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import type { AutoMemoryFacts, SettingsLayer } from '../../core/doctor/facts';
import { gitPlace, real } from '../claude/gitPlace';
import { projectFolderName } from '../logs/projectFolder';
import { variablesIn } from './settingsLayers';

interface Places {
  readonly root: string;
  readonly localRoot: string;
  readonly configDir: string;
  readonly home: string;
  readonly layers: readonly SettingsLayer[];
  readonly askGit: boolean;
}

const MOST_NOTES = 500;
const MOST_CHARACTERS = 16_000;
/** A project's own settings are not asked: Claude Code does not obey them in this. */
const OBEYED: readonly SettingsLayer['layer'][] = ['managed', 'local', 'user'];

/** Where Claude Code's own notes on this workspace are, and what stands in them. Reads only. */
export async function autoMemoryFacts(places: Places): Promise<AutoMemoryFacts> {
  const directory = await directoryOf(places);
  const store = await real(path.join(places.localRoot));
  return {
    directory: await real(directory),
    store,
    inbox: path.join(store, '.local', 'inbox'),
    variables: variablesIn(process.env),
    notes: await notesIn(directory),
  };
}

async function directoryOf({ root, configDir, home, layers, askGit }: Places): Promise<string> {
  for (const name of OBEYED) {
    for (const { values } of layers.filter(({ layer }) => layer === name)) {
      const named = values.autoMemoryDirectory;
      if (named === undefined) continue;
      if (/^~[\\/]/u.test(named)) return path.join(home, named.slice(2));
      if (path.isAbsolute(named)) return path.normalize(named);
    }
  }
  // Worktrees and folders of a repository share one.
  const project = (askGit ? await gitPlace(root) : undefined)?.mainRoot ?? (await realpath(root).catch(() => root));
  return path.join(configDir, 'projects', projectFolderName(project), 'memory');
}

async function notesIn(folder: string): Promise<AutoMemoryFacts['notes']> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.md') && name !== 'MEMORY.md');
  const notes: { file: string; text: string }[] = [];
  for (const name of names.sort().slice(0, MOST_NOTES)) {
    const file = path.join(folder, name);
    const text = await readFile(file, 'utf8').catch(() => undefined);
    if (text !== undefined) notes.push({ file, text: text.slice(0, MOST_CHARACTERS) });
  }
  return notes;
}
