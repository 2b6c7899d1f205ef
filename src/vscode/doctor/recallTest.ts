import * as vscode from 'vscode';
import { renderedViews, viewName, type ViewName } from '../../core/doctor/loadedText';
import { recallQuestion, recallVerdicts, type TestedMemory } from '../../core/doctor/recallTest';
import { AgentDreamsError, isAgentDreamsError } from '../../core/errors';
import { readConnectionRecord } from '../../core/recall/readProof';
import type { RecalledView } from '../../core/recall/recallReport';
import type { FolderPorts, MemoryFolder } from '../app';
import { requireTrust } from '../commands/ensureMemory';
import { memoryCount } from '../counts';
import { loadEngine } from '../engines/loadEngine';
import { claudeProgram } from '../engines/surroundings';
import { fileSchemes, settingKeys, settingsSection } from '../ids';
import type { Shell } from '../shell';
import { targetsOf } from '../views/nodeTargets';
import { keepTestReport, type RecallTested } from './recallTestReport';

/** Of one question: more are no better test, and cost more. */
const MOST_MEMORIES = 12;
/** The program's own words around a question, about. */
const OWN_TOKENS = 4_000;

type Choice = vscode.QuickPickItem & { readonly show?: ViewName; readonly mode?: 'file' | 'ask' };

/**
 * Recall Test: shows the very text that would be loaded, by whom, which costs nothing; or asks the user's own Claude Code
 * about some memories, at their click, and tells which arrived and which were applied.
 */
export async function recallTest(shell: Shell, args: readonly unknown[]): Promise<void> {
  requireTrust(shell);
  const folder = await folderOf(shell, args);
  if (folder === undefined) return;
  await shell.recall.render(folder);
  const ports = await folder.ports();
  const views = await renderedViews(ports);
  const { t } = vscode.l10n;
  const main = views.find(({ viewer }) => viewer.kind === 'main');
  if (main === undefined || main.entries.length === 0) {
    void vscode.window.showInformationMessage(
      t('{0} has no accepted memory that a session could be given.', folder.name),
    );
    return;
  }
  const picked = await vscode.window.showQuickPick(choices(views), {
    title: t('Recall Test'),
    placeHolder: t('What would be loaded costs nothing to see; Claude Code is asked only if you say so.'),
    matchOnDetail: true,
  });
  if (picked?.show !== undefined) await showText(shell, folder, { show: picked.show });
  if (picked?.mode === 'file') await showForFile(shell, folder);
  if (picked?.mode === 'ask') await ask(shell, folder, ports, main);
}

async function folderOf(shell: Shell, args: readonly unknown[]): Promise<MemoryFolder | undefined> {
  const [target] = targetsOf(args);
  const named = target !== undefined && 'folder' in target ? shell.app.folder(target.folder) : undefined;
  return named ?? (await shell.app.pickFolder());
}

function choices(views: readonly RecalledView[]): readonly Choice[] {
  const { t } = vscode.l10n;
  return [
    ...views.map((view): Choice => ({
      label: `$(eye) ${viewTitle(view, t)}`,
      description: t('{0}, {1} tokens', memoryCount(view.entries.length, t), view.tokens),
      show: viewName(view),
    })),
    { label: `$(file) ${t('What Loads for a File…')}`, mode: 'file' },
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    {
      label: `$(comment-discussion) ${t('Ask Claude Code…')}`,
      detail: t('One request with the login of your Claude Code. You choose the memories, and see the size before.'),
      mode: 'ask',
    },
  ];
}

/** Who gets a view, as a title. */
function viewTitle({ viewer }: RecalledView, t: typeof vscode.l10n.t): string {
  switch (viewer.kind) {
    case 'main':
      return t('What a Session Gets');
    case 'agent':
      return t('What the Agent {0} Gets', viewer.agent);
    case 'any':
      return t('What Every Other Agent Gets');
    case 'rules':
      return t('What the Rules File Holds');
  }
}

async function showText({ clock }: Shell, folder: MemoryFolder, what: Readonly<Record<string, string>>): Promise<void> {
  const query = new URLSearchParams({ folder: folder.id, at: String(clock.now()), ...what }).toString();
  const uri = vscode.Uri.from({ scheme: fileSchemes.doctor, path: `/${vscode.l10n.t('Recall Test')}.md`, query });
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: false });
}

