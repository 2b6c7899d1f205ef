import * as vscode from 'vscode';
import { outsideChanges } from '../../core/memory/outside';
import { readStore } from '../../core/memory/store';
import { readProof } from '../../core/recall/readProof';
import { readRecallReport, type RecallReport } from '../../core/recall/recallReport';
import { readUsage } from '../../core/recall/readUsage';
import { listSessions } from '../../core/sessions/sessionFiles';
import type { App, FolderPorts, MemoryFolder } from '../app';
import { actorsOf } from '../folders/acceptance';
import { STORE_FOLDER } from '../folders/memoryFolder';
import { formatTime, shortTime } from '../formatTime';
import { shellCommands } from '../ids';
import type { AttachedStores } from '../recall/attachedStores';
import { proofWords } from '../recall/recallWords';
import { attachedRows } from './attachedRows';
import type { ToldInput } from './budgetRow';
import { memoryRows, type MemoryInput } from './memoryModel';
import { NodeTree, type DecorateItem } from './nodeTree';
import type { NodeTarget } from './viewNode';

async function readFolder(app: App, folder: MemoryFolder): Promise<MemoryInput> {
  const base = { folder: { id: folder.id, name: folder.name } };
  if (!(await folder.initialized())) {
    const budget = { lines: 0, bytes: 0, dropped: [] };
    return { ...base, initialized: false, memories: [], problems: [], outside: [], budget };
  }
  const ports = await folder.ports();
  const { memories, problems, index } = await readStore(ports);
  const changes = await outsideChanges(ports);
  const actors = await actorsOf(app, folder, changes);
  const outside = changes.map(({ path, kind }) => ({ path, kind, actor: actors.get(path) ?? 'outside' }));
  return { ...base, initialized: true, memories, problems, outside, budget: index, ...(await readRecall(ports)) };
}

/** What a session would start with now; undefined before it was rendered for the first time. */
function toldIn(report: RecallReport | undefined): ToldInput | undefined {
  const main = report?.views.find(({ viewer }) => viewer.kind === 'main');
  if (report === undefined || main === undefined) return undefined;
  const count = (...forms: readonly string[]): number => main.entries.filter(({ how }) => forms.includes(how)).length;
  const { tokens } = main;
  return {
    ...{ tokens, maxTokens: report.maxTokens },
    ...{ whole: count('whole', 'cut'), lines: count('line'), left: count('left-out') },
  };
}

/** What is rendered for agents, and what captured sessions tell of it. */
async function readRecall(ports: FolderPorts): Promise<Pick<MemoryInput, 'usage' | 'recall' | 'told'>> {
  const sessions = await listSessions(ports);
  const proof = await readProof(ports, sessions);
  const told = toldIn(await readRecallReport(ports));
  return {
    ...(told === undefined ? {} : { told }),
    usage: await readUsage(ports, sessions),
    recall: proofWords(proof, { t: vscode.l10n.t, time: shortTime }),
  };
}

/** What helps where memory does not arrive; what it changed where it does. */
function recallCommand(target: NodeTarget, contextValue: string): vscode.Command {
  const { t } = vscode.l10n;
  switch (contextValue) {
    case 'recall off':
      return { command: shellCommands.connectClaudeCode, title: t('Connect Claude Code'), arguments: [target] };
    case 'recall bad':
      return { command: shellCommands.checkMemorySetup, title: t('Check Memory Setup') };
    default:
      return { command: shellCommands.showImpact, title: t('Impact'), arguments: [target] };
  }
}

/** The Memory view: the store as a tree. Memories open as the plain Markdown files they are. */
export function createMemoryTree(app: App, attached: AttachedStores, visible: () => boolean): NodeTree {
  const { t } = vscode.l10n;
  const build = async () => [
    ...memoryRows(await Promise.all(app.folders.map((folder) => readFolder(app, folder))), t, formatTime),
    ...attachedRows(await attached.states(), t),
  ];
  const decorate: DecorateItem = (item, { target, contextValue }) => {
    if (target.kind === 'recall') {
      item.command = recallCommand(target, contextValue);
      return;
    }
    if (target.kind === 'attached') {
      const uri = vscode.Uri.joinPath(vscode.Uri.file(target.root), STORE_FOLDER, target.path);
      item.command = { command: 'vscode.open', title: t('Open'), arguments: [uri] };
    }
    if (target.kind !== 'memory' && target.kind !== 'outside') return;
    const folder = app.folder(target.folder);
    if (!folder || contextValue === 'outside removed') return;
    const uri = folder.fileUri(target.path);
    item.resourceUri = uri;
    item.command = { command: 'vscode.open', title: vscode.l10n.t('Open'), arguments: [uri] };
  };
  return new NodeTree({ build, decorate, visible });
}
