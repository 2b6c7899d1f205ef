import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { mustRun, runProgram } from '../process';
import type { Sandbox } from '../rig/sandbox';
import { QUIET_SETTINGS } from '../rig/settings';

/** The `code` of an installed desktop VS Code, if it can open a window here. */
export async function findDesktopCode(): Promise<string | undefined> {
  // Inside a remote terminal `code` talks to the remote window and takes no profile of its own.
  if (process.env['VSCODE_IPC_HOOK_CLI']) return undefined;
  if (process.platform === 'linux') {
    const hasDisplay = Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
    // Electron refuses to start as root.
    if (!hasDisplay || process.getuid?.() === 0) return undefined;
  }
  const shell = process.platform === 'win32';
  const found = await runProgram('code', ['--version'], { quiet: true, shell }).catch(() => undefined);
  return found?.code === 0 ? 'code' : undefined;
}

/**
 * Opens desktop VS Code on a folder, in a profile of the sandbox: the user's settings and extensions are not touched.
 * Resolves when the window is closed.
 */
export async function openDesktop(
  code: string,
  sandbox: Sandbox,
  options: {
    readonly vsix: string;
    readonly workspace: string;
    readonly env: NodeJS.ProcessEnv;
    readonly trusted: boolean;
  },
): Promise<void> {
  const shell = process.platform === 'win32';
  const profile = ['--user-data-dir', sandbox.userData, '--extensions-dir', sandbox.extensions];
  await mkdir(path.join(sandbox.userData, 'User'), { recursive: true });
  const settings = { ...QUIET_SETTINGS, ...(options.trusted ? { 'security.workspace.trust.enabled': false } : {}) };
  await writeFile(path.join(sandbox.userData, 'User/settings.json'), JSON.stringify(settings, null, 2));
  await mustRun(code, [...profile, '--install-extension', options.vsix, '--force'], { shell });
  await runProgram(code, [...profile, '--new-window', '--wait', options.workspace], { env: options.env, shell });
}
