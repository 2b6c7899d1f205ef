import type { Touched } from '../../core/recall/connect/record';
import type { SettingsRecord, SettingsRefusal } from '../../core/recall/connect/settingsText';
import { createHasher } from '../hasher';
import { recordsOf, type Surroundings, type Target } from './connectionPlace';
import { missingFolders, readEditable, type FileRefusal } from './settingsFile';

/** A file that is left alone, and why; `not-ours`: a person's own file stands where ours would; `not-there`: nothing to add to. */
export interface Refusal {
  readonly path: string;
  readonly reason: FileRefusal | SettingsRefusal | 'not-ours' | 'not-there';
}

/** A file on its way: as it is, and as it shall be. */
export interface Draft {
  readonly target: Target;
  readonly current: string | null;
  readonly after: string | null;
  readonly touched?: Touched;
}

export type Drafted = Draft | Refusal;

interface LeftAlone {
  readonly reason: Refusal['reason'];
}

/** How ours is taken out of a file, and what is put in. */
export interface Steps {
  readonly without: (text: string) => string | null | LeftAlone;
  readonly wanted: (
    base: string | null,
  ) => { readonly text: string | null; readonly record?: SettingsRecord } | LeftAlone;
}

const hasher = createHasher();

/** Reads the file, takes ours out, puts what is wanted in. */
export async function draftOf(around: Surroundings, target: Target, { without, wanted }: Steps): Promise<Drafted> {
  const read = await readEditable(target.path, target.within);
  if (read.kind === 'refused') return { path: target.path, reason: read.reason };
  const base = read.text === null ? null : without(read.text);
  if (base !== null && typeof base === 'object') return { path: target.path, reason: base.reason };
  const next = wanted(base);
  if ('reason' in next) return { path: target.path, reason: next.reason };
  const draft = { target, current: read.text, after: next.text };
  if (next.text === null || next.text === base) return draft;
  const [known] = recordsOf(around, target);
  const folders = base === null ? (read.text === null ? await missingFolders(target.path) : known?.folders) : undefined;
  const touched: Touched = {
    kind: target.kind,
    ...(target.name === undefined ? {} : { name: target.name }),
    before: base === null ? null : hasher.sha256(base),
    after: hasher.sha256(next.text),
    inverse: [...(next.record?.inverse ?? [])],
    ...(next.record === undefined ? {} : { deny: [...next.record.deny], values: { ...next.record.values } }),
    ...(folders === undefined ? {} : { folders }),
  };
  return { ...draft, touched };
}
