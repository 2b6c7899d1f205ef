import { readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { BridgeFormat, Importable, SourceFile } from '../../core/bridges/bridge';
import { withoutOurs } from '../../core/bridges/ours';
import type { WorkspaceProbe } from '../../core/ports';
import { createHasher } from '../hasher';
import type { BridgePlaces } from './bridgePlaces';
import { filesOf } from './bridgeFolder';

const MAX_BYTES = 512 * 1024;

/** What of another tool was found, and what could not be read. */
export interface FoundSource {
  readonly format: BridgeFormat;
  /** As a person finds them. */
  readonly files: readonly string[];
  readonly items: readonly Importable[];
  readonly unread: readonly string[];
}

/**
 * Everything that the files of a tool tell, without what we exported into them. A link is read where it leads to, inside
 * of the same folder, and once. Reads only; never throws.
 */
export async function readSource(
  places: BridgePlaces,
  format: BridgeFormat,
  probe: Pick<WorkspaceProbe, 'findByBaseName'>,
): Promise<FoundSource | undefined> {
  const folder = places.folders[format.root];
  if (folder === undefined) return undefined;
  const seen = new Set<string>();
  const files: string[] = [];
  const items: Importable[] = [];
  const unread: string[] = [];
  for (const file of await candidates(folder, format, probe)) {
    const shown = shownName(places, folder, file, format);
    const read = await readInside(folder, file, seen);
    if (read === undefined) continue;
    if (typeof read !== 'object') {
      unread.push(shown);
      continue;
    }
    const text = withoutOurs(read.text, createHasher());
    if (text === undefined) continue;
    const source: SourceFile = { shown, path: file, text };
    const told = format.parse(source, { root: places.root });
    if (told.length === 0) continue;
    files.push(shown);
    items.push(...told);
  }
  return files.length + unread.length === 0 ? undefined : { format, files, items, unread };
}

async function candidates(
  folder: string,
  format: BridgeFormat,
  probe: Pick<WorkspaceProbe, 'findByBaseName'>,
): Promise<readonly string[]> {
  const named = format.places.filter((place) => !place.endsWith('/') && !place.startsWith('**/'));
  const anywhere = format.places.filter((place) => place.startsWith('**/'));
  const found = await Promise.all(anywhere.map((place) => probe.findByBaseName(place.slice('**/'.length))));
  const all = [...named, ...(await filesOf(folder, format)), ...found.flat()];
  return [...new Set(all)].filter((file) => format.reads(file));
}

function shownName({ home }: BridgePlaces, folder: string, file: string, { root }: BridgeFormat): string {
  if (root === 'workspace') return file;
  const full = path.join(folder, file);
  const below = path.relative(home, full);
  return below.startsWith('..') || path.isAbsolute(below) ? full : `~/${below.split(path.sep).join('/')}`;
}

/** undefined where there is nothing, or what was read already; false for what cannot be read. */
async function readInside(
  folder: string,
  file: string,
  seen: Set<string>,
): Promise<{ readonly text: string } | false | undefined> {
  try {
    const base = await realpath(folder);
    const full = await realpath(path.join(folder, ...file.split('/')));
    if (seen.has(full)) return undefined;
    const way = path.relative(base, full);
    if (way.startsWith('..') || path.isAbsolute(way)) return false;
    seen.add(full);
    const found = await stat(full);
    if (!found.isFile() || found.size > MAX_BYTES) return false;
    const bytes = await readFile(full);
    const text = bytes.toString('utf8');
    return Buffer.from(text, 'utf8').equals(bytes) ? { text } : false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? undefined : false;
  }
}
