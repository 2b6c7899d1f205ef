import * as vscode from 'vscode';
import { AgentDreamsError } from '../../core/errors';
import { IMPORT_INTO, type ImportInto } from '../../core/recall/connect/record';
import {
  carryOut,
  planConnect,
  planDisconnect,
  readConnection,
  type ConnectChoice,
  type ConnectContext,
  type ConnectPlan,
} from '../../node/claude/connection';
import { gitPlace } from '../../node/claude/gitPlace';
import type { MemoryFolder } from '../app';
import { ensureMemory, requireTrust } from '../commands/ensureMemory';
import { shellCommands } from '../ids';
import type { Shell } from '../shell';
import { serverIsInstalled } from '../tools/installServer';
import { targetsOf } from '../views/nodeTargets';
import { CONNECTION_LOCK, connectContext } from './connectContext';
import { planLines, refusalWords, warningWords } from './connectWords';
import { offerRetention } from './retention';
import { shortName } from './shortName';

/** Connect Claude Code: asks what for, shows every file as it is and as it would be, and writes after a yes. */
export async function connectClaudeCode(shell: Shell, args: readonly unknown[]): Promise<void> {
  requireTrust(shell);
  const folder = await folderOf(shell, args);
  if (folder === undefined || !(await ensureMemory(shell, folder))) return;
  // What the hooks print has to be there before they are.
  await shell.recall.render(folder);
  const context = await connectContext(shell, folder);
  const choice = await askChoice(shell, context);
  if (choice === undefined) return;
  await shell.connect.writeCommand();
  const plan = await planConnect(context, choice);
  const { t } = vscode.l10n;
  if (plan.refusals.length === 0 && plan.files.length === 0) {
    await carryOut(plan);
    tell(t('Claude Code is connected to {0} already.', folder.name));
    return;
  }
  const said = await confirmed(shell, plan, {
    title: t('Connect Claude Code'),
    message: t('Connect Claude Code to the memory of {0}?', folder.name),
    yes: t('Connect'),
    after: [t('Disconnect Claude Code takes all of it back.')],
  });
  if (!said) return;
  await carryOutAsShown(folder, plan, () => planConnect(context, choice));
  await shell.connect.connected(folder);
  folder.touch();
  const after = [
    t('Claude Code is connected: its next session in {0} starts with the memory.', folder.name),
    choice.channel === 'hooks' ? t('Where it asks whether it trusts the folder, it mentions these hooks.') : '',
  ];
  tell(after.filter((line) => line !== '').join(' '));
  void shell.app.runCommand(t('Connect Claude Code'), () => offerRetention(shell));
}

/** Disconnect Claude Code: shows every file as it was before connecting, and writes it after a yes. */
export async function disconnectClaudeCode(shell: Shell, args: readonly unknown[]): Promise<void> {
  requireTrust(shell);
  const folder = await folderOf(shell, args);
  if (folder === undefined) return;
  const { t } = vscode.l10n;
  const context = await connectContext(shell, folder);
  if ((await readConnection(context)).kind === 'none') {
    tell(t('Claude Code is not connected to {0}.', folder.name));
    return;
  }
  const plan = await planDisconnect(context);
  const said = await confirmed(shell, plan, {
    title: t('Disconnect Claude Code'),
    message: t('Disconnect Claude Code from the memory of {0}?', folder.name),
    yes: t('Disconnect'),
    after: [],
  });
  if (!said) return;
  await carryOutAsShown(folder, plan, () => planDisconnect(context));
  await shell.connect.disconnected(folder);
  folder.touch();
  tellDisconnected(folder, await serverIsInstalled(folder));
}

/** The server that Claude Code may start is not of the connection: it stays, unless somebody says otherwise. */
function tellDisconnected(folder: MemoryFolder, hasServer: boolean): void {
  const { t } = vscode.l10n;
  const done = t('Claude Code is disconnected from {0}. The memory stays as it is.', folder.name);
  if (!hasServer) {
    tell(done);
    return;
  }
  const remove = t('Remove MCP Server');
  const message = `${done} ${t('It can still ask the memory server, which is installed for this folder.')}`;
  // Nothing waits for the answer.
  void vscode.window.showInformationMessage(message, remove).then(async (answer) => {
    if (answer !== remove) return;
    await vscode.commands.executeCommand(shellCommands.removeMcpServer, { kind: 'folder', folder: folder.id });
  });
}

async function folderOf({ app }: Shell, args: readonly unknown[]): Promise<MemoryFolder | undefined> {
  const target = targetsOf(args).find((one) => one.kind === 'folder' || one.kind === 'recall');
  return (target && app.folder(target.folder)) ?? app.pickFolder();
}

interface Question {
  readonly title: string;
  readonly message: string;
  readonly yes: string;
  /** Said below the files. */
  readonly after: readonly string[];
}

/** Shows the plan and asks. Where a file is refused, says why; nothing is done then. */
async function confirmed(shell: Shell, plan: ConnectPlan, { title, message, yes, after }: Question): Promise<boolean> {
  const { t } = vscode.l10n;
  if (plan.refusals.length > 0) {
    const why = plan.refusals.map((refusal) => refusalWords(refusal, t));
    void vscode.window.showWarningMessage([t('Nothing was changed.'), ...why].join(' '));
    return false;
  }
  const detail = [
    ...plan.warnings.map((warning) => warningWords(warning, t)),
    ...planLines(plan, { t, name: shortName }),
    ...after,
  ].join('\n');
  return await shell.previews.confirm(plan.files, { title, message, detail, yes });
}

