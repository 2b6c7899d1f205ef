import { writeAtomic } from '../history/atomicWrite';
import { readEffectiveStore } from '../memory/effective';
import type { Memory } from '../memory/memory';
import type { CorePorts } from '../ports';
import { agentFolder, isAgentName, sameAgent } from './agentName';
import { entryIds } from './entryId';
import type { UseOf } from './rankMemories';
import {
  hookFilesFor,
  hookJson,
  isHookFile,
  RECALL_FOLDER,
  REPORT_PATH,
  RULES_PATH,
  sessionStartFile,
  subagentFile,
} from './recallFiles';
import { readRecallReport, type RecalledView, type RecallReport } from './recallReport';
import { reviewedOn } from './reviewedOn';
import { renderSessionText, type AttachedView, type RecallText, type TextOptions } from './sessionText';
import { viewOf, type SubagentViews, type Viewer } from './view';

export interface RecallRequest {
  /** Of the main agent's text; a subagent gets at most what one hook can say. */
  readonly maxTokens: number;
  readonly subagents: SubagentViews;
  /** Types of agents that get a file of their own; those that a memory names are added. */
  readonly agentTypes: readonly string[];
  readonly usage?: UseOf;
  readonly attached?: readonly AttachedView[];
}

/**
 * Renders what the hooks print, and the text of the rules file, into `.local/recall/`. Only accepted memories are in it.
 * Each file is replaced as a whole and only if it changes; files of agents that are gone are removed. In a linked git
 * worktree nothing is written as long as the main checkout's own is there: they share the folder.
 */
export async function renderRecall(ports: CorePorts, request: RecallRequest): Promise<RecallReport> {
  const { memories, waiting } = await readEffectiveStore(ports);
  const before = await readRecallReport(ports);
  if (ports.worktree !== undefined && before !== undefined && before.worktree === undefined) return before;
  await ports.redactor.refresh?.();
  const attached = request.attached ?? [];
  const all = [...memories, ...waiting, ...attached.flatMap((store) => store.memories)].map(({ path }) => path);
  const on = await reviewedOn(ports);
  const common: CommonOptions = {
    ids: entryIds(ports.hasher, all),
    hasher: ports.hasher,
    redact: (text) => ports.redactor.redact(text).text,
    ...(on === undefined ? {} : { reviewedOn: on }),
    ...(request.usage === undefined ? {} : { use: request.usage }),
  };
  const rendered = renderAll(memories, attached, request, common);
  return ports.lock.hold('recall', () => writeAll(ports, request, rendered));
}

type CommonOptions = Pick<TextOptions, 'ids' | 'hasher' | 'redact' | 'reviewedOn' | 'use'>;

interface Rendered {
  /** By name. */
  readonly files: ReadonlyMap<string, string>;
  readonly views: readonly RecalledView[];
}

function renderAll(
  memories: readonly Memory[],
  attached: readonly AttachedView[],
  request: RecallRequest,
  common: CommonOptions,
): Rendered {
  const { subagents, maxTokens } = request;
  const text = (viewer: Viewer, limits: Pick<TextOptions, 'maxTokens' | 'maxParts'>): RecallText => {
    const seen = (of: readonly Memory[]): readonly Memory[] => viewOf(of, viewer, { subagents });
    const stores = attached
      .map((store) => ({ ...store, memories: seen(store.memories) }))
      .filter((store) => store.memories.length > 0);
    return renderSessionText(seen(memories), { ...common, ...limits, attached: stores });
  };
  const files = new Map<string, string>();
  const views: RecalledView[] = [];
  const main = text({ kind: 'main' }, { maxTokens, maxParts: hookFilesFor(maxTokens) });
  for (let n = 1; n <= hookFilesFor(maxTokens); n += 1) {
    files.set(sessionStartFile(n), hookJson('SessionStart', main.parts[n - 1]));
  }
  views.push(
    viewRow(
      { kind: 'main' },
      main.parts.map((_, index) => sessionStartFile(index + 1)),
      main,
    ),
  );
  // A type whose name nobody can have: it sees what every type sees.
  const any = text({ kind: 'agent', agent: '' }, { maxTokens, maxParts: 1 });
  files.set(subagentFile(), hookJson('SubagentStart', any.parts[0]));
  views.push(viewRow({ kind: 'any' }, [subagentFile()], any));
  const scoped = [...memories, ...attached.flatMap((store) => store.memories)];
  for (const agent of agentsOf(scoped, request.agentTypes)) {
    const viewer = { kind: 'agent', agent } as const;
    const hasOwn = viewOf(scoped, viewer, { subagents: 'filtered' }).length > 0;
    const own = hasOwn ? text(viewer, { maxTokens, maxParts: 1 }) : any;
    files.set(subagentFile(agent), hookJson('SubagentStart', own.parts[0]));
    views.push(viewRow({ kind: 'agent', agent }, [subagentFile(agent)], own));
  }
  const rules = rulesText(memories, request, common);
  files.set(nameOf(RULES_PATH), rules.parts[0] === undefined ? '' : `${rules.parts[0]}\n`);
  views.push(viewRow({ kind: 'rules' }, [nameOf(RULES_PATH)], rules));
  return { files, views };
}

