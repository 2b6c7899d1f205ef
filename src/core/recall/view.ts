import { minimatch } from 'minimatch';
import type { Memory } from '../memory/memory';
import { agentFolder, sameAgent } from './agentName';

/** Who a view is for. */
export type Viewer = { readonly kind: 'main' } | { readonly kind: 'agent'; readonly agent: string };

/** What subagents get besides what is scoped to them: all that the main agent gets, or nothing. */
export type SubagentViews = 'full' | 'filtered';

export interface ViewOptions {
  readonly subagents: SubagentViews;
  /** Only what applies to this file, relative to the workspace; absent: to any file. */
  readonly path?: string;
}

/**
 * The memories that one viewer sees, in the given order. The main agent: those of the team and of this user that are not
 * scoped to an agent. A subagent: what is scoped to it, and with `full` also what the main agent sees. Archived ones are
 * in no view. `memories` must be accepted ones; see `readEffectiveStore`.
 */
export function viewOf(memories: readonly Memory[], viewer: Viewer, options: ViewOptions): readonly Memory[] {
  const { path, subagents } = options;
  return memories.filter(
    (memory) => isSeen(memory, viewer, subagents) && (path === undefined || appliesTo(memory, path)),
  );
}

function isSeen(memory: Memory, viewer: Viewer, subagents: SubagentViews): boolean {
  if (memory.scope.kind === 'archive') return false;
  if (!isScopedToAgent(memory)) return viewer.kind === 'main' || subagents === 'full';
  return viewer.kind === 'agent' && isScopedTo(memory, viewer.agent);
}

/** True for a memory that is meant for some agents only, by its folder or by its front matter. */
export function isScopedToAgent({ scope, agents }: Pick<Memory, 'scope' | 'agents'>): boolean {
  return scope.kind === 'agent' || agents.length > 0;
}

/** Folder and front matter both narrow: where they name different agents, nobody is meant. */
function isScopedTo({ scope, agents }: Memory, agent: string): boolean {
  if (scope.kind === 'agent' && scope.agent !== agentFolder(agent)) return false;
  return agents.length === 0 || agents.some((name) => sameAgent(name, agent));
}

/** Longer globs, and more alternatives in one, are not tried: they take a matcher minutes. */
const MAX_GLOB = 400;
const MAX_BRACES = 4;

/** True if the memory is about this file: it has no globs, or one of them matches. */
export function appliesTo({ paths }: Pick<Memory, 'paths'>, path: string): boolean {
  return paths.length === 0 || paths.some((glob) => matches(path, glob));
}

function matches(path: string, glob: string): boolean {
  if (glob.length > MAX_GLOB || (glob.match(/[{(]/gu) ?? []).length > MAX_BRACES) return false;
  return minimatch(path, glob.replace(/^\.?\//u, ''), { dot: true, nocomment: true, nonegate: true, noext: true });
}
