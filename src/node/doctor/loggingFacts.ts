import type { LoggingFacts } from '../../core/doctor/facts';
import type { CorePorts } from '../../core/ports';
import type { LogCursor } from '../../core/sessions/cursor';
import { listSessions } from '../../core/sessions/sessionFiles';
import { readState } from '../../core/state/localState';
import { isExcludedLog, type CaptureOptions } from '../logs/captureSessions';
import { discoverLogs, type DiscoverOptions, type FoundLog } from '../logs/discover';
import { variablesIn } from './settingsLayers';

export interface LoggingOptions extends DiscoverOptions {
  readonly captureEnabled: boolean;
  readonly exclude: CaptureOptions['exclude'];
}

const NEWEST = 20;

/** Which logs there are of this workspace, which of them are kept, and what the captured sessions hold. Reads only. */
export async function loggingFacts(ports: CorePorts, options: LoggingOptions): Promise<LoggingFacts> {
  const found = await discoverLogs(options);
  const { cursors } = await readState(ports);
  const sessions = await listSessions(ports);
  return {
    captureEnabled: options.captureEnabled,
    logs: [...found.logs, ...found.agents].map((log) => ({
      file: log.file,
      mtimeMs: log.mtimeMs,
      kept: isKept(cursors[log.file], log) || isExcludedLog(log, options),
    })),
    unreadable: found.failed.map(({ file }) => file),
    former: found.otherPaths,
    sessions: sessions.slice(0, NEWEST).map(({ id, counts, problemCount, completeness }) => ({
      id,
      prompts: counts.prompts,
      toolCalls: counts.toolCalls,
      damagedLines: problemCount,
      truncated: completeness === 'truncated',
    })),
    variables: variablesIn(process.env),
  };
}

/** Read to its end, or left out on purpose. The log of a home that was copied is another file with the same time. */
function isKept(cursor: LogCursor | undefined, log: FoundLog): boolean {
  if (cursor === undefined || cursor.size !== log.size) return false;
  return cursor.inode === log.inode || cursor.mtimeMs === log.mtimeMs;
}
