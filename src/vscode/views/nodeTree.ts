import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import { coalesce, type Coalesced } from '../capture/coalesce';
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

export interface NodeTreeParts {
  /** All rows as they are now. */
  readonly build: () => Promise<readonly ViewNode[]>;
  readonly decorate: DecorateItem;
  /** Whether somebody sees the tree: nothing is built for one that is hidden. */
  readonly visible: () => boolean;
}

/**
 * A tree provider over rows that are built anew at each refresh. VS Code is told only of rows that became others: a tree
 * that it draws anew loses its hover, and can take the focus from what just opened. A failure to build the rows is
 * reported and leaves those of before.
 */
export class NodeTree implements vscode.TreeDataProvider<ViewNode> {
  readonly #changed = new vscode.EventEmitter<ViewNode | undefined>();
  readonly #parts: NodeTreeParts;
  readonly #reading: Coalesced<void>;
  #rows: Promise<readonly ViewNode[]> | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(parts: NodeTreeParts) {
    this.#parts = parts;
    this.#reading = coalesce(() => this.#read());
  }

  refresh(): void {
    if (this.#rows === undefined || !this.#parts.visible()) this.#show(undefined);
    else void this.#reading.run();
  }

  getTreeItem(node: ViewNode): vscode.TreeItem {
    const item = treeItem(node);
    this.#parts.decorate(item, node);
    return item;
  }

  async getChildren(node?: ViewNode): Promise<ViewNode[]> {
    if (node) return [...node.children];
    this.#rows ??= this.#parts.build();
    return [...(await this.#rows)];
  }

  /** Never rejects: whoever draws the rows is told of a failure. */
  async #read(): Promise<void> {
    const shown = this.#rows;
    const built = this.#parts.build();
    const [before, now] = await Promise.allSettled([shown, built]);
    const isSame =
      before.status === 'fulfilled' && now.status === 'fulfilled' && isDeepStrictEqual(before.value, now.value);
    // Whoever put others in their place meanwhile has told of it.
    if (!isSame && this.#rows === shown) this.#show(built);
  }

  #show(rows: Promise<readonly ViewNode[]> | undefined): void {
    this.#rows = rows;
    this.#changed.fire(undefined);
  }
}
