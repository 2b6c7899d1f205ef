import * as vscode from 'vscode';
import { contextKeys } from './ids';

type KeyName = keyof typeof contextKeys;

/** Sets the context keys of the manifest's `when` clauses; a value that did not change is not sent. */
export class ContextKeys {
  readonly #values = new Map<KeyName, boolean>();

  set(name: KeyName, value: boolean): void {
    if (this.#values.get(name) === value) return;
    this.#values.set(name, value);
    void vscode.commands.executeCommand('setContext', contextKeys[name], value);
  }

  get(name: KeyName): boolean {
    return this.#values.get(name) ?? false;
  }
}
