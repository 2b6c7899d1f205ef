import * as vscode from 'vscode';
import { plainRow } from '../plainWords';
import type { ViewNode } from './viewNode';

/** Adds what only VS Code knows: links, file icons, commands. */
export type DecorateItem = (item: vscode.TreeItem, node: ViewNode) => void;

function treeItem(node: ViewNode): vscode.TreeItem {
  const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  const state = node.children.length === 0 ? None : node.expanded === true ? Expanded : Collapsed;
  const item = new vscode.TreeItem(plainRow(node.label), state);
  item.id = node.id;
  item.contextValue = node.contextValue;
  if (node.description !== undefined) item.description = plainRow(node.description);
  item.tooltip = plainRow(node.tooltip ?? node.label);
  if (node.icon) {
    const color = node.icon.color === undefined ? undefined : new vscode.ThemeColor(node.icon.color);
    item.iconPath = new vscode.ThemeIcon(node.icon.name, color);
  }
  item.accessibilityInformation = {
    label: node.accessibleLabel ?? [node.label, node.description ?? ''].filter((text) => text !== '').join(', '),
  };
  return item;
}

/**
 * A tree provider over rows that are built anew at each refresh. A failure to build them is reported and leaves the
 * rows of before.
 */
export class NodeTree implements vscode.TreeDataProvider<ViewNode> {
  readonly #changed = new vscode.EventEmitter<ViewNode | undefined>();
  readonly #build: () => Promise<readonly ViewNode[]>;
  readonly #decorate: DecorateItem;
  #rows: Promise<readonly ViewNode[]> | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(build: () => Promise<readonly ViewNode[]>, decorate: DecorateItem) {
    this.#build = build;
    this.#decorate = decorate;
  }

  refresh(): void {
    this.#rows = undefined;
    this.#changed.fire(undefined);
  }

  getTreeItem(node: ViewNode): vscode.TreeItem {
    const item = treeItem(node);
    this.#decorate(item, node);
    return item;
  }

  async getChildren(node?: ViewNode): Promise<ViewNode[]> {
    if (node) return [...node.children];
    this.#rows ??= this.#build();
    return [...(await this.#rows)];
  }
}
