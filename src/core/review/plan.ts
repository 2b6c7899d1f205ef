import type { Evidence } from '../dream/finding';
import { applyHunks, revertHunk } from './applyHunks';
import type { Refusal } from './decision';
import { computeHunks, type Hunk } from './hunks';
import { isWhole, type OpenFile } from './openFile';
import type { OpenChange } from './openProposals';
import type { HunkId, Verdict } from './proposal';
import type { DecidedPart, DraftStep, StoreStep } from './reviewFile';
import { textRefusal } from './textRefusal';
import { parseMemory } from '../memory/codec';
import type { CorePorts } from '../ports';

/** One file of the store to write: `after` null takes it away as the source of a move. */
export interface PlannedWrite extends StoreStep {
  /** SHA-256 of what stands there now, null for nothing. */
  readonly expected: string | null;
}

/** What a decision about one change will do. Pure data; nothing has happened yet. */
export interface Plan {
  readonly part: DecidedPart;
  readonly writes: readonly PlannedWrite[];
  readonly drafts: readonly DraftStep[];
  /** True if words of the reviewer are among what is accepted. */
  readonly byHand: boolean;
}

type PlanPorts = Pick<CorePorts, 'hasher' | 'text' | 'redactor'>;

export type Planned =
  | { readonly kind: 'plan'; readonly plan: Plan }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'conflict'; readonly path: string }
  | ({ readonly kind: 'refused' } & Refusal);

/** Plans to accept or reject a change, or one hunk of it. A hunk of a change that is decided whole means the whole. */
export function planDecision(
  change: OpenChange,
  verdict: Verdict,
  hunk: HunkId | undefined,
  ports: PlanPorts,
): Planned {
  const whole = isWhole(change.change);
  const picked = whole ? undefined : hunk;
  if (whole ? change.status !== 'pending' && change.status !== 'conflict' : nothingOpen(change, picked)) {
    return { kind: 'nothing' };
  }
  const conflicted = change.files.find((file) => file.conflict !== undefined);
  if (conflicted !== undefined && (verdict === 'accepted' || picked !== undefined)) {
    return { kind: 'conflict', path: conflicted.path };
  }
  return verdict === 'accepted' ? planAccept(change, picked, ports) : planReject(change, picked);
}

function nothingOpen(change: OpenChange, hunk: HunkId | undefined): boolean {
  const [file] = change.files;
  if (hunk !== undefined) return !file.hunks.some(({ id }) => id === hunk);
  return file.hunks.length === 0 && file.conflict === undefined;
}

function chosenOf(file: OpenFile, hunk: HunkId | undefined): readonly Hunk[] {
  return hunk === undefined ? file.hunks : file.hunks.filter(({ id }) => id === hunk);
}

function planAccept(change: OpenChange, hunk: HunkId | undefined, ports: PlanPorts): Planned {
  const writes: PlannedWrite[] = [];
  const drafts: DraftStep[] = [];
  let byHand = false;
  for (const file of change.files) {
    const chosen = chosenOf(file, hunk);
    const text = applyHunks(file.current, chosen);
    const refusal = textRefusal({ after: text, before: file.current }, ports);
    if (refusal !== undefined) return { kind: 'refused', path: file.path, ...refusal };
    byHand ||= file.edited && hasOwnWords(change, file, chosen, ports);
    const parsed = parseMemory(file.path, ports.text.encode(text), ports);
    if (!parsed.ok)
      return { kind: 'refused', reason: 'invalid-memory', path: file.path, detail: parsed.problem.reason };
    writes.push(...writesOf(file, text));
    drafts.push({ path: file.path, before: stateOf(file), after: { ...stateOf(file), base: text } });
  }
  const part = { change: change.change.id, hunks: hunk === undefined ? [] : [hunk] };
  return { kind: 'plan', plan: { part, writes, drafts, byHand } };
}

function writesOf(file: OpenFile, text: string): readonly PlannedWrite[] {
  const { text: before, sha256: expected } = file.disk;
  if (file.from !== undefined) {
    return [
      { path: file.from, expected, before, after: null },
      { path: file.path, expected: null, before: null, after: text },
    ];
  }
  return text === before ? [] : [{ path: file.path, expected, before, after: text }];
}

function planReject(change: OpenChange, hunk: HunkId | undefined): Planned {
  const drafts = change.files.map((file): DraftStep => {
    const before = stateOf(file);
    const [chosen] = hunk === undefined ? [] : chosenOf(file, hunk);
    if (chosen !== undefined)
      return { path: file.path, before, after: { ...before, draft: revertHunk(file.draft, chosen) } };
    return { path: file.path, before, after: { ...before, base: file.disk.text, draft: file.current } };
  });
  const part = { change: change.change.id, hunks: hunk === undefined ? [] : [hunk] };
  return { kind: 'plan', plan: { part, writes: [], drafts, byHand: false } };
}

function stateOf(file: OpenFile): DraftStep['before'] {
  return { base: file.base, draft: file.draft, edited: file.edited };
}

/** True if one of the hunks is none that the dream proposed. */
function hasOwnWords(change: OpenChange, file: OpenFile, chosen: readonly Hunk[], ports: PlanPorts): boolean {
  const edit = change.change.files.find(({ path }) => path === file.path);
  if (edit === undefined) return true;
  const proposed = computeHunks(
    { change: change.change.id, current: edit.before ?? '', draft: edit.after },
    ports.hasher,
  );
  const ids = new Set(proposed.map(({ id }) => id));
  return chosen.some(({ id }) => !ids.has(id));
}

/** The evidence that goes into the journal with a plan. */
export function evidenceOf(change: OpenChange, plan: Plan, at: string): readonly Evidence[] {
  return plan.byHand ? [...change.change.evidence, { kind: 'by-hand', at }] : change.change.evidence;
}
