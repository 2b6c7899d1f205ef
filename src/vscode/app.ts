import type * as vscode from 'vscode';
import type { Logger } from '../core/ports';
import type { DreamPorts } from '../core/dream/runDream';
import type { SecretGuard } from '../node/secrets/secretGuard';
import type { Settings } from './config/settings';
import type { fileSchemes } from './ids';

/** The ports of a folder; its redactor also tells where secrets are. */
export type FolderPorts = DreamPorts & { readonly redactor: SecretGuard };

/** One workspace folder and its store. */
export interface MemoryFolder {
  /** Short hash of the folder's URI: safe in URIs, tree ids and command arguments. */
  readonly id: string;
  readonly name: string;
  readonly uri: vscode.Uri;
  /**
   * The ports of this folder, made at first use; recovery of an interrupted write has run before they are handed out.
   * In an untrusted workspace they read only: every write throws `untrusted-workspace`.
   */
  ports(): Promise<FolderPorts>;
  /** True once the user agreed to a memory here: nothing may be written before, except by a command of the user. */
  initialized(): Promise<boolean>;
  /** Where a file of the store is on disk: in a linked git worktree `.local` is in the main checkout. */
  fileUri(path: string): vscode.Uri;
  /** Store, sessions or proposals changed: refresh. */
  readonly onDidChange: vscode.Event<void>;
  /** Fires `onDidChange`. */
  touch(): void;
  /** Forgets the ports, so that the next use makes them anew. */
  reset(): void;
  /**
   * Does the work while nobody writes, and forgets the ports: whoever has them from before never writes again. Where the
   * work fails nothing is closed.
   */
  closed<T>(work: () => Promise<T>): Promise<T>;
}

/** What the parts of the extension share. */
export interface App {
  readonly folders: readonly MemoryFolder[];
  readonly onDidChangeFolders: vscode.Event<void>;
  folder(id: string): MemoryFolder | undefined;
  /** The only folder, or the one the user picks; undefined when dismissed. Throws `no-workspace` where there is none. */
  pickFolder(): Promise<MemoryFolder | undefined>;
  readonly logger: Logger;
  /** Gives a scheme of virtual files its content; the scheme itself is registered since activation. */
  serveFiles(scheme: keyof typeof fileSchemes, files: vscode.FileSystemProvider): void;
  /** The one error handler: logs fully, tells the user in words what happened and what to do. Never rejects. */
  runCommand(name: string, work: () => Promise<void>): Promise<void>;
  readonly settings: Settings;
  readonly extensionUri: vscode.Uri;
  trusted(): boolean;
}
