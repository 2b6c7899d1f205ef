import * as z from 'zod/mini';
import { JOURNAL_PATH } from '../history/journal';
import { applyTransaction } from '../history/transaction';
import { placeOf } from '../memory/storePath';
import { walkStore } from '../memory/walk';
import type { CorePorts, FileStore } from '../ports';
import { acceptedIn, withAccepted } from './accepted';
import { parseSealedState, STATE_PATH, updateState } from './localState';

/** What of `.local` cannot be made again: the journal, personal memories, and what was accepted. */
const MANIFEST = 'mirror.json';
const MAX_FILE = 64 * 1024 * 1024;
const MAX_FILES = 2_000;
/** Copies of an earlier `.local`, kept when a new one began without Restore. */
const MAX_GENERATIONS = 3;

const generation = z.object({
  name: z.string().check(z.regex(/^g[0-9a-z]{1,40}$/u)),
  at: z.string(),
  /** SHA-256 of the journal's first line; '' without a journal. */
  first: z.string(),
  /** By path in the store: SHA-256 and bytes of the copy. */
  files: z.record(z.string(), z.object({ sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/u)), bytes: z.number() })),
});
const manifest = z.object({ format: z.literal(1), generations: z.array(generation) });
type Generation = z.infer<typeof generation>;

type MirrorPorts = Pick<CorePorts, 'files' | 'text' | 'hasher' | 'clock' | 'ids' | 'logger'>;

/**
 * Brings the copy of what is precious in `.local` up to date. `vanished`: the store has no journal any more though the
 * copy has one; the copy is left as it is, so that it can be restored. Copies are named by their content and the manifest is
 * replaced last, so that a failure leaves the copy of before. Throws what the stores throw; nothing depends on its success.
 */
export async function mirrorLocal(
  ports: MirrorPorts,
  mirror: FileStore,
): Promise<'mirrored' | 'unchanged' | 'vanished' | 'nothing'> {
  const known = await readManifest(ports, mirror);
  const latest = known[0];
  const journal = await ports.files.read(JOURNAL_PATH, { maxBytes: MAX_FILE });
  if (journal === undefined) return latest === undefined ? 'nothing' : 'vanished';
  const first = ports.hasher.sha256(journal.slice(0, journal.indexOf(0x0a) + 1));
  const continued = latest?.first === first ? latest : undefined;
  const name = continued?.name ?? `g${ports.ids.next()}`;
  const files: Record<string, { sha256: string; bytes: number }> = {};
  let written = 0;
  for (const path of await preciousPaths(ports)) {
    const bytes = path === JOURNAL_PATH ? journal : await ports.files.read(path, { maxBytes: MAX_FILE });
    if (bytes === undefined) continue;
    const sha256 = ports.hasher.sha256(bytes);
    files[path] = { sha256, bytes: bytes.length };
    if (continued?.files[path]?.sha256 === sha256) continue;
    await replace(ports, mirror, copyPath(name, sha256), bytes);
    written += 1;
  }
  const gone = Object.keys(continued?.files ?? {}).some((path) => files[path] === undefined);
  if (continued !== undefined && written === 0 && !gone) return 'unchanged';
  const now: Generation = { name, at: new Date(ports.clock.now()).toISOString(), first, files };
  const all = [now, ...known.filter((one) => one.name !== name)];
  const kept = { format: 1, generations: all.slice(0, MAX_GENERATIONS) };
  await replace(ports, mirror, MANIFEST, ports.text.encode(`${JSON.stringify(kept)}\n`));
  await sweep(mirror, kept.generations);
  return 'mirrored';
}

/** What a restore would bring back. */
export interface RestorePlan {
  /** When the copy was made, ISO 8601 UTC. */
  readonly at: string;
  readonly files: readonly { readonly path: string; readonly bytes: number }[];
  /** In the copy, but something stands there now: it stays as it is. */
  readonly kept: readonly string[];
}

/** Looks at what the newest copy holds that the store lost; undefined if nothing would come back. */
export async function planRestore(ports: MirrorPorts, mirror: FileStore): Promise<RestorePlan | undefined> {
  const found = await restorable(ports, mirror);
  if (found === undefined) return undefined;
  const { files, kept, latest } = found;
  return { at: latest.at, files: files.map(({ path, bytes }) => ({ path, bytes: bytes.length })), kept };
}

/**
 * Brings back what the store lost: the journal, then personal memories as one journalled change, then what was accepted,
 * if this user sealed it. Nothing that stands in the store is overwritten. Returns what came back.
 */
