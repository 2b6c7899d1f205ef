import type { Memory } from '../memory/memory';
import { estimateTokens } from '../model/tokens';
import type { Hasher } from '../ports';
import { entryBlock, entryLine, type EntryContext } from './entryText';
import { neutralLine, neutralLines } from './neutralText';
import { Pages } from './pages';
import { rankMemories, type UseOf } from './rankMemories';

/** Characters that one hook may say; the client hides what goes beyond 10,000. */
export const PART_CHARACTERS = 9_500;

/** How much of a memory stands in a text: all of it, its beginning, a line that says where it is, or nothing. */
export type EntryForm = 'whole' | 'cut' | 'line' | 'left-out';

export interface RecallEntry {
  readonly id: string;
  readonly path: string;
  readonly how: EntryForm;
}

/** A text for one viewer, cut into what single hooks can say. Each part stands alone: they arrive in any order. */
export interface RecallText {
  /** Empty where there is nothing to say. */
  readonly parts: readonly string[];
  /** Every memory of the view in the order of their worth. */
  readonly entries: readonly RecallEntry[];
  /** About how many tokens of an agent's context the parts take. */
  readonly tokens: number;
  /** The eight digits of the marker in each part; '' where there is no part. */
  readonly marker: string;
}

/** Memories of another store that this user attached. */
export interface AttachedView {
  readonly name: string;
  /** What the user says about the store. */
  readonly instructions?: string;
  /** Accepted ones that the viewer may see; their paths are `@<key>/<path in the store>`, as `ids` has them. */
  readonly memories: readonly Memory[];
  /** Where the store's files are, as an agent can open them. */
  readonly folder?: string;
}

export interface TextOptions {
  readonly ids: ReadonlyMap<string, string>;
  readonly hasher: Pick<Hasher, 'sha256'>;
  readonly maxTokens: number;
  readonly maxParts: number;
  /** Of each part; 9,500 if absent. */
  readonly partCharacters?: number;
  /** Day of the last review, YYYY-MM-DD. */
  readonly reviewedOn?: string;
  readonly use?: UseOf;
  readonly attached?: readonly AttachedView[];
  /** Takes out what may not leave the machine. */
  readonly redact?: (text: string) => string;
}

/** Of the budget, kept for lines of what does not stand there whole. */
const LINES_SHARE = 0.35;
/** Of the budget, what one memory may take that nobody put first. */
const MOST_OF_ONE = 1 / 3;
/** Of a part, what is printed of a long memory that has to be there. */
const CUT_SHARE = 0.5;

/**
 * The text for one view: first what is pinned or always loads, then by worth, whole as long as it fits; then lines of the
 * rest, then how many more there are. Never more than the tokens, parts and characters allowed.
 */
export function renderSessionText(view: readonly Memory[], options: TextOptions): RecallText {
  const groups: readonly AttachedView[] = [{ name: '', memories: view }, ...(options.attached ?? [])];
  const candidates = groups.flatMap((group, index) =>
    rankMemories(group.memories, options.use).map((memory) => candidateOf(memory, index, groups, options)),
  );
  if (candidates.length === 0) return { parts: [], entries: [], tokens: 0, marker: '' };
  const redact = options.redact ?? ((text: string) => text);
  const { partCharacters = PART_CHARACTERS, reviewedOn } = options;
  const pages = new Pages(
    { ...options, partCharacters, reviewedOn },
    groups.map((group, index) => ({
      head: index === 0 ? '' : attachedHead(group, redact),
      linesHead: index === 0 ? OWN_LINES : 'More of it:',
    })),
  );
  placeWhole(candidates, pages, options.maxTokens);
  placeLines(candidates, pages);
  const { parts, marker } = pages.print(tailOf(candidates));
  return {
    parts,
    marker,
    tokens: estimateTokens(parts.join('')),
    entries: candidates.map(({ memory: { path }, context: { id }, how }) => ({ id, path, how })),
  };
}

const OWN_LINES =
  'More, by file below `.agent-memory/` in the root of the project; worth reading when a task touches it:';

interface Candidate {
  readonly memory: Memory;
  readonly group: number;
  readonly context: EntryContext;
  how: EntryForm;
}

function candidateOf(memory: Memory, group: number, groups: readonly AttachedView[], options: TextOptions): Candidate {
  const { ids, hasher, redact = (text: string) => text } = options;
  const id = ids.get(memory.path) ?? `m-${hasher.sha256(memory.path).slice(0, 8)}`;
  return { memory, group, context: { id, redact, ...placeIn(memory, groups[group]?.folder) }, how: 'left-out' };
}

