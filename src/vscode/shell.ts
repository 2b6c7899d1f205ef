import type * as vscode from 'vscode';
import type { Clock } from '../core/ports';
import type { App, MemoryFolder } from './app';
import type { CaptureService } from './capture/captureService';
import type { DreamService } from './dream/dreamService';
import type { Engines } from './engines/engines';
import type { ConnectService } from './connect/connectService';
import type { ChangePreviews } from './preview/changePreviews';
import type { AttachedStores } from './recall/attachedStores';
import type { RecallService } from './recall/recallService';

/** What the commands of the shell work with, beside the application. */
export interface Shell {
  readonly app: App;
  readonly context: vscode.ExtensionContext;
  readonly channel: vscode.LogOutputChannel;
  readonly clock: Clock;
  readonly capture: CaptureService;
  readonly dreams: DreamService;
  readonly engines: Engines;
  /** What would be written to files of people, before it is. */
  readonly previews: ChangePreviews;
  readonly attached: AttachedStores;
  readonly recall: RecallService;
  /** What a connection to Claude Code rests on. */
  readonly connect: ConnectService;
  /** The folder that holds a file, if any. */
  folderContaining(uri: vscode.Uri): MemoryFolder | undefined;
  /** The key of an engine was entered or removed: from now on what is redacted follows it. Never rejects. */
  keyChanged(): Promise<void>;
  /** Reads everything that is shown anew. */
  refresh(): void;
}
