import * as vscode from 'vscode';
import { outsideChanges } from '../../core/memory/outside';
import { readStore } from '../../core/memory/store';
import { readProof } from '../../core/recall/readProof';
import { readUsage } from '../../core/recall/readUsage';
import { listSessions } from '../../core/sessions/sessionFiles';
import type { App, FolderPorts, MemoryFolder } from '../app';
import { actorsOf } from '../folders/acceptance';
import { formatTime, shortTime } from '../formatTime';
import { shellCommands } from '../ids';
import { proofWords } from '../recall/recallWords';
import { memoryRows, type MemoryInput } from './memoryModel';
import { NodeTree } from './nodeTree';

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

/** What captured sessions tell of recall. */
async function readRecall(ports: FolderPorts): Promise<Pick<MemoryInput, 'usage' | 'recall'>> {
  const sessions = await listSessions(ports);
  const proof = await readProof(ports, sessions);
  return {
    usage: await readUsage(ports, sessions),
    recall: proofWords(proof, { t: vscode.l10n.t, time: shortTime }),
  };
}

/** The Memory view: the store as a tree. Memories open as the plain Markdown files they are. */
export function createMemoryTree(app: App): NodeTree {
  const build = async () =>
    memoryRows(await Promise.all(app.folders.map((folder) => readFolder(app, folder))), vscode.l10n.t, formatTime);
  return new NodeTree(build, (item, { target, contextValue }) => {
    if (target.kind === 'recall') {
      item.command = { command: shellCommands.showImpact, title: vscode.l10n.t('Impact') };
      return;
    }
    if (target.kind !== 'memory' && target.kind !== 'outside') return;
    const folder = app.folder(target.folder);
    if (!folder || contextValue === 'outside removed') return;
    const uri = folder.fileUri(target.path);
    item.resourceUri = uri;
    item.command = { command: 'vscode.open', title: vscode.l10n.t('Open'), arguments: [uri] };
  });
}
