import type { NodeTarget } from './viewNode';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** Reads a target from a command argument: a row of a view, or the target itself (a link, another extension). */
function targetOf(argument: unknown): NodeTarget | undefined {
  if (!isRecord(argument)) return undefined;
  const candidate = isRecord(argument['target']) ? argument['target'] : argument;
  const text = (key: string): string | undefined => (typeof candidate[key] === 'string' ? candidate[key] : undefined);
  if (candidate['kind'] === 'attached' || candidate['kind'] === 'attachedStore')
    return attachedOf(candidate['kind'], text);
  const folder = text('folder');
  if (folder === undefined) return undefined;
  const path = text('path');
  const session = text('session');
  switch (candidate['kind']) {
    case 'folder':
    case 'recall':
      return { kind: candidate['kind'], folder };
    case 'memory':
    case 'outside':
      return path === undefined ? undefined : { kind: candidate['kind'], folder, path };
    case 'session':
      return session === undefined ? undefined : { kind: 'session', folder, session };
    default:
      return undefined;
  }
}

function attachedOf(
  kind: 'attached' | 'attachedStore',
  text: (key: string) => string | undefined,
): NodeTarget | undefined {
  const [store, root, path, sha256] = [text('store'), text('root'), text('path'), text('sha256')];
  if (store === undefined) return undefined;
  if (kind === 'attachedStore') return { kind, store };
  if (root === undefined || path === undefined || sha256 === undefined) return undefined;
  return { kind, store, root, path, sha256 };
}

/**
 * What a command from a tree acts on: all selected rows where the clicked one is among them (VS Code passes the clicked
 * row, then the selection), else the one argument. Empty when the command came from the palette.
 */
export function targetsOf(args: readonly unknown[]): readonly NodeTarget[] {
  const [clicked, selection] = args;
  const rows: readonly unknown[] = Array.isArray(selection) && selection.length > 0 ? selection : [clicked];
  return rows.flatMap((row) => targetOf(row) ?? []);
}