export async function restoreLocal(ports: CorePorts, mirror: FileStore): Promise<readonly string[]> {
  const found = await restorable(ports, mirror);
  if (found === undefined) return [];
  const { files, latest } = found;
  const journal = files.find(({ path }) => path === JOURNAL_PATH);
  if (journal !== undefined) {
    await ports.lock.hold('store', async () => {
      const staged = `.local/tmp/${ports.ids.next()}`;
      await ports.files.write(staged, journal.bytes);
      if (!(await ports.files.moveNew(staged, JOURNAL_PATH))) await ports.files.remove(staged);
    });
  }
  await restoreAccepted(ports, mirror, latest);
  const personal = files.filter(({ path }) => placeOf(path) !== undefined);
  await applyTransaction(ports, {
    writes: personal.map(({ path, bytes }) => ({ path, expected: null, bytes })),
    event: { actor: 'user', action: 'restore', note: `from the copy of ${latest.at}`, evidence: [] },
  });
  return files.map(({ path }) => path);
}

/** Adds what the copy says was accepted and the store no longer says; what the store says now counts more. */
async function restoreAccepted(ports: CorePorts, mirror: FileStore, latest: Generation): Promise<void> {
  const copy = latest.files[STATE_PATH];
  const bytes = copy && (await mirror.read(copyPath(latest.name, copy.sha256), { maxBytes: MAX_FILE }));
  const old = bytes === undefined ? undefined : await parseSealedState(ports, ports.text.decode(bytes).text);
  if (old === undefined) return;
  await updateState(ports, (state) => {
    const now = acceptedIn(state, ports.worktree).last;
    const lost = Object.entries(acceptedIn(old, ports.worktree).last).filter(([path]) => !Object.hasOwn(now, path));
    const merged = withAccepted(
      state,
      ports.worktree,
      lost.map(([path, after]) => ({ path, after })),
    );
    return { ...merged, rejected: { ...old.rejected, ...state.rejected }, dreamt: { ...old.dreamt, ...state.dreamt } };
  });
}

interface Restorable {
  readonly latest: Generation;
  readonly files: readonly { readonly path: string; readonly bytes: Uint8Array }[];
  readonly kept: readonly string[];
}

async function restorable(ports: MirrorPorts, mirror: FileStore): Promise<Restorable | undefined> {
  const [latest] = await readManifest(ports, mirror);
  if (latest === undefined) return undefined;
  const files: { path: string; bytes: Uint8Array }[] = [];
  const kept: string[] = [];
  for (const [path, { sha256 }] of Object.entries(latest.files)) {
    if (path === STATE_PATH || !isPrecious(path)) continue;
    if ((await ports.files.stat(path)) !== undefined) {
      kept.push(path);
      continue;
    }
    const bytes = await mirror.read(copyPath(latest.name, sha256), { maxBytes: MAX_FILE });
    if (bytes !== undefined && ports.hasher.sha256(bytes) === sha256) files.push({ path, bytes });
    else ports.logger.warn(`The copy of ${path} is damaged and is not restored`);
  }
  return files.length === 0 ? undefined : { latest, files, kept };
}

function isPrecious(path: string): boolean {
  return path === JOURNAL_PATH || path === STATE_PATH || (path.startsWith('.local/') && placeOf(path) !== undefined);
}

async function preciousPaths(ports: MirrorPorts): Promise<readonly string[]> {
  const personal = (await walkStore(ports.files)).filter((path) => path.startsWith('.local/') && isPrecious(path));
  return [JOURNAL_PATH, STATE_PATH, ...personal.slice(0, MAX_FILES)];
}

function copyPath(name: string, sha256: string): string {
  return `${name}/${sha256}`;
}

async function replace(
  ports: Pick<CorePorts, 'ids'>,
  mirror: FileStore,
  path: string,
  bytes: Uint8Array,
): Promise<void> {
  const staged = `staged/${ports.ids.next()}`;
  await mirror.write(staged, bytes);
  await mirror.rename(staged, path);
}

/** Newest first; empty if there is no copy or its manifest cannot be read. */
async function readManifest(ports: MirrorPorts, mirror: FileStore): Promise<readonly Generation[]> {
  const bytes = await mirror.read(MANIFEST, { maxBytes: 4 * 1024 * 1024 });
  if (bytes === undefined) return [];
  try {
    const parsed = manifest.safeParse(JSON.parse(ports.text.decode(bytes).text));
    if (parsed.success) return parsed.data.generations;
  } catch {
    // Told below, like every other reason.
  }
  ports.logger.warn('The manifest of the copy of .local cannot be read; a new copy is begun');
  return [];
}

/** Takes away generations that no manifest names any more, and staged files of a crash. */
async function sweep(mirror: FileStore, kept: readonly Generation[]): Promise<void> {
  for (const { name, kind } of await mirror.list('')) {
    if (kind !== 'directory' || !(name === 'staged' || /^g[0-9a-z]{1,40}$/u.test(name))) continue;
    const current = kept.find((one) => one.name === name);
    const named = new Set(Object.values(current?.files ?? {}).map(({ sha256 }) => sha256));
    for (const file of await mirror.list(name)) {
      if (file.kind === 'file' && !named.has(file.name)) await mirror.remove(`${name}/${file.name}`);
    }
    if (current === undefined) await mirror.remove(name);
  }
}