async function showForFile(shell: Shell, folder: MemoryFolder): Promise<void> {
  const { t } = vscode.l10n;
  const active = vscode.window.activeTextEditor?.document.uri;
  const inside = active !== undefined && shell.folderContaining(active)?.id === folder.id;
  const file = await vscode.window.showInputBox({
    title: t('What Loads for a File'),
    prompt: t('The path of a file, from the folder on.'),
    value: inside ? vscode.workspace.asRelativePath(active, false) : '',
    placeHolder: 'src/index.ts',
  });
  const path = file
    ?.trim()
    .replaceAll('\\', '/')
    .replace(/^\.?\/+/u, '');
  if (path !== undefined && path !== '') await showText(shell, folder, { file: path });
}

async function ask(shell: Shell, folder: MemoryFolder, ports: FolderPorts, main: RecalledView): Promise<void> {
  const { t } = vscode.l10n;
  const record = await readConnectionRecord(ports);
  if (record === undefined) throw new AgentDreamsError('not-found', t('Claude Code is not connected to this folder.'));
  const memories = await pickMemories(main);
  if (memories === undefined || memories.length === 0) return;
  const question = recallQuestion(memories);
  const tokens = main.tokens + OWN_TOKENS + Math.ceil(question.length / 3);
  const send = t('Ask Claude Code');
  const agreed = await vscode.window.showInformationMessage(
    t('Ask Claude Code about {0}?', memoryCount(memories.length, t)),
    {
      modal: true,
      detail: t(
        'One request to Anthropic with the login of your Claude Code and its usual model: about {0} tokens, and what CLAUDE.md and the rules of this folder hold. It counts as any short session does. The hooks of this folder run, no tool can be used, and no log is written.',
        tokens,
      ),
    },
    send,
  );
  if (agreed !== send) return;
  const { channel } = record.choice;
  const heard = await askProgram(shell, folder, question);
  if (heard === undefined) return;
  const verdicts = recallVerdicts(memories, heard, channel);
  const tested: RecallTested = { name: folder.name, channel, verdicts, model: heard.model, costUsd: heard.costUsd };
  await showText(shell, folder, { test: keepTestReport(tested) });
}

async function pickMemories(main: RecalledView): Promise<readonly TestedMemory[] | undefined> {
  const { t } = vscode.l10n;
  const given = main.entries.filter(({ how }) => how !== 'left-out');
  const items = given.map(({ id, path, how }, index) => ({
    label: path,
    description: how === 'line' ? t('{0} · a line of the index', id) : id,
    picked: index < 3,
    memory: { id, path },
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: t('Recall Test'),
    placeHolder: t('Which memories? At most {0}.', MOST_MEMORIES),
    canPickMany: true,
    ignoreFocusOut: true,
  });
  return picked?.slice(0, MOST_MEMORIES).map(({ memory }) => memory);
}

async function askProgram({ app }: Shell, folder: MemoryFolder, question: string) {
  const { t } = vscode.l10n;
  const setting = `${settingsSection}.${settingKeys.claudeCodePath}`;
  const { path } = app.settings.current().claudeCode;
  if (path === null) throw new AgentDreamsError('invalid-setting', 'The path cannot be used.', { setting });
  const program = await claudeProgram(path);
  if (program === undefined) {
    const said = t('The program claude was not found: install Claude Code, or name its path in the settings.');
    throw new AgentDreamsError('model-missing', 'the program claude was not found', { said });
  }
  const location = vscode.ProgressLocation.Notification;
  const options = { location, title: t('Asking Claude Code'), cancellable: true };
  return await vscode.window.withProgress(options, async (_progress, token) => {
    const controller = new AbortController();
    token.onCancellationRequested(() => controller.abort());
    const { askWithMemory } = loadEngine('claude-code');
    try {
      return await askWithMemory({ program, folder: folder.uri.fsPath, question }, controller.signal);
    } catch (error) {
      if (isAgentDreamsError(error, 'cancelled')) return undefined;
      throw error;
    }
  });
}
