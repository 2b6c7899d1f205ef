import path from 'node:path';
import { CAPTURE_SETTINGS_PATH, renderCaptureSettings } from '../../../src/core/recall/connect/captureSettings';
import type { SessionHeader } from '../../../src/core/sessions/session';
import { listSessions } from '../../../src/core/sessions/sessionFiles';
import { writeStableCommand } from '../../../src/node/claude/stableCommand';
import { userFolder } from '../../../src/node/userFolder';
import { buildAgent } from '../../mcp/mcpRig';
import type { CliWorld } from './cliWorld';
import { openRecallStore } from './recallStore';

/** A connected folder whose sessions are captured as they end, with no editor anywhere. */
export interface Nudged {
  sessions(): Promise<readonly SessionHeader[]>;
}

/** Connects with the command of the extension, as its bundle has it, below the home of the world. */
export async function connectNudged(world: CliWorld): Promise<Nudged> {
  const { command: script } = await buildAgent(path.join(world.folder, 'extension'));
  const user = path.relative(world.folder, userFolder({ XDG_CONFIG_HOME: path.join(world.home, '.config') }, 'linux'));
  const stableCommand = path.join(world.folder, user, 'bin/agent-dreams');
  await writeStableCommand({ program: process.execPath, script }, { folder: path.join(world.folder, user) });
  const store = await openRecallStore(world, { user, stableCommand });
  await store.render();
  const settings = renderCaptureSettings({
    format: 1,
    enabled: true,
    configDirs: [world.configDir],
    logFolders: [],
    pathMaps: [],
    excludePaths: [],
    excludeEntrypoints: [],
    maxBytes: 1e9,
    secrets: { rules: [], allow: [] },
  });
  await store.ports.files.write(CAPTURE_SETTINGS_PATH, store.ports.text.encode(settings));
  await store.connect({ sessionEnd: true });
  return { sessions: () => listSessions(store.ports) };
}
