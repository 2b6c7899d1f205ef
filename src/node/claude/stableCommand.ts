import { chmod, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { posixCommand, windowsCommand, type StableTarget } from '../../core/recall/connect/stableCommandText';
import { userFolder } from '../userFolder';
import { writeText } from './settingsFile';

/** The command that hooks, agents and people call: its place survives updates of the extension. Without `.cmd`. */
export function stableCommandPath(folder: string = userFolder()): string {
  return path.join(folder, 'bin', 'agent-dreams');
}

/** Makes the command, or leads it to where the extension is now. Throws as the store's files do. */
export async function writeStableCommand(
  target: StableTarget,
  options: { readonly folder?: string; readonly platform?: NodeJS.Platform } = {},
): Promise<void> {
  const command = stableCommandPath(options.folder);
  await mkdir(path.dirname(command), { recursive: true, mode: 0o700 });
  if ((options.platform ?? process.platform) === 'win32') {
    await writeIfOther(`${command}.cmd`, windowsCommand(target));
    return;
  }
  await writeIfOther(command, posixCommand(target));
  await chmod(command, 0o755);
}

async function writeIfOther(file: string, text: string): Promise<void> {
  if ((await readFile(file, 'utf8').catch(() => undefined)) !== text) await writeText(file, text);
}
