import type { Schema } from '../../../../../src/core/memory/schema';
import type { Memory } from '../../../../../src/core/memory/memory';
import type { Finding } from '../../../../../src/core/dream/finding';
import type { Miner, MinerContext, MinerResult } from '../../../../../src/core/dream/miner';
import type { WorkspaceProbe } from '../../../../../src/core/ports';
import { toBeats } from '../../../../../src/core/sessions/beats';
import type { CapturedSession } from '../../../../../src/core/sessions/session';
import { nodeHasher } from '../../../../fakes/fakePorts';

const NAMES = ['preferences', 'conventions', 'commands', 'pitfalls', 'workflows', 'decisions', 'facts'];

/** All categories on, without cues: what a miner finds on its own. */
export function plainSchema(change: Readonly<Record<string, Partial<Schema['categories'][number]>>> = {}): Schema {
  const categories = NAMES.map((name) => ({
    name,
    enabled: true,
    description: '',
    cues: [],
    ignore: [],
    minSessions: 1,
    scope: 'team' as const,
    ...change[name],
  }));
  return { categories, instructions: '' };
}

/** A workspace with these files. */
export function fakeProbe(files: Readonly<Record<string, string>> = {}): WorkspaceProbe {
  const paths = Object.keys(files);
  return {
    exists: async (path) => paths.some((file) => file === path || file.startsWith(`${path}/`)),
    readText: async (path) => files[path],
    findByBaseName: async (name) => paths.filter((path) => path.slice(path.lastIndexOf('/') + 1) === name),
    head: async () => undefined,
  };
}

export function contextOf(change: Partial<MinerContext> = {}): MinerContext {
  return {
    schema: plainSchema(),
    memories: [],
    instructionFiles: [],
    probe: fakeProbe(),
    hasher: nodeHasher(),
    now: '2026-11-21T09:00:00.000Z',
    ...change,
  };
}

export async function mine(
  miner: Miner,
  sessions: readonly CapturedSession[],
  change: Partial<MinerContext> = {},
): Promise<MinerResult> {
  const run = miner.begin(contextOf(change));
  for (const session of sessions) run.session(session, toBeats(session));
  return run.finish();
}

/** The findings of a result that are new claims. */
export function notesOf(result: MinerResult): readonly Finding[] {
  return result.candidates.flatMap((candidate) => (candidate.kind === 'note' ? [candidate.finding] : []));
}

export function memoryOf(path: string, body: string, more: Partial<Memory> = {}): Memory {
  const slug = path.slice(path.lastIndexOf('/') + 1).replace(/\.md$/u, '');
  const parts = path.split('/');
  const description = more.description ?? body.split('\n')[0] ?? '';
  const text = `---\nname: ${slug}\ndescription: ${JSON.stringify(description)}\n---\n${body}\n`;
  return {
    path,
    scope: path.startsWith('archive/')
      ? { kind: 'archive' }
      : path.startsWith('.local/')
        ? { kind: 'personal' }
        : { kind: 'team' },
    category: parts.at(-2) ?? '',
    slug,
    description,
    paths: [],
    agents: [],
    load: 'index',
    pinned: false,
    body: `${body}\n`,
    text,
    sha256: nodeHasher().sha256(text),
    ...more,
  };
}
