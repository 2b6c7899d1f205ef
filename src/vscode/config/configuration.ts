import * as vscode from 'vscode';
import { settingsSection } from '../ids';
import type { SettingKey } from './parseSettings';

/** Writes a setting of the user's own settings, the only place this extension ever writes one. */
export async function writeUserSetting(key: SettingKey, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration(settingsSection).update(key, value, vscode.ConfigurationTarget.Global);
}
