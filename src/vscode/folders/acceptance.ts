import * as vscode from 'vscode';
import { isAgentDreamsError } from '../../core/errors';
import { keepOutsideChange, outsideChanges, type OutsideChange } from '../../core/memory/outside';
import { whoChanged, type Committed, type OutsideActor } from '../../core/memory/whoChanged';
import { committedFiles } from '../../node/committed';
import type { App, MemoryFolder } from '../app';
import { shellCommands } from '../ids';

async function committed(app: App, folder: MemoryFolder): Promise<Committed> {
  if (!app.trusted()) return new Map();
  return committedFiles(folder.uri.fsPath, (await folder.ports()).files);
}

/** Who made each change, as far as logs and git tell; nobody is asked in an untrusted workspace. */
export async function actorsOf(
  app: App,
  folder: MemoryFolder,
  changes: readonly OutsideChange[],
): Promise<ReadonlyMap<string, OutsideActor>> {
  if (changes.length === 0) return new Map();
  return whoChanged(await folder.ports(), changes, await committed(app, folder));
}

/** With `trustGit`, keeps what is, to the byte, what HEAD holds; how many files that were. */
async function acceptCommitted(app: App, folder: MemoryFolder): Promise<number> {
  const ports = await folder.ports();
  const changes = await outsideChanges(ports);
  if (changes.length === 0) return 0;
  const head = await committed(app, folder);
  let kept = 0;
  for (const { path, current } of changes) {
    if (current === null || head.get(path) !== current) continue;
    try {
      await keepOutsideChange(ports, path, 'git');
      kept += 1;
    } catch (error) {
      // It waits like any other file, and the log says why.
      if (!isAgentDreamsError(error)) throw error;
      app.logger.warn(`${path} is committed, but cannot be accepted: ${error.message}`);
    }
  }
  return kept;
}

/**
 * Tells once, when a window opens, that files of a memory wait to be accepted: nothing in them is used before. Accepts
 * those that git committed where the user wants that.
 */
export async function offerAcceptance(app: App): Promise<void> {
  if (!app.trusted()) return;
  for (const folder of app.folders) {
    if (!(await folder.initialized())) continue;
    if (app.settings.current().trustGit && (await acceptCommitted(app, folder)) > 0) folder.touch();
    const waiting = await outsideChanges(await folder.ports());
    if (waiting.length > 0) void ask(folder, waiting);
  }
}

const STEERING = /^(?:schema\.md|rubric\.md|probes\.yaml)$/u;

async function ask(folder: MemoryFolder, waiting: readonly OutsideChange[]): Promise<void> {
  const { t } = vscode.l10n;
  const steering = waiting.filter(({ path }) => STEERING.test(path)).map(({ path }) => path);
  const review = t('Review…');
  const message = [
    waiting.length === 1
      ? t('{0}: 1 memory file is not as you accepted it. Nothing in it is used until you keep it.', folder.name)
      : t(
          '{0}: {1} memory files are not as you accepted them. Nothing in them is used until you keep them.',
          folder.name,
          waiting.length,
        ),
    ...(steering.length > 0 ? [t('Until then dreams obey what you accepted before of {0}.', steering.join(', '))] : []),
  ].join(' ');
  const picked = await vscode.window.showWarningMessage(message, review);
  if (picked === review) {
    await vscode.commands.executeCommand(shellCommands.keepOutsideChange, { kind: 'folder', folder: folder.id });
  }
}

/** Says that a folder shipped a `.local`, and where it is now; a user whose key was lost can take their own back. */
export function tellForeign(folder: string, setAside: string): void {
  const { t } = vscode.l10n;
  const show = t('Show Files');
  const back = t('It Is Mine…');
  const message = t(
    'The memory of {0} came with local data that was not made by you on this machine: journal, sessions or proposals. It was set aside and is not used.',
    folder,
  );
  void vscode.window.showWarningMessage(message, show, back).then((picked) => {
    if (picked === back) void vscode.commands.executeCommand(shellCommands.takeBackLocal);
    if (picked === show) void vscode.commands.executeCommand('revealFileInOS', vscode.Uri.file(setAside));
  });
}
