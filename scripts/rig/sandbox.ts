import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Folders of one run, so that nothing of the user's is read or written. */
export interface Sandbox {
  readonly root: string;
  readonly home: string;
  readonly userData: string;
  readonly extensions: string;
  readonly workspace: string;
  /** Claude Code's configuration folder of this run: logs go to `projects/` in it. */
  readonly claudeConfig: string;
  readonly tmp: string;
  remove(): Promise<void>;
}

/** Makes a fresh sandbox under the system's temporary folder. */
export async function createSandbox(prefix = 'agent-dreams-'): Promise<Sandbox> {
  const root = await realpath(await mkdtemp(path.join(tmpdir(), prefix)));
  const folder = (name: string): string => path.join(root, name);
  const sandbox: Sandbox = {
    root,
    home: folder('home'),
    userData: folder('user-data'),
    extensions: folder('extensions'),
    workspace: folder('workspace'),
    claudeConfig: folder('claude'),
    // The server leaves its sockets here; socket paths are limited to about 100 characters, hence the short name.
    tmp: folder('t'),
    remove: () => rm(root, { recursive: true, force: true, maxRetries: 5 }),
  };
  const { home, userData, extensions, workspace, claudeConfig, tmp } = sandbox;
  for (const directory of [home, userData, extensions, workspace, claudeConfig, tmp]) {
    await mkdir(directory, { recursive: true });
  }
  return sandbox;
}
