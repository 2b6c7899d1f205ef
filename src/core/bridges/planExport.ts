import { readEffectiveStore } from '../memory/effective';
import type { Memory } from '../memory/memory';
import type { CorePorts } from '../ports';
import { contradictedBy, isToldIn, knowledge } from '../dream/knowledge';
import { claimOf } from '../dream/memoryText';
import { textRefusal } from '../review/textRefusal';
import { jaccard, SAME_TOPIC } from '../dream/text/similarity';
import { contentStems } from '../dream/text/words';
import type { BridgeFormat, LeftOut, Rendered, RenderContext } from './bridge';
import { exportable } from './entries';
import { putBlock, readBlock, removeBlock, type BlockReading } from './markedBlock';
import { readOwnFile } from './ownFile';
import { joinGlobs } from './ruleFile';

/** Why a file may not be written. */
export type FileProblem =
  'symlink' | 'hard-link' | 'not-a-file' | 'too-large' | 'read-only' | 'not-utf8' | 'unreadable';

/** A file beside the store, as it is. */
export type FoundFile =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'unusable'; readonly problem: FileProblem };

/** The folder of one bridge. Paths are relative to it, POSIX. Reads only. */
export interface BridgeFiles {
  /** undefined if there is nothing there. A file that may not be written is unusable. */
  read(path: string): Promise<FoundFile | undefined>;
  /** Every file that an export of the format may have made alone. */
  owned(format: BridgeFormat): Promise<readonly string[]>;
}

/** One file that would be written, made (`before: null`) or removed (`after: null`). */
export interface FileChange {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Why a file stays as it is; nothing else of it is done either. */
export interface Refusal {
  readonly path: string;
  readonly reason: FileProblem | 'missing' | 'torn' | 'twice' | 'newer';
  readonly line?: number;
}

/** A file that somebody changed by hand, or that somebody else made: shown, and left alone. */
export interface Conflict {
  readonly path: string;
  readonly kind: 'edited' | 'foreign';
  readonly before: string;
  /** What would stand there. */
  readonly wanted: string | null;
}

/** What an export would do. Nothing is written before a person saw it. */
export interface ExportPlan {
  readonly files: readonly FileChange[];
  readonly refusals: readonly Refusal[];
  readonly conflicts: readonly Conflict[];
  readonly out: readonly LeftOut[];
  /** Memories that it tells. */
  readonly told: readonly string[];
}

export interface ExportRequest {
  readonly format: BridgeFormat;
  readonly files: BridgeFiles;
  readonly context: RenderContext;
  /** Also replace what somebody changed by hand: they saw it, and said so. */
  readonly replaceEdited: boolean;
}

/**
 * What the accepted memories would be in a tool's own files. Only what this user accepted and everybody may be told;
 * what the file of people says already, or says otherwise, is left out and named. Writes nothing.
 */
export async function planExport(ports: CorePorts, request: ExportRequest): Promise<ExportPlan> {
  const { memories } = await readEffectiveStore(ports);
  await ports.redactor.refresh?.();
  return planRendered(request, exportableBy(request.format, memories, ports));
}

/** Takes every export of a tool back: blocks and files of ours go, and what people wrote is what it was. */
export async function planRemoval(request: ExportRequest): Promise<ExportPlan> {
  return planRendered(request, { kept: [], out: [] });
}

type Selection = ReturnType<typeof exportable>;

function exportableBy(format: BridgeFormat, memories: readonly Memory[], ports: CorePorts): Selection {
  const { kept: shared, out: own } = exportable(memories);
  const refused = new Map(shared.map((memory) => [memory, textRefusal({ after: memory.text, before: '' }, ports)]));
  const kept = shared.filter((memory) => refused.get(memory) === undefined);
  // Kept in the store once, against all warnings, is no word about telling it to others.
  const out = [
    ...own,
    ...shared.flatMap((memory): LeftOut[] => {
      const reason = refused.get(memory)?.reason;
      return reason === undefined ? [] : [{ path: memory.path, reason: reason === 'credential' ? 'secret' : 'hidden' }];
    }),
  ];
  if (format.globs === 'words') return { kept, out };
  const sayable = kept.filter(({ paths }) => joinGlobs(paths) !== undefined);
  const unsayable = kept.filter((memory) => !sayable.includes(memory));
  return { kept: sayable, out: [...out, ...unsayable.map(({ path }): LeftOut => ({ path, reason: 'glob' }))] };
}

async function planRendered(request: ExportRequest, { kept, out }: Selection): Promise<ExportPlan> {
  const { format, files, context } = request;
  const target = await targetOf(format, files);
  const saying =
    target?.found?.kind === 'text' ? told(kept, target.path, target.found.text, context) : { kept, out: [] };
  const rendered = format.render(saying.kept, context);
  const plan = new Plan(request);
  if (target !== undefined) plan.block(target, rendered.find((one) => one.kind === 'block')?.content);
  await plan.owned(rendered.flatMap((one) => (one.kind === 'file' ? [one] : [])));
  const isWritten = plan.files.length > 0 || plan.refusals.length + plan.conflicts.length === 0;
  return {
    files: plan.files,
    refusals: plan.refusals,
    conflicts: plan.conflicts,
    out: [...out, ...saying.out],
    told: isWritten ? saying.kept.map(({ path }) => path) : [],
  };
}

interface Target {
  readonly path: string;
  /** undefined if there is no such file. */
  readonly found: FoundFile | undefined;
}

/** The file of people that our block is for: the first that is there. */
async function targetOf({ blocks }: BridgeFormat, files: BridgeFiles): Promise<Target | undefined> {
  for (const path of blocks) {
    const found = await files.read(path);
    if (found !== undefined) return { path, found };
  }
  const [path] = blocks;
  return path === undefined ? undefined : { path, found: undefined };
}

/** What the people's part of the file does not say yet, and does not deny. */
function told(
  memories: readonly Memory[],
  path: string,
  text: string,
  { hasher }: Pick<RenderContext, 'hasher'>,
): Selection {
  const read = readBlock(text, hasher);
  const own = read.kind === 'block' ? text.slice(0, read.block.start) + text.slice(read.block.end) : text;
  const { files } = knowledge({ memories: [], instructionFiles: [{ path, text: own }] });
  const out: LeftOut[] = [];
  const kept = memories.filter((memory) => {
    const said = files.find((file) => isToldIn(memory.description, [], file));
    if (said !== undefined) out.push({ path: memory.path, reason: 'said-already', said: said.path });
    const against = said === undefined ? contradictedBy(claimOf(memory), files) : undefined;
    const denies = against !== undefined && isClose(claimOf(memory), against.said);
    if (denies) out.push({ path: memory.path, reason: 'says-otherwise', said: against.said });
    return said === undefined && !denies;
  });
  return { kept, out };
}

function isClose(claim: string, said: string): boolean {
  return jaccard(contentStems(claim), contentStems(said)) >= SAME_TOPIC.jaccard;
}

class Plan {
  readonly files: FileChange[] = [];
  readonly refusals: Refusal[] = [];
  readonly conflicts: Conflict[] = [];
  readonly #request: ExportRequest;

