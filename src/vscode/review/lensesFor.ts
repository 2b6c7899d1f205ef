import type { Hunk } from '../../core/review/hunks';
import type { OpenChange } from '../../core/review/openProposals';
import type { ChangeKind } from '../../core/review/proposal';
import { isOpen } from '../../core/review/openProposals';
import { isWhole } from '../../core/review/openFile';
import { isSkillWorthy } from '../../core/skills/skillStrength';
import { reviewCommands } from '../ids';
import type { Translate } from '../translate';
import type { ReviewArguments } from './reviewArguments';
import { shortWarning, warningIcon } from './warningWords';
import { plainLabel } from '../plainWords';

/** One lens, before VS Code. `command` is '' for a lens that only tells. */
export interface Lens {
  /** 0-based line of the right side. */
  readonly line: number;
  readonly title: string;
  readonly command: string;
  readonly arguments: readonly ReviewArguments[];
  readonly tooltip?: string;
}

/** All that the lenses of one right-hand document follow from. */
export interface LensState {
  /** The user's own setting. */
  readonly enabled: boolean;
  readonly change: OpenChange;
  /** Path of this document in the store. */
  readonly path: string;
  /** Hunks of the text in the editor, which may be ahead of the store. */
  readonly hunks: readonly Hunk[];
  /** Lines in the editor. */
  readonly lineCount: number;
  readonly target: ReviewArguments;
}

/** The lenses of a document, in the order in which they stand. A pure function of its state. */
export function lensesFor(state: LensState, t: Translate): readonly Lens[] {
  if (!state.enabled) return [];
  const { change } = state;
  const last = Math.max(0, state.lineCount - 1);
  const place = (line: number, action: Action): Lens => ({ ...action, line: Math.min(line, last) });
  const top = state.hunks[0]?.newStart ?? 0;
  const notes = noteActions(state, t).map((action) => place(top, action));
  if (change.status === 'conflict') return [...conflictActions(state, t).map((action) => place(top, action)), ...notes];
  if (isWhole(change.change)) return [...wholeActions(state, t).map((action) => place(top, action)), ...notes];
  const perHunk = state.hunks.flatMap((hunk, index) => {
    const actions = [...hunkActions(state, hunk, t), ...(index === 0 ? fileActions(state, t) : [])];
    return actions.map((action) => place(hunk.newStart, action));
  });
  return state.hunks.length === 0 ? [] : [...perHunk, ...notes];
}

type Action = Omit<Lens, 'line'>;

function hunkActions(state: LensState, hunk: Hunk, t: Translate): readonly Action[] {
  const args = [{ ...state.target, hunk: hunk.id, at: hunk.oldStart }];
  const removed = hunk.oldLines.length;
  const accept =
    hunk.newLines.length > 0
      ? t('$(check) Accept')
      : removed === 1
        ? t('$(check) Accept Removal (1 line)')
        : t('$(check) Accept Removal ({0} lines)', removed);
  return [
    { title: accept, command: reviewCommands.acceptHunk, arguments: args, tooltip: t('Put this part into memory') },
    {
      title: t('$(close) Reject'),
      command: reviewCommands.rejectHunk,
      arguments: args,
      tooltip: t('Drop this part and remember that it was not wanted'),
    },
    {
      title: t('$(question) Why'),
      command: reviewCommands.showWhy,
      arguments: args,
      tooltip: t('Show what this rests on'),
    },
  ];
}

function fileActions(state: LensState, t: Translate): readonly Action[] {
  const count = state.hunks.length;
  const args = [state.target];
  const next = { title: t('Next Change'), command: reviewCommands.nextChange, arguments: args };
  if (count < 2) return [next];
  return [
    { title: t('Accept All ({0})', count), command: reviewCommands.acceptChange, arguments: args },
    { title: t('Reject All'), command: reviewCommands.rejectChange, arguments: args },
    next,
  ];
}