/**
 * The text of the rules file. It may be committed, and every subagent gets it, whatever its own view is: nothing is in
 * it that is personal, of an attached store or meant for an agent.
 */
function rulesText(memories: readonly Memory[], { maxTokens }: RecallRequest, common: CommonOptions): RecallText {
  const team = viewOf(memories, { kind: 'main' }, { subagents: 'full' }).filter(({ scope }) => scope.kind === 'team');
  return renderSessionText(team, { ...common, maxTokens, maxParts: 1, partCharacters: Number.MAX_SAFE_INTEGER });
}

function viewRow(viewer: RecalledView['viewer'], files: readonly string[], text: RecallText): RecalledView {
  return { viewer, files, marker: text.marker, tokens: text.tokens, entries: text.entries };
}

/** The types of agents that are known or named by a memory, each once. */
function agentsOf(memories: readonly Memory[], known: readonly string[]): readonly string[] {
  const agents: string[] = [];
  const add = (name: string): void => {
    if (isAgentName(name) && !agents.some((agent) => sameAgent(agent, name))) agents.push(name);
  };
  known.forEach(add);
  const live = memories.filter(({ scope }) => scope.kind !== 'archive');
  live.forEach((memory) => memory.agents.forEach(add));
  for (const { scope } of live) {
    if (scope.kind === 'agent' && !agents.some((agent) => agentFolder(agent) === scope.agent)) add(scope.agent);
  }
  return agents;
}

async function writeAll(ports: CorePorts, request: RecallRequest, { files, views }: Rendered): Promise<RecallReport> {
  let changed = false;
  for (const [name, text] of files) changed = (await put(ports, `${RECALL_FOLDER}/${name}`, text)) || changed;
  for (const { name, kind } of await ports.files.list(RECALL_FOLDER)) {
    if (kind !== 'file' || files.has(name) || !isHookFile(name)) continue;
    await ports.files.remove(`${RECALL_FOLDER}/${name}`);
    changed = true;
  }
  const before = await readRecallReport(ports);
  const report: RecallReport = {
    format: 1,
    at: changed || before === undefined ? new Date(ports.clock.now()).toISOString() : before.at,
    maxTokens: request.maxTokens,
    subagents: request.subagents,
    ...(ports.worktree === undefined ? {} : { worktree: ports.worktree }),
    views,
  };
  await put(ports, REPORT_PATH, `${JSON.stringify(report)}\n`);
  return report;
}

/** Takes back what rendering wrote, for a store that is gone. What connecting keeps there stays. */
export async function removeRendered({ files }: Pick<CorePorts, 'files'>): Promise<void> {
  const own = [nameOf(RULES_PATH), nameOf(REPORT_PATH)];
  for (const { name, kind } of await files.list(RECALL_FOLDER))
    if (kind === 'file' && (isHookFile(name) || own.includes(name))) await files.remove(`${RECALL_FOLDER}/${name}`);
}

/** True if the file had to be written. */
async function put(ports: CorePorts, path: string, text: string): Promise<boolean> {
  const bytes = ports.text.encode(text);
  const present = await ports.files.read(path).catch(() => undefined);
  if (present !== undefined && ports.hasher.sha256(present) === ports.hasher.sha256(bytes)) return false;
  await writeAtomic(ports, path, bytes);
  return true;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
