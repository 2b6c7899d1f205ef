import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod/mini';
import type { FileChange } from '../../core/bridges/planExport';
import { replaceFiles, requireUnchanged } from '../claude/replaceFiles';
import { missingFolders, removeFile, removeFolders, writeText } from '../claude/settingsFile';

/** How many folders above each file were made for it; they go with it. */
const recordShape = z.object({
  format: z.literal(1),
  folders: z.record(z.string(), z.int().check(z.gte(0), z.lte(16))),
});
type Folders = Readonly<Record<string, number>>;

/** Where an export goes, and where what it made is remembered. */
export interface ExportPlace {
  /** The folder that the paths are relative to. */
  readonly folder: string;
  /** Links above this folder are the user's own affair; no link may be between it and a file. */
  readonly within: string;
  /** `.local/recall/exports.json` of the store. */
  readonly recordFile: string;
}

/**
 * Writes what a person saw: all of it or nothing. Throws `conflict` where a file changed since, and what
 * `replaceFiles` throws. Folders that it makes go again with the last file in them.
 */
export async function carryOutExport(
  { folder, within, recordFile }: ExportPlace,
  changes: readonly FileChange[],
): Promise<void> {
  const files = changes.map(({ path: file, before, after }) => {
    return { path: path.join(folder, ...file.split('/')), before, after, within };
  });
  await requireUnchanged(files);
  const known = await readFolders(recordFile);
  const made: Record<string, number> = {};
  for (const { path: file, before, after } of files)
    if (before === null && after !== null) made[file] = Math.max(await missingFolders(file), known[file] ?? 0);
  const all = { ...known, ...made };
  // First, so that what was made can be taken back wherever this stops.
  await writeFolders(recordFile, all);
  try {
    await replaceFiles(files);
  } catch (error) {
    for (const file of Object.keys(made)) await removeFolders(file, all[file] ?? 0);
    await writeFolders(recordFile, known).catch(() => undefined);
    throw error;
  }
  const gone = files.filter(({ after }) => after === null).map((file) => file.path);
  // When all of them are gone: a folder that they share is empty by then.
  for (const file of gone) await removeFolders(file, all[file] ?? 0);
  if (gone.length > 0)
    await writeFolders(recordFile, Object.fromEntries(Object.entries(all).filter(([file]) => !gone.includes(file))));
}

async function readFolders(recordFile: string): Promise<Folders> {
  try {
    const value: unknown = JSON.parse(await readFile(recordFile, 'utf8'));
    const read = recordShape.safeParse(value);
    return read.success ? read.data.folders : {};
  } catch {
    // Lost: then empty folders stay, and nothing else.
    return {};
  }
}

async function writeFolders(recordFile: string, folders: Folders): Promise<void> {
  if (Object.keys(folders).length === 0) await removeFile(recordFile);
  else await writeText(recordFile, `${JSON.stringify({ format: 1, folders }, undefined, 2)}\n`);
}