function wholeActions(state: LensState, t: Translate): readonly Action[] {
  const { change, target } = state;
  const [deciding, ...others] = change.files;
  if (!isOpen(change.status)) {
    const said = change.status === 'accepted' ? t('Accepted') : t('Rejected');
    return [{ title: said, command: '', arguments: [] }];
  }
  const kind = kindName(change.change.kind, t);
  if (deciding.path !== state.path) {
    const name = plainLabel(baseName(deciding.path));
    const title =
      change.change.kind === 'merge'
        ? t('Moves into {0} with its merge: accept or reject there', name)
        : t('Belongs to {0}: accept or reject there', name);
    return [{ title, command: '', arguments: [] }];
  }
  const files =
    others.length === 0
      ? t('$(check) Accept {0}', kind)
      : t('$(check) Accept {0} ({1} files)', kind, others.length + 1);
  const args = [target];
  return [
    { title: files, command: reviewCommands.acceptChange, arguments: args },
    { title: t('$(close) Reject {0}', kind), command: reviewCommands.rejectChange, arguments: args },
    { title: t('$(question) Why'), command: reviewCommands.showWhy, arguments: args },
    { title: t('Next Change'), command: reviewCommands.nextChange, arguments: args },
  ];
}

function conflictActions(state: LensState, t: Translate): readonly Action[] {
  const { change, target } = state;
  if (isWhole(change.change) && change.files[0].path !== state.path) return wholeActions(state, t);
  const args = [target];
  return [
    {
      title: t('$(warning) The memory changed since the dream'),
      command: reviewCommands.compareWithBase,
      arguments: args,
      tooltip: t('Show what changed in the memory since the dream read it'),
    },
    {
      title: t('Review Against Current'),
      command: reviewCommands.reviewAgainstCurrent,
      arguments: args,
      tooltip: t('Put the draft on top of the memory as it is now and decide each difference'),
    },
    { title: t('$(close) Reject'), command: reviewCommands.rejectChange, arguments: args },
    { title: t('$(question) Why'), command: reviewCommands.showWhy, arguments: args },
  ];
}

function noteActions({ change, path, target }: LensState, t: Translate): readonly Action[] {
  if (!isOpen(change.status) || change.files[0].path !== path) return [];
  const { warnings } = change.change;
  const kind = warnings[0]?.kind;
  const warned: readonly Action[] =
    kind === undefined
      ? []
      : [
          {
            title: `$(${warningIcon(kind)}) ${[...new Set(warnings.map((one) => shortWarning(one.kind, t)))].join(', ')}`,
            command: reviewCommands.showWhy,
            arguments: [target],
            tooltip: warnings.map(({ message }) => message).join('\n'),
          },
        ];
  const covered: readonly Action[] =
    change.coveredBy === undefined
      ? []
      : [{ title: t('A newer dream changes this file too'), command: '', arguments: [] }];
  const skill: readonly Action[] = isSkillWorthy(change.change, change.files[0].draft)
    ? [
        {
          title: t('$(tools) Export as Skill…'),
          command: reviewCommands.exportSkill,
          arguments: [target],
          tooltip: t(
            'This workflow is strong enough for a skill of Claude Code. It is shown before anything is written.',
          ),
        },
      ]
    : [];
  return [...warned, ...covered, ...skill];
}

/** The name of a kind of change, as it stands behind "Accept". */
export function kindName(kind: ChangeKind, t: Translate): string {
  switch (kind) {
    case 'add':
      return t('New Memory');
    case 'update':
      return t('Update');
    case 'merge':
      return t('Merge');
    case 'split':
      return t('Split');
    case 'archive':
      return t('Archive');
    case 'restore':
      return t('Restore');
    case 'promote':
      return t('Promotion');
    case 'demote':
      return t('Demotion');
    case 'rescope':
      return t('Move');
  }
}

/** The file name in a store path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
