import { isAgentDreamsError } from '../errors';
import type { DirectChange, DirectOutcome } from '../dream/direct';
import type { Memory } from '../memory/memory';
import { findMemory, type AgentMemory } from './agentMemory';
import { AGENT_TOOLS, DEFAULT_HITS, DEFAULT_PAGE, type AgentToolName } from './agentToolSchemas';
import { entryBlock, entryLine } from './entryText';
import { neutralLine } from './neutralText';
import { attachedHead } from './sessionText';
import { checkArguments, type ToolArguments } from './toolArguments';
import { appliesTo } from './view';

/** The world around a tool that is called. */
export interface AgentToolPorts {
  /** What the agent sees now; throws what the store throws. */
  read(): Promise<AgentMemory>;
  /** See `proposeDirectly`. */
  propose(change: DirectChange): Promise<DirectOutcome>;
  readonly redact: (text: string) => string;
}

/** What the agent is told. */
export interface ToolAnswer {
  readonly text: string;
  /** The text says why, and what to do. */
  readonly failed: boolean;
}

type Tool = (ports: AgentToolPorts, given: ToolArguments) => Promise<ToolAnswer>;

/** Longest answer in characters: what fits into the limit of most clients. */
const MAX_ANSWER = 40_000;

/** Calls a tool with arguments that nobody checked yet. Throws only what is no fault of the caller: see `describeFault`. */
export async function callAgentTool(ports: AgentToolPorts, name: string, given: unknown): Promise<ToolAnswer> {
  const schema = AGENT_TOOLS.find((tool) => tool.name === name);
  if (schema === undefined)
    return failed(
      `There is no tool “${name.slice(0, 60)}”. There are: ${AGENT_TOOLS.map((one) => one.name).join(', ')}.`,
    );
  const checked = checkArguments(schema, given ?? {});
  return typeof checked === 'string' ? failed(checked) : TOOLS[schema.name](ports, checked);
}

const TOOLS: Readonly<Record<AgentToolName, Tool>> = {
  search_memory: searchMemory,
  read_memory: readMemory,
  list_memories: listMemories,
  propose_memory: proposeMemory,
};

async function searchMemory(ports: AgentToolPorts, given: ToolArguments): Promise<ToolAnswer> {
  const known = await ports.read();
  if (known.seen.length === 0) return told(NOTHING_YET);
  const file = fileOf(given);
  const limit = Number(given['limit'] ?? DEFAULT_HITS);
  const hits = known.search
    .search(textOf(given, 'query'), file === undefined ? limit : known.seen.length)
    .filter(({ memory }) => file === undefined || appliesTo(memory, file))
    .slice(0, limit);
  if (hits.length === 0)
    return told('Nothing that is remembered fits. Try fewer or other words, or list_memories to see what there is.');
  const lines = hits.map(({ memory, line }) => {
    const found = neutralLine(ports.redact(line.text));
    const entry = lineOf(memory, known, ports);
    return found === '' || entry.includes(found) ? entry : `${entry}\n    ${found}`;
  });
  return told(thatFit(lines).join('\n'));
}

async function readMemory(ports: AgentToolPorts, given: ToolArguments): Promise<ToolAnswer> {
  const known = await ports.read();
  const memory = findMemory(known, textOf(given, 'memory'));
  if (typeof memory === 'string') return failed(memory);
  const context = { ...entryContext(memory, known, ports), file: undefined };
  const store = known.storeOf.get(memory.path);
  const head = store === undefined ? [] : [attachedHead(store, ports.redact)];
  return told([...head, entryBlock(memory, context)].join('\n'));
}

async function listMemories(ports: AgentToolPorts, given: ToolArguments): Promise<ToolAnswer> {
  const known = await ports.read();
  if (known.seen.length === 0) return told(NOTHING_YET);
  const file = fileOf(given);
  const category = given['category'];
  const all = known.seen.filter(
    (memory) =>
      (category === undefined || memory.category === category) && (file === undefined || appliesTo(memory, file)),
  );
  const has = [...new Set(known.seen.map((memory) => memory.category))].join(', ');
  if (all.length === 0) return told(`No memory is like that. The categories with memories are: ${has}.`);
  const from = Number(given['from'] ?? 1);
  if (from > all.length) return failed(`There are ${all.length}, so that none is at ${from}. Begin at 1.`);
  const page = all.slice(from - 1, from - 1 + Number(given['limit'] ?? DEFAULT_PAGE));
  const lines = thatFit(page.map((memory) => lineOf(memory, known, ports)));
  const last = from + lines.length - 1;
  const more = last < all.length ? ` More of them: from ${last + 1}.` : '';
  const head = `${all.length} ${all.length === 1 ? 'memory' : 'memories'}, ${from} to ${last}.${more}`;
  return told([head, ...lines].join('\n'));
}

async function proposeMemory(ports: AgentToolPorts, given: ToolArguments): Promise<ToolAnswer> {
  const known = await ports.read();
  const change = changeOf(known, given);
  if (typeof change === 'string') return failed(change);
  return outcomeText(await ports.propose(change));
}

