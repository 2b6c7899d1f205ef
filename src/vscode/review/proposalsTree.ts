import * as vscode from 'vscode';
import { formatTime } from '../formatTime';
import { reviewCommands } from '../ids';
import { proposalRows, type ProposalRow } from './proposalsModel';
import type { ReviewModel } from './reviewModel';
import { plainRow } from '../plainWords';

/** The Proposals view: what waits for a decision, by dream. */
export class ProposalsTree implements vscode.TreeDataProvider<ProposalRow>, vscode.Disposable {
  readonly #model: ReviewModel;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;
  #rows: readonly ProposalRow[] = [];
  #parents = new Map<string, ProposalRow>();

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(model: ReviewModel) {
    this.#model = model;
    this.#build();
    this.#subscription = model.onDidChange(() => {
      this.#build();
      this.#changed.fire();
    });
  }

  /** The row of a change, for `reveal`. */
  row(id: string): ProposalRow | undefined {
    const below = (rows: readonly ProposalRow[]): readonly ProposalRow[] =>
      rows.flatMap((row) => [row, ...below(row.children)]);
    return below(this.#rows).find((row) => row.id === id);
  }

  getTreeItem(row: ProposalRow): vscode.TreeItem {
    const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
    const state = row.children.length === 0 ? None : row.kind === 'change' ? Collapsed : Expanded;
    const item = new vscode.TreeItem(plainRow(row.label), state);
    item.id = row.id;
    item.description = plainRow(row.description);
    item.tooltip = plainRow(row.tooltip);
    item.iconPath = new vscode.ThemeIcon(
      row.icon,
      row.color === undefined ? undefined : new vscode.ThemeColor(row.color),
    );
    item.contextValue = row.contextValue;
    item.accessibilityInformation = { label: row.accessibleLabel };
    if (row.kind === 'change' || row.kind === 'file') {
      item.command = {
        command: reviewCommands.openChange,
        title: vscode.l10n.t('Open Change'),
        arguments: [row.target],
      };
    }
    return item;
  }

  getChildren(row?: ProposalRow): ProposalRow[] {
    return [...(row?.children ?? this.#rows)];
  }

  getParent(row: ProposalRow): ProposalRow | undefined {
    return this.#parents.get(row.id);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  #build(): void {
    const inputs = this.#model.all.map(({ folder, proposals }) => ({
      folder: { id: folder.id, name: folder.name },
      proposals,
    }));
    this.#rows = proposalRows(inputs, { t: vscode.l10n.t, formatTime });
    this.#parents = new Map();
    const adopt = (parent: ProposalRow): void => {
      for (const child of parent.children) {
        this.#parents.set(child.id, parent);
        adopt(child);
      }
    };
    this.#rows.forEach(adopt);
  }
}
