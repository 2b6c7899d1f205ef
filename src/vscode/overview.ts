import * as vscode from 'vscode';
import { listDreams } from '../core/dream/dreamFiles';
import type { CorePorts, Logger } from '../core/ports';
import { listProposals } from '../core/review/review';
import type { Proof } from '../core/recall/proof';
import { readConnectionRecord, readProof } from '../core/recall/readProof';
import { listSessions, SESSIONS_DIRECTORY } from '../core/sessions/sessionFiles';
import { readState } from '../core/state/localState';
import type { ProbeCache } from '../node/logs/probeCache';
import type { App, MemoryFolder } from './app';
import { coalesce } from './capture/coalesce';
import { discoverFor } from './capture/discoverFor';

/** What is known of one folder, in numbers. */
export interface FolderFacts {
  readonly initialized: boolean;
  readonly logs: number;
  readonly sessions: number;
  readonly dreams: number;
  /** Changes that wait for a decision. */
  readonly pending: number;
  /** What the last scheduled dream said of itself. */
  readonly lastMessage?: string;
  /** Whether memory arrives in sessions; only where Claude Code is connected. */
  readonly proof?: Proof;
}

const NOTHING: FolderFacts = { initialized: false, logs: 0, sessions: 0, dreams: 0, pending: 0 };

/** By their files alone: reading thousands of headers for a number would be felt. */
async function countSessions({ files }: Pick<CorePorts, 'files'>): Promise<number> {
  return (await files.list(SESSIONS_DIRECTORY)).filter(({ name }) => name.endsWith('.jsonl')).length;
}

/** The headers of the sessions are read for it: only where somebody waits for it. */
async function proofOf(ports: CorePorts): Promise<Proof | undefined> {
  if ((await readConnectionRecord(ports)) === undefined) return undefined;
  return readProof(ports, await listSessions(ports));
}

/** Counts over all folders for status, context keys and the first run; reads only, and only what exists. */
export class Overview implements vscode.Disposable {
  readonly #app: App;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #logs = new Map<string, number>();
  readonly #probes: ProbeCache;
  readonly #run: () => Promise<void>;
  #facts: ReadonlyMap<string, FolderFacts> = new Map();

  /** The numbers were read anew. */
  readonly onDidChange = this.#changed.event;

  /** `probes` remembers the beginnings of logs, for whoever reads them next. */
  constructor(app: App, probes: ProbeCache) {
    this.#app = app;
    this.#probes = probes;
    const reading = coalesce(() => this.#read());
    this.#run = () => reading.run();
  }

  of(folder: MemoryFolder): FolderFacts {
    return this.#facts.get(folder.id) ?? NOTHING;
  }

  /** Facts of every open folder. */
  get all(): readonly FolderFacts[] {
    return this.#app.folders.map((folder) => this.of(folder));
  }

  /** Reads everything anew; never rejects. `logs` also looks for logs on disk, which takes longer. */
  async refresh(options: { readonly logs: boolean } = { logs: false }): Promise<void> {
    if (options.logs) this.#logs.clear();
    await this.#run();
  }

  dispose(): void {
    this.#changed.dispose();
  }

  async #read(): Promise<void> {
    const { folders, logger } = this.#app;
    const facts = new Map<string, FolderFacts>();
    for (const folder of folders) facts.set(folder.id, await this.#readFolder(folder, logger));
    this.#facts = facts;
    this.#changed.fire();
  }

  async #readFolder(folder: MemoryFolder, logger: Logger): Promise<FolderFacts> {
    try {
      const logs = await this.#countLogs(folder);
      if (!(await folder.initialized())) return { ...NOTHING, logs };
      const ports = await folder.ports();
      const dreams = (await listDreams(ports)).filter(({ status }) => status === 'completed').length;
      const proposals = dreams === 0 ? [] : await listProposals(ports);
      const { lastMessage } = (await readState(ports)).schedule;
      const proof = await proofOf(ports);
      return {
        ...(proof === undefined ? {} : { proof }),
        initialized: true,
        logs,
        sessions: await countSessions(ports),
        dreams,
        pending: proposals.reduce((sum, { pending }) => sum + pending, 0),
        ...(lastMessage === undefined ? {} : { lastMessage }),
      };
    } catch (error) {
      logger.error(`The memory of ${folder.name} could not be read`, error);
      return this.of(folder);
    }
  }

  /** Nothing outside the folder is looked at in an untrusted workspace. */
  async #countLogs(folder: MemoryFolder): Promise<number> {
    const known = this.#logs.get(folder.id);
    if (known !== undefined) return known;
    if (!this.#app.trusted()) return 0;
    const { logs } = await discoverFor(folder, this.#app.settings, this.#probes);
    this.#logs.set(folder.id, logs.length);
    return logs.length;
  }
}
