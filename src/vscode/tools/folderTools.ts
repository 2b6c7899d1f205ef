import path from 'node:path';
import * as vscode from 'vscode';
import { proposeDirectly } from '../../core/dream/direct';
import { AgentDreamsError } from '../../core/errors';
import type { Asking } from '../../core/recall/agentMemory';
import type { AgentToolPorts } from '../../core/recall/agentTools';
import type { AttachedSource } from '../../node/attachedSource';
import { createMemoryReader, type MemoryReader } from '../../node/memoryReader';
import type { App, MemoryFolder } from '../app';

/** A model of the editor works for this user, in the main conversation. */
const ASKING: Asking = { viewer: { kind: 'main' }, subagents: 'full', personal: true };

/** The memory of the folder that a model of the editor means, as its tools need it. Readers are kept by folder. */
export class FolderTools {
  readonly #app: App;
  readonly #attached: AttachedSource;
  readonly #readers = new Map<string, Promise<MemoryReader>>();

  constructor(app: App, attached: AttachedSource) {
    this.#app = app;
    this.#attached = attached;
  }

  /** Throws `not-initialized` where no folder has a memory. */
  async open(): Promise<AgentToolPorts> {
    const folder = await this.#folder();
    const ports = await folder.ports();
    const { read, store } = await this.#reader(folder);
    return {
      read,
      propose: async (change) => {
        const origin = { kind: 'tool', by: vscode.env.appName } as const;
        const { outcomes } = await proposeDirectly(ports, { origin, changes: [change], store });
        folder.touch();
        return outcomes[0] ?? { kind: 'refused', reason: 'nothing was asked for' };
      },
      redact: (text) => ports.redactor.redact(text).text,
    };
  }

  /** The folder of the file that is edited, if it has a memory; else the first that has one. */
  async #folder(): Promise<MemoryFolder> {
    const edited = vscode.window.activeTextEditor?.document.uri;
    const near = edited === undefined ? undefined : vscode.workspace.getWorkspaceFolder(edited)?.uri.toString();
    const order = [...this.#app.folders].sort(
      (a, b) => Number(b.uri.toString() === near) - Number(a.uri.toString() === near),
    );
    for (const folder of order) if (await folder.initialized()) return folder;
    throw new AgentDreamsError('not-initialized', 'There is no memory in this workspace yet.');
  }

  #reader(folder: MemoryFolder): Promise<MemoryReader> {
    const known = this.#readers.get(folder.id);
    if (known !== undefined) return known;
    const made = folder.ports().then((ports) => {
      const localRoot = path.dirname(path.dirname(folder.fileUri('.local/state.json').fsPath));
      return createMemoryReader({ workspaceRoot: folder.uri.fsPath, localRoot }, ports, ASKING, this.#attached);
    });
    this.#readers.set(folder.id, made);
    made.catch(() => this.#readers.delete(folder.id));
    return made;
  }
}
