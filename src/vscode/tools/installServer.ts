import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { hasInstalledServer } from '../../node/claude/installedServer';
import { installSteps, removalSteps, runMcpSteps, shellLine, type McpStep } from '../../node/claude/mcpInstall';
import { stableCommandPath } from '../../node/claude/stableCommand';
import type { MemoryFolder } from '../app';
import { claudeConfigDirs } from '../capture/claudeConfig';
import { requireTrust } from '../commands/ensureMemory';
import { claudeProgram } from '../engines/surroundings';
import type { Shell } from '../shell';
import { targetsOf } from '../views/nodeTargets';

/** The command that survives updates of the extension; the extension keeps it up to date. */
function stableCommand(): string {
  return process.platform === 'win32' ? `${stableCommandPath()}.cmd` : stableCommandPath();
}

/** Install MCP Server in Claude Code: by the user's own program after a yes, or by the line that does it. */
export async function installMcpServer(shell: Shell): Promise<void> {
  requireTrust(shell);
  const { t } = vscode.l10n;
  await shell.connect.writeCommand();
  const steps = installSteps(stableCommand());
  await offer(shell, steps, undefined, {
    question: (name) => t('Let Claude Code search the memory of {0}?', name),
    detail: t(
      'Your program “claude” is asked to add a server, for you and this folder only. It runs this command in the folder:',
    ),
    yes: t('Install'),
    done: t(
      'Claude Code starts the memory server from its next session on. What it proposes waits in the Proposals view.',
    ),
  });
}

/** True if Claude Code starts the memory server for this folder. */
export function serverIsInstalled(folder: MemoryFolder): Promise<boolean> {
  const [configDir = ''] = claudeConfigDirs();
  return hasInstalledServer({ root: folder.uri.fsPath, configDir, home: homedir() });
}

/** The line that takes the server out of Claude Code, for a terminal in the folder. */
export function removalLine(): string {
  return shellLine(removalSteps().at(-1) ?? []);
}

/** Takes the server out, by the user's own program. Returns what went wrong and what to do, in the words of the user. */
export async function takeServerOut({ app }: Shell, folder: MemoryFolder): Promise<string | undefined> {
  const { t } = vscode.l10n;
  const program = await claudeProgram(app.settings.current().claudeCode.path);
  const rest = t('To remove the memory server, run this in a terminal in {0}: {1}', folder.name, removalLine());
  if (program === undefined) return `${t('The program “claude” was not found.')} ${rest}`;
  const { ok, said } = await runMcpSteps(program, removalSteps(), folder.uri.fsPath);
  app.logger.info(`${removalLine()}: ${said}`);
  return ok ? undefined : `${t('Claude Code refused: {0}', said.slice(0, 300))} ${rest}`;
}

/** Removes what Install MCP Server in Claude Code added; of this folder, or of one that the user picks. */
export async function removeMcpServer(shell: Shell, args: readonly unknown[] = []): Promise<void> {
  requireTrust(shell);
  const { t } = vscode.l10n;
  const target = targetsOf(args).find((one) => one.kind === 'folder');
  await offer(shell, removalSteps(), target && shell.app.folder(target.folder), {
    question: (name) => t('Take the memory server of {0} out of Claude Code?', name),
    detail: t('Your program “claude” is asked to remove it. It runs this command in the folder:'),
    yes: t('Remove'),
    done: t('Claude Code does not start the memory server any more.'),
  });
}

interface Words {
  readonly question: (folder: string) => string;
  readonly detail: string;
  readonly yes: string;
  readonly done: string;
}

async function offer(
  { app }: Shell,
  steps: readonly McpStep[],
  of: MemoryFolder | undefined,
  words: Words,
): Promise<void> {
  const { t } = vscode.l10n;
  const folder = of ?? (await app.pickFolder());
  if (folder === undefined) return;
  const last = steps.at(-1) ?? [];
  const line = shellLine(last);
  const program = await claudeProgram(app.settings.current().claudeCode.path);
  const missing = t('The program “claude” was not found. Run this in a terminal in the folder:');
  const detail = `${program === undefined ? missing : words.detail}\n\n${line}`;
  const copy = t('Copy Command');
  const answer = await vscode.window.showInformationMessage(
    words.question(folder.name),
    { modal: true, detail },
    ...(program === undefined ? [] : [words.yes]),
    copy,
  );
  if (answer === copy) {
    await vscode.env.clipboard.writeText(line);
    void vscode.window.showInformationMessage(t('Copied. Run it in a terminal in the folder {0}.', folder.name));
  } else if (answer === words.yes && program !== undefined) {
    const { ok, said } = await runMcpSteps(program, steps, folder.uri.fsPath);
    app.logger.info(`claude ${last.slice(0, 3).join(' ')}: ${said}`);
    if (ok) void vscode.window.showInformationMessage(words.done);
    else void vscode.window.showErrorMessage(t('Claude Code refused: {0}', said.slice(0, 300)));
  }
}
