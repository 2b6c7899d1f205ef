import { homedir } from 'node:os';
import path from 'node:path';

/** Claude Code's configuration folders on this machine. */
export function claudeConfigDirs(): readonly string[] {
  const named = process.env['CLAUDE_CONFIG_DIR'];
  return [named !== undefined && named !== '' ? named : path.join(homedir(), '.claude')];
}
