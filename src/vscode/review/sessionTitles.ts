import * as vscode from 'vscode';
import { listSessions } from '../../core/sessions/sessionFiles';
import type { MemoryFolder } from '../app';

/** Titles of captured sessions by id, read once and again after the folder changed. */
export class SessionTitles implements vscode.Disposable {
  readonly #titles = new Map<string, Promise<ReadonlyMap<string, string>>>();
  readonly #subscriptions = new Map<string, vscode.Disposable>();

  /** A failed reading is not kept: the next one tries again. */
  async of(folder: MemoryFolder): Promise<ReadonlyMap<string, string>> {
    const { id } = folder;
    if (!this.#subscriptions.has(id)) {
      this.#subscriptions.set(
        id,
        folder.onDidChange(() => this.#titles.delete(id)),
      );
    }
    const known = this.#titles.get(id);
    if (known !== undefined) return await known;
    const reading = read(folder);
    this.#titles.set(id, reading);
    try {
      return await reading;
    } catch (error) {
      this.#titles.delete(id);
      throw error;
    }
  }

  dispose(): void {
    for (const subscription of this.#subscriptions.values()) subscription.dispose();
  }
}

async function read(folder: MemoryFolder): Promise<ReadonlyMap<string, string>> {
  const headers = await listSessions(await folder.ports());
  return new Map(headers.map(({ id, title }) => [id, title === '' ? vscode.l10n.t('Untitled session') : title]));
}
