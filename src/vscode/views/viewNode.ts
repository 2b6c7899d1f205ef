/** What a row of a view stands for: ids only, so that it can travel as a command argument. */
export type NodeTarget =
  | { readonly kind: 'none' }
  | { readonly kind: 'folder'; readonly folder: string }
  | { readonly kind: 'recall'; readonly folder: string }
  | { readonly kind: 'memory'; readonly folder: string; readonly path: string }
  | { readonly kind: 'outside'; readonly folder: string; readonly path: string }
  | { readonly kind: 'attachedStore'; readonly store: string }
  | {
      readonly kind: 'attached';
      readonly store: string;
      /** Absolute path of the folder that holds the store. */
      readonly root: string;
      readonly path: string;
      /** SHA-256 of the file as it was shown. */
      readonly sha256: string;
    }
  | { readonly kind: 'session'; readonly folder: string; readonly session: string };

/** A row of a tree view, with everything below it. Built by pure functions; the provider only translates it. */
export interface ViewNode {
  /** Unique in the view and stable across refreshes, so that selection and expansion survive. */
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  /** Plain text. */
  readonly tooltip?: string;
  /** A codicon, optionally in a theme colour. */
  readonly icon?: { readonly name: string; readonly color?: string };
  /** What a screen reader says, where label and description are not enough. */
  readonly accessibleLabel?: string;
  /** Flags for the `viewItem` clauses of the manifest. */
  readonly contextValue: string;
  readonly target: NodeTarget;
  readonly children: readonly ViewNode[];
  /** Shown open at first. */
  readonly expanded?: boolean;
}

/** Code-unit order: the same everywhere, whatever the locale. */
export function byText<T>(text: (item: T) => string): (a: T, b: T) => number {
  return (a, b) => {
    const [left, right] = [text(a), text(b)];
    return left < right ? -1 : left > right ? 1 : 0;
  };
}