const UPDATED = ['description', 'body'] as const;

/** The change that the arguments mean, or what is missing. */
function changeOf(known: AgentMemory, given: ToolArguments): DirectChange | string {
  const action = given['action'] ?? 'add';
  const rationale = textOf(given, 'reason');
  if (action === 'add') return additionOf(known, given);
  if (given['memory'] === undefined) return `To ${String(action)} one, “memory” must name it by its id or path.`;
  const memory = findMemory(known, textOf(given, 'memory'));
  if (typeof memory === 'string') return memory;
  const store = known.storeOf.get(memory.path);
  if (store !== undefined)
    return `It is a memory of the attached store “${neutralLine(store.name)}”, which is changed only where it is kept.`;
  if (action === 'archive') return { kind: 'archive', path: memory.path, rationale };
  const changed = UPDATED.filter((name) => given[name] !== undefined);
  if (changed.length === 0) return 'To update one, give its new “description”, its new “body”, or both.';
  const said = Object.fromEntries(changed.map((name) => [name, textOf(given, name)]));
  return { kind: 'update', path: memory.path, rationale, ...said };
}

function additionOf(known: AgentMemory, given: ToolArguments): DirectChange | string {
  const missing = (['category', 'name', 'description', 'body'] as const).find((name) => given[name] === undefined);
  if (given['memory'] !== undefined) return 'To change a memory that exists, set “action” to update or archive.';
  if (missing !== undefined) return `To add a memory, “${missing}” is needed.`;
  const category = textOf(given, 'category');
  if (!known.categories.includes(category)) return `“category” must be one of: ${known.categories.join(', ')}.`;
  const globs = given['applies_to'];
  return {
    kind: 'add',
    category,
    name: textOf(given, 'name'),
    description: textOf(given, 'description'),
    body: textOf(given, 'body'),
    rationale: textOf(given, 'reason'),
    ...(Array.isArray(globs) && globs.length > 0 ? { paths: globs.map(String) } : {}),
  };
}

function outcomeText(outcome: DirectOutcome): ToolAnswer {
  switch (outcome.kind) {
    case 'proposed': {
      const redacted =
        outcome.redacted.length === 0 ? '' : ' A secret was taken out of its text: never put secrets into memory.';
      return told(
        `Proposed: ${outcome.path}. It is no memory yet: a person reviews it in VS Code, in the Proposals view of Agent Dreams, and may say no.${redacted}`,
      );
    }
    case 'pending':
      return told(`The same is proposed already (${outcome.path}) and waits for review. Nothing was added.`);
    case 'known':
      return told(`It is remembered already: ${outcome.path}. Nothing was proposed.`);
    case 'rejected':
      return failed('A person said no to this before, and nothing new speaks for it. Do not propose it again.');
    case 'refused':
      return failed(`It was not proposed: ${outcome.reason}.`);
  }
}

const NOTHING_YET = 'Nothing is remembered yet that you can see. propose_memory asks a person to remember something.';

/** What to tell an agent whose call could not be answered, or undefined for what is a bug. */
export function describeFault(error: unknown): string | undefined {
  if (isAgentDreamsError(error, 'not-initialized'))
    return 'This folder has no memory yet. A person can make one in VS Code: the command “Agent Dreams: Initialize Memory”. Go on without it.';
  if (isAgentDreamsError(error, 'locked'))
    return 'Another program is writing to the memory. Try again in a few seconds.';
  if (isAgentDreamsError(error)) return `The memory cannot be used (${error.code}): ${error.message} Go on without it.`;
  return undefined;
}

function lineOf(memory: Memory, known: AgentMemory, ports: AgentToolPorts): string {
  return entryLine(memory, entryContext(memory, known, ports)).replace(/^- /u, '');
}

function entryContext(
  { path }: Memory,
  { ids, storeOf }: AgentMemory,
  { redact }: AgentToolPorts,
): Parameters<typeof entryBlock>[1] {
  const store = storeOf.get(path);
  const place = store === undefined ? path : `${path}; from the attached store "${neutralLine(redact(store.name))}"`;
  return { id: ids.get(path) ?? '', redact, place, file: path };
}

function fileOf(given: ToolArguments): string | undefined {
  const file = given['for_file'];
  return typeof file === 'string' ? file.replaceAll('\\', '/').replace(/^\.?\//u, '') : undefined;
}

function textOf(given: ToolArguments, name: string): string {
  const value = given[name];
  return typeof value === 'string' ? value : '';
}

/** As many of the first lines as fit; one always does. */
function thatFit(lines: readonly string[]): readonly string[] {
  let length = 0;
  const end = lines.findIndex((line) => (length += line.length + 1) > MAX_ANSWER);
  return end < 0 ? lines : lines.slice(0, Math.max(1, end));
}

function told(text: string): ToolAnswer {
  return { text, failed: false };
}

function failed(text: string): ToolAnswer {
  return { text, failed: true };
}
