import type * as vscode from 'vscode';
import type { Logger } from '../core/ports';

/** The Logger port on VS Code's log output channel; levels are the user's choice there. */
export function createLogger(channel: vscode.LogOutputChannel): Logger {
  return {
    trace: (message) => channel.trace(message),
    debug: (message) => channel.debug(message),
    info: (message) => channel.info(message),
    warn: (message) => channel.warn(message),
    error: (message, error) => {
      if (error === undefined) channel.error(message);
      else channel.error(message, error instanceof Error ? (error.stack ?? error.message) : error);
    },
  };
}
