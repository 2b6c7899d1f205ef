import * as vscode from 'vscode';
import { computeHunks, type Hunk } from '../../core/review/hunks';
import type { OpenFile } from '../../core/review/openFile';
import { isOpen, type OpenChange, type OpenProposal } from '../../core/review/openProposals';
import type { ChangeId, DreamId } from '../../core/review/proposal';
import { listProposals } from '../../core/review/review';
import type { App, MemoryFolder } from '../app';
import { coalesce, type Coalesced } from '../capture/coalesce';
import type { ReviewArguments } from './reviewArguments';
import { parseReviewUri, reviewUriParts, schemes, type ReviewScheme } from './reviewUri';

/** One change of one dream of one folder. */
export interface FoundChange {
  readonly folder: MemoryFolder;
  readonly proposal: OpenProposal;
  readonly change: OpenChange;
}

/** The file of a change that a document shows. */
export interface FoundFile extends FoundChange {
  readonly file: OpenFile;
}

interface Entry {
  readonly folder: MemoryFolder;
  readonly reading: Coalesced<void>;
  readonly subscription: vscode.Disposable;
  proposals: readonly OpenProposal[];
  loaded: boolean;
}

/** What the store and the reviews say, kept for the providers that must answer at once. It only reads. */
export class ReviewModel implements vscode.Disposable {
  readonly #app: App;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #entries = new Map<string, Entry>();
  readonly #folders: vscode.Disposable;

  /** The proposals of a folder were read anew. */
  readonly onDidChange = this.#changed.event;

  constructor(app: App) {
    this.#app = app;
    this.#folders = app.onDidChangeFolders(() => this.#followFolders());
    this.#followFolders();
  }

  /** Folders with what is known of their proposals, newest dream first. */
  get all(): readonly { readonly folder: MemoryFolder; readonly proposals: readonly OpenProposal[] }[] {
    return [...this.#entries.values()];
  }

  /** True once every folder was read. */
  get loaded(): boolean {
    return [...this.#entries.values()].every(({ loaded }) => loaded);
  }

  /** Changes that wait for a decision, in all folders. */
  get pending(): number {
    return this.all.flatMap(({ proposals }) => proposals).reduce((sum, { pending }) => sum + pending, 0);
  }

  /** Reads a folder anew, or joins a reading that began after now. Rejects if the store cannot be read. */
  async refresh(folder: MemoryFolder): Promise<void> {
    await this.#entries.get(folder.id)?.reading.run();
  }

  /** The change that the ids name, as last read. */
  change(ids: {
    readonly folder: string;
    readonly dream: DreamId;
    readonly change: ChangeId;
  }): FoundChange | undefined {
    const found = this.proposal(ids);
    const change = found?.proposal.changes.find((open) => open.change.id === ids.change);
    return found === undefined || change === undefined ? undefined : { ...found, change };
  }

  /** The proposal that the ids name, as last read. */
  proposal(ids: {
    readonly folder: string;
    readonly dream: DreamId;
  }): { readonly folder: MemoryFolder; readonly proposal: OpenProposal } | undefined {
    const entry = this.#entries.get(ids.folder);
    const proposal = entry?.proposals.find((open) => open.proposal.id === ids.dream);
    return entry === undefined || proposal === undefined ? undefined : { folder: entry.folder, proposal };
  }

  /** The file that a review document shows, on whichever side; reads the folder first if that was not done yet. */
  async locate(uri: vscode.Uri): Promise<FoundFile | undefined> {
    const entry = this.#entries.get(parseReviewUri(uri)?.folder ?? '');
    if (entry !== undefined && !entry.loaded) await entry.reading.run();
    return this.find(uri);
  }

  /** Like `locate`, from what was last read. */
  find(uri: vscode.Uri): FoundFile | undefined {
    const place = parseReviewUri(uri);
    const found = place === undefined ? undefined : this.proposal(place);
    if (place === undefined || found === undefined) return undefined;
    const left = uri.scheme !== schemes.proposed;
    for (const change of found.proposal.changes) {
      const file = change.files.find(({ path, from }) => (left ? (from ?? path) : path) === place.path);
      if (file !== undefined) return { ...found, change, file };
    }
    return undefined;
  }

  /** The hunks between the memory and a text, with the ids that the store will know them by. */
  async hunks({ folder, change, file }: FoundFile, draft: string): Promise<readonly Hunk[]> {
    const { hasher } = await folder.ports();
    return computeHunks({ change: change.change.id, current: file.current, draft }, hasher);
  }

  dispose(): void {
    this.#folders.dispose();
    for (const { subscription } of this.#entries.values()) subscription.dispose();
    this.#entries.clear();
    this.#changed.dispose();
  }

  #followFolders(): void {
    const present = new Set(this.#app.folders.map(({ id }) => id));
    for (const [id, entry] of this.#entries) {
      if (present.has(id)) continue;
      entry.subscription.dispose();
      this.#entries.delete(id);
    }
    for (const folder of this.#app.folders) {
      if (!this.#entries.has(folder.id)) this.#add(folder);
    }
    this.#changed.fire();
  }

  #add(folder: MemoryFolder): void {
    const entry: Entry = {
      folder,
      reading: coalesce(() => this.#read(entry)),
      subscription: folder.onDidChange(() => this.#readQuietly(entry)),
      proposals: [],
      loaded: false,
    };
    this.#entries.set(folder.id, entry);
    this.#readQuietly(entry);
  }

  async #read(entry: Entry): Promise<void> {
    entry.proposals = (await entry.folder.initialized()) ? await listProposals(await entry.folder.ports()) : [];
    entry.loaded = true;
    this.#changed.fire();
  }

  #readQuietly(entry: Entry): void {
    entry.reading.run().catch((error: unknown) => {
      this.#app.logger.error(`The proposals of ${entry.folder.name} could not be read`, error);
    });
  }
}

/** The document of a file on one side; the left side of a move is where it comes from. */
export function reviewUri(scheme: ReviewScheme, found: FoundFile): vscode.Uri {
  const { folder, proposal, file } = found;
  const path = scheme === schemes.proposed ? file.path : (file.from ?? file.path);
  return vscode.Uri.from({ scheme, ...reviewUriParts({ folder: folder.id, dream: proposal.proposal.id, path }) });
}

/** The ids of a change, for arguments. */
export function argumentsOf({
  folder,
  proposal,
  change,
}: FoundChange): ReviewArguments & { readonly change: ChangeId } {
  return { folder: folder.id, dream: proposal.proposal.id, change: change.change.id };
}

/** The changes that still wait, in the order in which they are reviewed: this dream first, then the others. */
export function openChanges(
  model: ReviewModel,
  first?: { readonly folder: string; readonly dream: DreamId },
): readonly FoundChange[] {
  const found = model.all.flatMap(({ folder, proposals }) =>
    proposals.flatMap((proposal) =>
      proposal.changes.filter(({ status }) => isOpen(status)).map((change) => ({ folder, proposal, change })),
    ),
  );
  if (first === undefined) return found;
  const here = ({ folder, proposal }: FoundChange): boolean =>
    folder.id === first.folder && proposal.proposal.id === first.dream;
  return [...found.filter(here), ...found.filter((one) => !here(one))];
}
