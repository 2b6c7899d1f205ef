import * as vscode from 'vscode';
import { outsideChanges } from '../../core/memory/outside';
import { readStore } from '../../core/memory/store';
import type { App, MemoryFolder } from '../app';
import { actorsOf } from '../folders/acceptance';
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
  return { ...base, initialized: true, memories, problems, outside, budget: index };
}

/** The Memory view: the store as a tree. Memories open as the plain Markdown files they are. */
export function createMemoryTree(app: App): NodeTree {
  const build = async () =>
    memoryRows(await Promise.all(app.folders.map((folder) => readFolder(app, folder))), vscode.l10n.t);
  return new NodeTree(build, (item, { target, contextValue }) => {
    if (target.kind !== 'memory' && target.kind !== 'outside') return;
    const folder = app.folder(target.folder);
    if (!folder || contextValue === 'outside removed') return;
    const uri = folder.fileUri(target.path);
    item.resourceUri = uri;
    item.command = { command: 'vscode.open', title: vscode.l10n.t('Open'), arguments: [uri] };
  });
}
