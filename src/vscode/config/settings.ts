import * as vscode from 'vscode';
import { settingsSection } from '../ids';
import { effectiveValue } from './layers';
import { parseSettings, type SettingProblem, type SettingsSnapshot } from './parseSettings';

/** The settings of the extension: always current, always valid. */
export interface Settings {
  /** Validated settings as they hold for a folder, or for the window. */
  current(folder?: vscode.Uri): SettingsSnapshot;
  /** Something under `agentDreams` changed. */
  readonly onDidChange: vscode.Event<void>;
}

/** Reads VS Code's configuration; wrong values are reported to `onProblem` each time they are read. */
export function createSettings(onProblem: (problem: SettingProblem) => void): Settings & { dispose: () => void } {
  const changed = new vscode.EventEmitter<void>();
  const subscription = vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(settingsSection)) changed.fire();
  });
  return {
    current(folder) {
      const configuration = vscode.workspace.getConfiguration(settingsSection, folder ?? null);
      const { settings, problems } = parseSettings((key) => effectiveValue(key, configuration.inspect(key) ?? {}));
      problems.forEach(onProblem);
      return settings;
    },
    onDidChange: changed.event,
    dispose() {
      subscription.dispose();
      changed.dispose();
    },
  };
}
