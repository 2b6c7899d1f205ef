import type { ChangeId, DreamId, HunkId } from '../../core/review/proposal';

/** What a lens, a link, a tree row or a test names: ids and a place, because objects and indices go stale. */
export interface ReviewArguments {
  readonly folder: string;
  readonly dream: DreamId;
  readonly change?: ChangeId;
  readonly hunk?: HunkId;
  /** 0-based line of the memory at which the part starts: still true when its text was edited since the lens was drawn. */
  readonly at?: number;
}

/** Where a quote is to be shown. */
export interface SessionArguments {
  readonly folder: string;
  readonly session: string;
  readonly entry?: string;
  readonly quote?: string;
}

type Fields = Readonly<Record<string, unknown>>;

const MAX_ID = 200;

function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null ? (value as Fields) : undefined;
}

function text(fields: Fields, key: string, limit = MAX_ID): string | undefined {
  const value = fields[key];
  return typeof value === 'string' && value !== '' && value.length <= limit ? value : undefined;
}

/** The ids in a command argument, or in the `target` of a tree row; undefined where there are none. */
export function readReviewArguments(argument: unknown): ReviewArguments | undefined {
  const outer = fieldsOf(argument);
  if (outer === undefined) return undefined;
  const fields = fieldsOf(outer['target']) ?? outer;
  const folder = text(fields, 'folder');
  const dream = text(fields, 'dream');
  if (folder === undefined || dream === undefined) return undefined;
  const change = text(fields, 'change');
  const hunk = text(fields, 'hunk');
  const at = fields['at'];
  return {
    folder,
    dream: dream as DreamId,
    ...(change === undefined ? {} : { change: change as ChangeId }),
    ...(hunk === undefined ? {} : { hunk: hunk as HunkId }),
    ...(typeof at === 'number' && Number.isSafeInteger(at) && at >= 0 ? { at } : {}),
  };
}

/** All rows that a tree command means: the selection if the clicked row is part of it, else the clicked row. */
export function readSelection(args: readonly unknown[]): readonly ReviewArguments[] {
  const [clicked, selection] = args;
  const rows: readonly unknown[] = Array.isArray(selection) && selection.includes(clicked) ? selection : [clicked];
  return rows.map(readReviewArguments).filter((row) => row !== undefined);
}

/** The session and entry in a command argument, or in the `target` of a tree row. */
export function readSessionArguments(argument: unknown): SessionArguments | undefined {
  const outer = fieldsOf(argument);
  if (outer === undefined) return undefined;
  const fields = fieldsOf(outer['target']) ?? outer;
  const folder = text(fields, 'folder');
  const session = text(fields, 'session');
  if (folder === undefined || session === undefined) return undefined;
  const entry = text(fields, 'entry');
  const quote = text(fields, 'quote', 20_000);
  return { folder, session, ...(entry === undefined ? {} : { entry }), ...(quote === undefined ? {} : { quote }) };
}
