import { readEffectiveStore } from '../memory/effective';
import type { Memory } from '../memory/memory';
import type { CorePorts } from '../ports';
import { entryIds } from './entryId';
import { entryBlock } from './entryText';
import { preface } from './preface';
import { reviewedOn } from './reviewedOn';
import { isScopedToAgent, type SubagentViews } from './view';

/** One file for `.claude/rules/agent-memory/`: a memory that loads when a file that it is about is touched. */
export interface PathRule {
  /** The file's name. */
  readonly name: string;
  readonly text: string;
  /** The memory. */
  readonly path: string;
}

const MAX_CHARACTERS = 9_500;
const MAX_GLOBS = 50;
const MAX_GLOB = 400;

/**
 * The rules of a store, in the order of their names. A rule reaches every subagent and may be committed: there is none
 * for what is personal or meant for an agent, and none at all where subagents get filtered views.
 */
export async function readPathRules(
  ports: CorePorts,
  { subagents }: { readonly subagents: SubagentViews },
): Promise<readonly PathRule[]> {
  if (subagents === 'filtered') return [];
  const { memories, waiting } = await readEffectiveStore(ports);
  const scoped = memories.filter(isForRule);
  if (scoped.length === 0) return [];
  await ports.redactor.refresh?.();
  const ids = entryIds(
    ports.hasher,
    [...memories, ...waiting].map(({ path }) => path),
  );
  const on = await reviewedOn(ports);
  const slugs = new Map<string, number>();
  for (const { slug } of scoped) slugs.set(slug, (slugs.get(slug) ?? 0) + 1);
  const rules = scoped.map((memory): PathRule => {
    const id = ids.get(memory.path) ?? '';
    const name = (slugs.get(memory.slug) ?? 0) > 1 ? `${memory.slug}-${id.slice('m-'.length)}.md` : `${memory.slug}.md`;
    return { name, path: memory.path, text: ruleText(ports, memory, { id, on }) };
  });
  return rules.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

function isForRule(memory: Memory): boolean {
  const { scope, paths, load } = memory;
  if (scope.kind !== 'team' || isScopedToAgent(memory) || load === 'on-demand') return false;
  return paths.length > 0 && paths.length <= MAX_GLOBS && paths.every((glob) => glob.length <= MAX_GLOB);
}

function ruleText(
  { hasher, redactor }: Pick<CorePorts, 'hasher' | 'redactor'>,
  memory: Memory,
  { id, on }: { readonly id: string; readonly on: string | undefined },
): string {
  const redact = (text: string): string => redactor.redact(text).text;
  const context = { id, redact, place: memory.path, file: `.agent-memory/${memory.path}` };
  const block = entryBlock({ ...memory, paths: [] }, context, MAX_CHARACTERS);
  const marker = hasher.sha256([on ?? '', block].join('\0')).slice(0, 8);
  const head = preface({ marker, part: 1, parts: 1, ...(on === undefined ? {} : { reviewedOn: on }) });
  const globs = memory.paths.map((glob) => `  - ${JSON.stringify(glob)}`);
  return ['---', 'paths:', ...globs, '---', '', head, '', block, ''].join('\n');
}
