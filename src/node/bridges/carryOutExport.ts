import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod/mini';
import type { FileChange } from '../../core/bridges/planExport';
import { AgentDreamsError } from '../../core/errors';
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
  /** `.local/recall/exports.json` of the store. */
  readonly recordFile: string;
}

/**
 * Writes what a person saw: all of it or nothing. Throws `conflict` where a file changed since, before anything is
 * written, and what writing throws. Folders that it makes go again with the last file in them.
 */
export async function carryOutExport(
  { folder, recordFile }: ExportPlace,
  changes: readonly FileChange[],
): Promise<void> {
  const files = changes.map((change) => ({ ...change, full: path.join(folder, ...change.path.split('/')) }));
  for (const { full, before } of files) await requireUnchanged(full, before);
  const known = await readFolders(recordFile);
  const made: Record<string, number> = {};
  for (const { full, before, after } of files)
    if (before === null && after !== null) made[full] = Math.max(await missingFolders(full), known[full] ?? 0);
  const all = { ...known, ...made };
  // First, so that what was made can be taken back wherever this stops.
  await writeFolders(recordFile, all);
  const done: typeof files = [];
  try {
    for (const file of files) {
      await put(file.full, file.after);
      done.push(file);
    }
  } catch (error) {
    for (const { full, before } of done.toReversed()) await put(full, before).catch(() => undefined);
    for (const full of Object.keys(made)) await removeFolders(full, all[full] ?? 0);
    await writeFolders(recordFile, known).catch(() => undefined);
    throw error;
  }
  const gone = files.filter(({ after }) => after === null).map(({ full }) => full);
  // When all of them are gone: a folder that they share is empty by then.
  for (const full of gone) await removeFolders(full, all[full] ?? 0);
  if (gone.length > 0)
    await writeFolders(recordFile, Object.fromEntries(Object.entries(all).filter(([full]) => !gone.includes(full))));
}

async function requireUnchanged(full: string, before: string | null): Promise<void> {
  const now = await readFile(full, 'utf8').catch(() => null);
  if (now !== before) throw new AgentDreamsError('conflict', `${full} has changed meanwhile.`, { path: full });
}

async function put(full: string, text: string | null): Promise<void> {
  if (text === null) await removeFile(full);
  else await writeText(full, text);
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