/** Agents are kept from reading what is personal by its path. */
function placeIn({ path, scope }: Memory, folder: string | undefined): Pick<EntryContext, 'place' | 'file'> {
  if (scope.kind === 'personal') return { place: undefined, file: undefined };
  if (folder === undefined) return { place: path, file: `.agent-memory/${path}` };
  const file = `${neutralLine(folder)}/${path.replace(/^@[^/]{1,80}\//u, '')}`;
  return { place: file, file };
}

/** Pinned or always loaded: a person said so. */
function isFirst({ pinned, load }: Memory): boolean {
  return pinned || load === 'always';
}

/** A line is enough for what is only about some files, as long as it can be read when they are touched. */
function isWholeWanted({ memory, context }: Candidate): boolean {
  if (memory.load === 'on-demand') return false;
  return isFirst(memory) || memory.paths.length === 0 || context.place === undefined;
}

/** Text that is in every entry, and a line without its description; only to reckon with. */
const LINE_OVERHEAD = 40;

function lineTokens({ memory }: Candidate): number {
  return Math.ceil((Math.min(memory.description.length, 150) + memory.path.length + LINE_OVERHEAD) / 3.2);
}

/** `- [m-1a2b]  ()` and what is in it at least. */
function shortestLine({ description, path }: Memory): number {
  return 14 + Math.min(description.length, 100) / 2 + (path.startsWith('.local/') ? 0 : path.length);
}

function placeWhole(candidates: readonly Candidate[], pages: Pages, maxTokens: number): void {
  const listed = candidates.filter(({ memory }) => memory.load !== 'on-demand');
  // A view of one part can hold less than its budget.
  const most = pages.room * LINES_SHARE;
  let lines = estimateTokens(OWN_LINES) + listed.reduce((sum, candidate) => sum + lineTokens(candidate), 0);
  for (const candidate of listed) {
    const own = lineTokens(candidate);
    if (!isWholeWanted(candidate)) continue;
    const kept = Math.min(lines - own, most);
    if (!putWhole(candidate, pages, { room: isFirst(candidate.memory) ? pages.room : pages.room - kept, maxTokens }))
      continue;
    lines -= own;
  }
}

interface Allowance {
  readonly room: number;
  readonly maxTokens: number;
}

function putWhole(candidate: Candidate, pages: Pages, { room, maxTokens }: Allowance): boolean {
  const { memory, context, group } = candidate;
  const first = isFirst(memory);
  const most = Math.min(pages.largest, first ? Number.MAX_SAFE_INTEGER : maxTokens * MOST_OF_ONE * 3.2);
  // Bodies are as long as 100 kB: what cannot fit is not looked at more closely.
  const isLong = memory.body.length > most || memory.body.length / 3.2 > room || !pages.mayHold(memory.body.length);
  if (!isLong) {
    const text = entryBlock(memory, context);
    if (estimateTokens(text) <= room && text.length <= most && pages.put(group, 'blocks', text)) {
      candidate.how = 'whole';
      return true;
    }
  }
  if (!first && context.place !== undefined) return false;
  const length = Math.floor(Math.min(pages.largest * CUT_SHARE, most));
  if (!pages.mayHold(Math.min(length, memory.body.length))) return false;
  const text = entryBlock(memory, context, length);
  if (estimateTokens(text) > room || !pages.put(group, 'blocks', text)) return false;
  candidate.how = 'cut';
  return true;
}

function placeLines(candidates: readonly Candidate[], pages: Pages): void {
  for (const candidate of candidates) {
    const { how, memory } = candidate;
    if (how !== 'left-out' || memory.load === 'on-demand' || !pages.mayHold(shortestLine(memory))) continue;
    if (pages.put(candidate.group, 'lines', entryLine(candidate.memory, candidate.context))) candidate.how = 'line';
  }
}

/** What stands above memories of an attached store: its name, and what the user says about it. */
export function attachedHead({ name, instructions }: AttachedView, redact: (text: string) => string): string {
  const said = instructions === undefined ? [] : neutralLines(redact(instructions)).filter((line) => line !== '');
  return [`# From the attached store "${neutralLine(redact(name))}"`, ...said.map((line) => `  ${line}`)].join('\n');
}

function tailOf(candidates: readonly Candidate[]): string | undefined {
  const left = candidates.filter(({ how }) => how === 'left-out');
  const attached = left.filter(({ group }) => group > 0).length;
  const files = left.filter(({ group, context }) => group === 0 && context.place !== undefined).length;
  const others = left.length - attached - files;
  const words = [
    ...(files > 0 ? [`${files} more in .agent-memory/MEMORY.md and the folders beside it`] : []),
    ...(others > 0 ? [`${others} more by the tool read_memory`] : []),
    ...(attached > 0 ? [`${attached} more in attached stores`] : []),
  ];
  return words.length === 0 ? undefined : `(${words.join('; ')})`;
}
