import type { CorePorts } from '../ports';
import { forgetRejections, writeReview } from './commitDecision';
import type { DecisionResult } from './decision';
import { sameLines } from './lines';
import { readDisk } from './openFile';
import type { PlannedWrite } from './plan';
import { rebase } from './rebase';
import type { DraftState, DraftStep, ReadReview, StoreStep } from './reviewFile';

type Undone<T> = { readonly kind: 'value'; readonly value: T } | { readonly kind: 'conflict'; readonly path: string };

/**
 * Takes back the last decision of this review in one crash-safe step. Files that moved on since are merged three-way;
 * where that cannot be done cleanly nothing is written and the result says which file it was.
 */
export async function undoDecision(ports: CorePorts, read: ReadReview): Promise<DecisionResult> {
  const decision = read.review.decisions.at(-1);
  if (decision?.undo === undefined) return { kind: 'nothing', left: [] };
  const store = await undoStore(ports, decision.undo.store);
  if (store.kind === 'conflict') return store;
  const drafts = undoDrafts(read, decision.undo.drafts);
  if (drafts.kind === 'conflict') return drafts;
  const { dream } = read.review;
  const changes = decision.parts.map(({ change }) => change);
  const [only, ...others] = decision.parts;
  const single = others.length === 0 ? only : undefined;
  await writeReview(ports, read, {
    review: {
      ...read.review,
      files: { ...read.review.files, ...drafts.value },
      decisions: read.review.decisions.slice(0, -1),
    },
    writes: store.value,
    event: {
      actor: 'user',
      action: 'undo',
      dream,
      ...(single === undefined ? {} : { change: single.change }),
      ...(single === undefined || single.hunks.length === 0 ? {} : { hunks: single.hunks }),
      note: `${decision.verdict} ${decision.at}`,
      evidence: [],
    },
  });
  await forgetRejections(ports, dream, decision);
  return { kind: 'done', dream, changes, written: store.value.map(({ path }) => path), left: [] };
}

async function undoStore(ports: CorePorts, steps: readonly StoreStep[]): Promise<Undone<readonly PlannedWrite[]>> {
  const writes: PlannedWrite[] = [];
  for (const { path, before, after } of [...steps].reverse()) {
    const disk = await readDisk(ports, path);
    const restored = disk.lossy ? undefined : restore({ before, after, now: disk.text });
    if (restored === undefined) return { kind: 'conflict', path };
    if (restored.text !== disk.text) {
      writes.push({ path, expected: disk.sha256, before: disk.text, after: restored.text });
    }
  }
  return { kind: 'value', value: writes };
}

/** What a file must become so that the step `before` → `after` is undone in it, or undefined in a conflict. */
function restore(step: {
  readonly before: string | null;
  readonly after: string | null;
  readonly now: string | null;
}): { readonly text: string | null } | undefined {
  const { before, after, now } = step;
  if (now === after || now === before) return { text: before };
  if (before === null || after === null || now === null) return undefined;
  const rebased = rebase({ base: after, current: now, draft: before });
  return rebased.kind === 'clean' ? { text: rebased.text } : undefined;
}

function undoDrafts(read: ReadReview, steps: readonly DraftStep[]): Undone<Readonly<Record<string, DraftState>>> {
  const files: Record<string, DraftState> = {};
  for (const { path, before, after } of steps) {
    const now = read.review.files[path] ?? after;
    if (sameLines(now.draft, after.draft)) {
      files[path] = { ...before, edited: before.edited || now.edited };
      continue;
    }
    const merged = rebase({ base: after.draft, current: now.draft, draft: before.draft });
    if (merged.kind === 'conflict') return { kind: 'conflict', path };
    files[path] = { base: before.base, draft: merged.text, edited: true };
  }
  return { kind: 'value', value: files };
}
