import { homedir } from 'node:os';
import path from 'node:path';
import { readPathRules } from '../../core/recall/pathRules';
import { hookFilesFor, RULES_PATH } from '../../core/recall/recallFiles';
import { readRecallReport } from '../../core/recall/recallReport';
import type { StableTarget } from '../../core/recall/connect/stableCommandText';
import type { ConnectContext } from '../../node/claude/connection';
import { stableCommandPath } from '../../node/claude/stableCommand';
import type { MemoryFolder } from '../app';
import { claudeConfigDirs } from '../capture/claudeConfig';
import type { Shell } from '../shell';

/** Held while files of a connection are written. */
export const CONNECTION_LOCK = 'connection';

/** What the command that outlives updates runs: this version of the extension, by the program that runs it now. */
export function commandTarget({ extensionPath }: Shell['context']): StableTarget {
  return { program: process.execPath, script: path.join(extensionPath, 'dist', 'command.js') };
}

/** The store folder that holds `.local`; known once the ports are there. */
export async function localRootOf(folder: MemoryFolder): Promise<string> {
  await folder.ports();
  return path.dirname(path.dirname(folder.fileUri('.local/state.json').fsPath));
}

/** What is connected: the folder, and what was rendered for it. */
export async function connectContext(shell: Pick<Shell, 'recall'>, folder: MemoryFolder): Promise<ConnectContext> {
  const ports = await folder.ports();
  const { maxTokens, subagents, agentTypes } = await shell.recall.request(folder);
  const report = await readRecallReport(ports);
  const rendered = report?.views.flatMap(({ viewer }) => (viewer.kind === 'agent' ? [viewer.agent] : []));
  const rules = await ports.files.read(RULES_PATH);
  return {
    root: folder.uri.fsPath,
    localRoot: await localRootOf(folder),
    home: homedir(),
    configDir: claudeConfigDirs()[0] ?? '',
    stableCommand: stableCommandPath(),
    agentTypes: rendered ?? agentTypes,
    hookFiles: hookFilesFor(maxTokens),
    pathRules: await readPathRules(ports, { subagents }),
    rulesText: rules === undefined ? '' : ports.text.decode(rules).text,
  };
}