  constructor(request: ExportRequest) {
    this.#request = request;
  }

  /** Our block of a file of people; `content` undefined takes it away. */
  block({ path, found }: Target, content: string | undefined): void {
    if (found?.kind === 'text') this.#block(path, found.text, content);
    else if (content === undefined) return;
    else if (found === undefined) this.#make(path, content);
    else this.refusals.push({ path, reason: found.problem });
  }

  #block(path: string, text: string, content: string | undefined): void {
    const { context, replaceEdited } = this.#request;
    const read = readBlock(text, context.hasher);
    if (read.kind === 'none') {
      if (content !== undefined) this.#change(path, text, this.#with(text, content, read));
      return;
    }
    if (read.kind !== 'block') {
      this.refusals.push({ path, reason: read.kind, line: read.line });
      return;
    }
    const wanted = content === undefined ? (removeBlock(text, read.block) ?? null) : this.#with(text, content, read);
    const asked = read.block.edited && !replaceEdited && wanted !== text;
    if (asked) this.conflicts.push({ path, kind: 'edited', before: text, wanted });
    else this.#change(path, text, wanted);
  }

  #make(path: string, content: string): void {
    if (!this.#request.format.makes) this.refusals.push({ path, reason: 'missing' });
    else this.#change(path, null, this.#with(undefined, content, { kind: 'none' }));
  }

  #with(text: string | undefined, content: string, read: Extract<BlockReading, { kind: 'none' | 'block' }>): string {
    const block = read.kind === 'block' ? read.block : undefined;
    return putBlock(text, content, { block, hasher: this.#request.context.hasher });
  }

  /** Files that are ours alone; one that is no longer rendered goes. */
  async owned(rendered: readonly Extract<Rendered, { kind: 'file' }>[]): Promise<void> {
    const { files, format } = this.#request;
    const wanted = new Map(rendered.map(({ path, text }) => [path, text]));
    for (const path of await files.owned(format)) {
      if (wanted.has(path)) continue;
      const same = await this.#renamed(path, wanted);
      if (same === undefined) await this.#own(path, null);
      else wanted.delete(same);
    }
    for (const [path, text] of wanted) await this.#own(path, text);
  }

  /** The rendered file that says what this one says already, under a name with the time in it. */
  async #renamed(path: string, wanted: ReadonlyMap<string, string>): Promise<string | undefined> {
    const found = await this.#request.files.read(path);
    return [...wanted].find(([, text]) => found?.kind === 'text' && found.text === text)?.[0];
  }

  async #own(path: string, wanted: string | null): Promise<void> {
    const { files, context, replaceEdited } = this.#request;
    const found = await files.read(path);
    if (found === undefined) {
      this.#change(path, null, wanted);
      return;
    }
    if (found.kind === 'unusable') {
      this.refusals.push({ path, reason: found.problem });
      return;
    }
    const { text } = found;
    const read = readOwnFile(text, context.hasher);
    if (read.kind === 'newer') this.refusals.push({ path, reason: 'newer' });
    else if (read.kind === 'foreign') {
      // A file of somebody else under a name of ours is nobody's business where nothing is to be written.
      if (wanted !== null) this.conflicts.push({ path, kind: 'foreign', before: text, wanted });
    } else if (read.edited && !replaceEdited) this.conflicts.push({ path, kind: 'edited', before: text, wanted });
    else this.#change(path, text, withEnds(wanted, text));
  }

  #change(path: string, before: string | null, after: string | null): void {
    if (before !== after) this.files.push({ path, before, after });
  }
}

/** The same text with the line ends that the file has: a file that only git turned round is not written anew. */
function withEnds(wanted: string | null, present: string): string | null {
  return wanted !== null && present.includes('\r\n') ? wanted.replaceAll('\n', '\r\n') : wanted;
}
