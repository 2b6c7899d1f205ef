import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { BridgeFormat } from '../../core/bridges/bridge';
import type { BridgeFiles, FoundFile } from '../../core/bridges/planExport';
import { readEditable } from '../claude/settingsFile';

const DEPTH = 4;
const MOST_FILES = 2_000;

/** The folder of a bridge, to be written to: what may not be is said to be unusable. Writes nothing itself. */
export function bridgeFolder(folder: string, within: string, project: string): BridgeFiles {
  return {
    read: async (file): Promise<FoundFile | undefined> => {
      const read = await readEditable(path.join(folder, ...file.split('/')), within);
      if (read.kind === 'refused') return { kind: 'unusable', problem: read.reason };
      return read.text === null ? undefined : { kind: 'text', text: read.text };
    },
    owned: async (format) => (await filesOf(folder, format)).filter((file) => format.owns(file, { project })),
  };
}

/** Files in the folders of a format, relative and POSIX, in name order. Links are not followed. */
export async function filesOf(folder: string, { places }: Pick<BridgeFormat, 'places'>): Promise<readonly string[]> {
  const found: string[] = [];
  const visit = async (below: string, depth: number): Promise<void> => {
    const entries = await readdir(path.join(folder, below), { withFileTypes: true }).catch(() => []);
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (found.length >= MOST_FILES) return;
      const file = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory() && depth > 1) await visit(file, depth - 1);
      else if (!entry.isDirectory()) found.push(file);
    }
  };
  for (const place of places) {
    if (place === '/') await visit('', 1);
    else if (place.endsWith('/')) await visit(place.slice(0, -1), DEPTH);
  }
  return found;
}
