import type { Proposal } from '../../src/core/review/proposal';

/** What a child process is to dream over. */
export interface ChildOrder {
  readonly workspaceRoot: string;
  readonly userFolder: string;
  readonly url: string;
  readonly engine: 'claude' | 'claude-batch';
}

/** How its dream ended; the changes as `contentOf` tells them. */
export interface ChildReport {
  readonly kind: string;
  readonly changes: readonly string[];
  readonly error?: string;
}

/** All that a proposal says, without the ids that it was given. */
export function contentOf({ changes }: Proposal): readonly string[] {
  return changes.map((change) => JSON.stringify({ ...change, id: '' }));
}
