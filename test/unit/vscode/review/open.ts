import { computeHunks } from '../../../../src/core/review/hunks';
import type { OpenFile } from '../../../../src/core/review/openFile';
import type { OpenChange, OpenProposal } from '../../../../src/core/review/openProposals';
import type { Change } from '../../../../src/core/review/proposal';
import { nodeHasher } from '../../../fakes/fakePorts';
import { dreamId } from '../../core/review/dreamt';

/** A change as the review sees it, with its files as the dream saw them. */
export function openChange(change: Change, more: Partial<OpenChange> = {}): OpenChange {
  const open = (edit: Change['files'][number]): OpenFile => {
    const current = edit.before ?? '';
    return {
      path: edit.path,
      ...(edit.from === undefined ? {} : { from: edit.from }),
      current,
      draft: edit.after,
      hunks: computeHunks({ change: change.id, current, draft: edit.after }, nodeHasher()),
      base: edit.before,
      disk: { text: edit.before, sha256: null, lossy: false },
      edited: false,
    };
  };
  const [first, ...rest] = change.files;
  const files: [OpenFile, ...OpenFile[]] = [open(first), ...rest.map(open)];
  const openHunks = files.reduce((sum, file) => sum + file.hunks.length, 0);
  return { change, status: 'pending', files, openHunks, ...more };
}

/** A proposal with these changes. */
export function openProposal(changes: readonly OpenChange[], more: Partial<OpenProposal> = {}): OpenProposal {
  const id = dreamId('dreama');
  const createdAt = '2026-11-20T03:00:00.000Z';
  return {
    proposal: { format: 1, id, createdAt, changes: changes.map(({ change }) => change), dismissed: [] },
    record: {
      format: 1,
      id,
      status: 'completed',
      engine: 'offline',
      createdAt,
      sessions: ['s1'],
      trigger: 'command',
      costUsd: 0,
    },
    changes,
    pending: changes.filter(({ status }) => status !== 'accepted' && status !== 'rejected').length,
    ...more,
  };
}
