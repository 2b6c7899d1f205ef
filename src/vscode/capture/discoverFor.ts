import { homedir } from 'node:os';
import { discoverLogs, type DiscoveredLogs, type DiscoverOptions } from '../../node/logs/discover';
import { createProbeCache, type ProbeCache } from '../../node/logs/probeCache';
import type { MemoryFolder } from '../app';
import type { Settings } from '../config/settings';
import { claudeConfigDirs } from './claudeConfig';

/** Looks for the logs of a folder. Reads only; `cache` makes the next look cheap. */
export async function discoverFor(
  folder: MemoryFolder,
  settings: Settings,
  cache: ProbeCache = createProbeCache(),
): Promise<DiscoveredLogs> {
  return await discoverLogs({ ...discoverOptionsFor(folder, settings), cache });
}

/** Where the logs of a folder are looked for. */
export function discoverOptionsFor(folder: MemoryFolder, settings: Settings): DiscoverOptions {
  const { capture } = settings.current(folder.uri);
  return {
    workspaceRoot: folder.uri.fsPath,
    configDirs: claudeConfigDirs(),
    extraLogFolders: capture.logFolders,
    mapCwd: capture.pathMaps,
    home: homedir(),
  };
}