/**
 * Does what was shown, while nothing else works on the connection. Rules files that were written anew meanwhile are ours;
 * throws `conflict` where a person's file is another one than it was.
 */
async function carryOutAsShown(
  folder: MemoryFolder,
  shown: ConnectPlan,
  replan: () => Promise<ConnectPlan>,
): Promise<void> {
  const theirs = ({ files }: ConnectPlan): string =>
    JSON.stringify(files.filter(({ why }) => why === 'settings' || why === 'exclude' || why === 'import'));
  await (
    await folder.ports()
  ).lock.hold(CONNECTION_LOCK, async () => {
    const now = await replan();
    const [changed = ''] = shown.files.map((file) => file.path);
    if (theirs(now) !== theirs(shown))
      throw new AgentDreamsError('conflict', `${changed} has changed meanwhile.`, { path: changed });
    await carryOut(now);
  });
}

type Option = 'denyLocal' | 'sessionEnd' | 'gitExclude' | 'pathRules' | 'inbox';

async function askChoice(shell: Shell, context: ConnectContext): Promise<ConnectChoice | undefined> {
  const { t } = vscode.l10n;
  const isGit = (await gitPlace(context.root)) !== undefined;
  const { pathRules } = shell.app.settings.current().recall;
  const usual: ConnectChoice = {
    channel: 'hooks',
    denyLocal: true,
    sessionEnd: true,
    inbox: false,
    gitExclude: isGit,
    pathRules,
  };
  const into = await importPlaces(context);
  const items: readonly (vscode.QuickPickItem & { readonly ask: 'no' | 'options'; readonly choice: ConnectChoice })[] =
    [
      {
        label: t('Connect with Hooks'),
        description: t('recommended'),
        detail: t('Hooks in .claude/settings.local.json print it when a session or subagent starts.'),
        ask: 'no',
        choice: usual,
      },
      {
        label: t('Choose What Connecting Does'),
        detail: t('The same with each part on or off, and Claude Code’s notes as input to dreams.'),
        ask: 'options',
        choice: usual,
      },
      {
        label: t('Connect with a Rules File'),
        description: t('without hooks'),
        detail: t('It stands in .claude/rules/agent-memory.md. Worktrees, Explore and Plan miss it.'),
        ask: 'no',
        choice: { ...usual, channel: 'rules', sessionEnd: false },
      },
      ...into.map((importInto) => ({
        label: t('Import into {0}', importInto),
        description: t('without hooks'),
        detail: t('By a line in your file. Sessions in sub-folders and worktrees miss it.'),
        ask: 'no' as const,
        choice: { ...usual, channel: 'rules' as const, sessionEnd: false, importInto },
      })),
    ];
  const picked = await vscode.window.showQuickPick(items, {
    title: t('Connect Claude Code'),
    placeHolder: t('How shall Claude Code get the memory? Every change is shown before it is made.'),
    ignoreFocusOut: true,
  });
  if (picked === undefined || picked.ask === 'no') return picked?.choice;
  return askOptions(picked.choice, isGit);
}

async function importPlaces({ root }: ConnectContext): Promise<readonly ImportInto[]> {
  const found: ImportInto[] = [];
  for (const name of IMPORT_INTO) {
    const uri = vscode.Uri.joinPath(vscode.Uri.file(root), name);
    const isThere = await vscode.workspace.fs.stat(uri).then(
      () => true,
      () => false,
    );
    if (isThere) found.push(name);
  }
  return found;
}

async function askOptions(usual: ConnectChoice, isGit: boolean): Promise<ConnectChoice | undefined> {
  const { t } = vscode.l10n;
  const all: readonly (vscode.QuickPickItem & { readonly option: Option })[] = [
    { option: 'denyLocal', label: t('Keep agents out of .agent-memory/.local'), description: t('a deny rule') },
    {
      option: 'sessionEnd',
      label: t('Capture sessions when they end'),
      description: t('also while no editor is open'),
    },
    { option: 'gitExclude', label: t('Keep git status as it is'), description: t('lines in .git/info/exclude') },
    { option: 'pathRules', label: t('Load memories of paths as rules'), description: t('files in .claude/rules') },
    {
      option: 'inbox',
      label: t('Take Claude Code’s own notes as input to dreams'),
      detail: t('Its auto memory goes to .agent-memory/.local/inbox. You accept what becomes memory.'),
    },
  ];
  const items = all
    .filter(({ option }) => option !== 'gitExclude' || isGit)
    .map((item) => ({ ...item, picked: usual[item.option] }));
  const picked = await vscode.window.showQuickPick(items, {
    title: t('Connect Claude Code'),
    placeHolder: t('What else connecting does'),
    canPickMany: true,
    ignoreFocusOut: true,
  });
  if (picked === undefined) return undefined;
  const has = (option: Option): boolean => picked.some((one) => one.option === option);
  return {
    channel: usual.channel,
    denyLocal: has('denyLocal'),
    sessionEnd: has('sessionEnd'),
    gitExclude: has('gitExclude'),
    pathRules: has('pathRules'),
    inbox: has('inbox'),
  };
}

function tell(message: string): void {
  void vscode.window.showInformationMessage(message);
}
