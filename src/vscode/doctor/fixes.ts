import path from 'node:path';
import * as vscode from 'vscode';
import { rebuildIndex } from '../../core/history/transaction';
import type { DoctorFinding, FixId, QuickFix } from '../../core/doctor/finding';
import { writeStableCommand } from '../../node/claude/stableCommand';
import { changeClaudeSetting, planClaudeSetting } from '../../node/doctor/claudeSetting';
import type { MemoryFolder } from '../app';
import { claudeConfigDirs } from '../capture/claudeConfig';
import { createStore, requireTrust } from '../commands/ensureMemory';
import { commandTarget } from '../connect/connectContext';
import { settingsSection, shellCommands } from '../ids';
import type { Shell } from '../shell';
import type { Translate } from '../translate';

interface Fixing {
  readonly shell: Shell;
  readonly folder: MemoryFolder;
  readonly finding: DoctorFinding;
  readonly fix: QuickFix;
}

/** So long logs are kept once the user agrees: a year and more, and no sign of infinity. */
const LONG_DAYS = 365;

const FIXES: Readonly<Record<FixId, (fixing: Fixing) => Promise<unknown>>> = {
  trust: async () => await vscode.commands.executeCommand('workbench.trust.manage'),
  initialize: ({ shell, folder }) => createStore(shell, folder),
  connect: (fixing) => inFolder(shellCommands.connectClaudeCode, fixing),
  recallTest: (fixing) => inFolder(shellCommands.recallTest, fixing),
  renderAgain: async ({ shell, folder }) => {
    requireTrust(shell);
    await shell.recall.render(folder);
  },
  rebuildIndex: async ({ shell, folder }) => {
    requireTrust(shell);
    await rebuildIndex(await folder.ports());
    folder.touch();
  },
  captureNow: async ({ shell, folder }) => {
    const location = { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Reading sessions') };
    await vscode.window.withProgress(location, () => shell.capture.capture(folder));
  },
  adoptSessions: (fixing) => inFolder(shellCommands.adoptSessions, fixing),
  raiseRetention: async ({ shell }) => {
    const file = path.join(claudeConfigDirs()[0] ?? '', 'settings.json');
    await changeSetting(shell, file, ['cleanupPeriodDays'], LONG_DAYS);
  },
  removeClaudeSetting: async ({ shell, fix }) => {
    await changeSetting(shell, fix.target ?? '', (fix.at ?? '').split('.'), undefined);
  },
  openFile: ({ fix }) => openFile(vscode.Uri.file(fix.target ?? '')),
  openSetting: async ({ fix }) =>
    await vscode.commands.executeCommand('workbench.action.openSettings', `${settingsSection}.${fix.target ?? ''}`),
  changeSchedule: (fixing) => inFolder(shellCommands.changeSchedule, fixing),
  dreamNow: (fixing) => inFolder(shellCommands.dreamNow, fixing),
  reviewOutside: (fixing) => inFolder(shellCommands.keepOutsideChange, fixing),
  openMemory: ({ folder, fix }) => openFile(folder.fileUri(fix.target ?? '')),
  showConflict,
  findSecrets: (fixing) => inFolder(shellCommands.findSecrets, fixing),
  writeCommand: ({ shell }) => writeStableCommand(commandTarget(shell.context)),
  showLog: (fixing) => inFolder(shellCommands.showLog, fixing),
};

/** What opens something to be read or edited; a list that came back at once would lie above it. */
const LEAD_AWAY: ReadonlySet<FixId> = new Set<FixId>([
  'recallTest',
  'openFile',
  'openSetting',
  'openMemory',
  'showConflict',
  'findSecrets',
  'showLog',
]);

/** True where a fix is only begun, and the person goes on in what it opened. */
export function leadsAway(fix: QuickFix | undefined): boolean {
  return fix !== undefined && LEAD_AWAY.has(fix.id);
}

/** Does what the fix of a finding promises. Whatever writes into a file of a person shows it before and asks. */
export async function runFix(shell: Shell, folder: MemoryFolder, finding: DoctorFinding): Promise<void> {
  const { fix } = finding;
  if (fix !== undefined) await FIXES[fix.id]({ shell, folder, finding, fix });
}

async function inFolder(command: string, { folder }: Fixing): Promise<void> {
  await vscode.commands.executeCommand(command, { kind: 'folder', folder: folder.id });
}

async function openFile(uri: vscode.Uri, at?: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  const found = at === undefined ? -1 : document.getText().indexOf(at);
  const place = document.positionAt(Math.max(0, found));
  const selection = new vscode.Range(
    place,
    document.positionAt(Math.max(0, found) + (found < 0 ? 0 : (at?.length ?? 0))),
  );
  await vscode.window.showTextDocument(document, { preview: false, selection });
}

/** The memory beside the file that says otherwise. */
async function showConflict({ folder, finding, fix }: Fixing): Promise<void> {
  const memory = folder.fileUri(String(finding.about['memory'] ?? ''));
  await openFile(vscode.Uri.joinPath(folder.uri, fix.target ?? ''), fix.at);
  const document = await vscode.workspace.openTextDocument(memory);
  await vscode.window.showTextDocument(document, { preview: false, viewColumn: vscode.ViewColumn.Beside });
}

async function changeSetting(
  { previews }: Shell,
  file: string,
  place: readonly string[],
  value: number | undefined,
): Promise<void> {
  const change = await planClaudeSetting(file, place, value);
  if (change === undefined) return;
  const { t } = vscode.l10n;
  const said = await previews.confirm([change], {
    title: t('Settings of Claude Code'),
    message: t('Change {0} as the editor shows?', file),
    detail: t('It is a file of yours; nothing else in it changes.'),
    yes: t('Change'),
  });
  if (said) await changeClaudeSetting(change);
}

/** What the button of a fix says. */
export function fixLabel({ id }: QuickFix, t: Translate): string {
  const labels: Readonly<Record<FixId, string>> = {
    trust: t('Manage Workspace Trust'),
    initialize: t('Initialize Memory…'),
    connect: t('Connect Claude Code…'),
    recallTest: t('Recall Test…'),
    renderAgain: t('Write Anew'),
    rebuildIndex: t('Write MEMORY.md Anew'),
    captureNow: t('Capture Now'),
    adoptSessions: t('Adopt Sessions…'),
    raiseRetention: t('Keep Logs for a Year…'),
    removeClaudeSetting: t('Take the Setting Out…'),
    openFile: t('Open File'),
    openSetting: t('Open Settings'),
    changeSchedule: t('Change Schedule…'),
    dreamNow: t('Dream Now'),
    reviewOutside: t('Review…'),
    openMemory: t('Open File'),
    showConflict: t('Show Both'),
    findSecrets: t('Find Secrets'),
    writeCommand: t('Write Command Anew'),
    showLog: t('Show Log'),
  };
  return labels[id];
}
