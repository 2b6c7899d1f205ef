import type { DreamId } from '../../core/review/proposal';

/** The schemes of the virtual documents. Both sides of a diff have the same path, so that it is no rename. */
export const schemes = {
  /** The memory as it is: left, read-only. */
  current: 'agent-dreams-current',
  /** The draft: right, editable. */
  proposed: 'agent-dreams-proposed',
  /** The memory as the dream saw it: for looking into a conflict. */
  base: 'agent-dreams-base',
} as const;

export type ReviewScheme = (typeof schemes)[keyof typeof schemes];

/** The language of review documents; the manifest gives it to every path with the marker. */
export const reviewLanguage = 'agent-dreams-proposal';

const REVIEW_MARKER = 'agent-dreams-review';
const ID = /^[0-9a-zA-Z_-]{1,64}$/;

/** What a review document shows. */
export interface ReviewPlace {
  readonly folder: string;
  readonly dream: DreamId;
  /** Relative to the store. */
  readonly path: string;
}

/** The path of a review document: `/agent-dreams-review/<folder>/<dream>/<path>`. */
export function reviewUriPath(place: ReviewPlace): string {
  return `/${REVIEW_MARKER}/${place.folder}/${place.dream}/${place.path}`;
}

/** What the path of a review document means; undefined for any other path. */
export function parseReviewUriPath(uriPath: string): ReviewPlace | undefined {
  const [empty, marker, folder, dream, ...rest] = uriPath.split('/');
  if (empty !== '' || marker !== REVIEW_MARKER || rest.length === 0) return undefined;
  if (folder === undefined || dream === undefined || !ID.test(folder) || !ID.test(dream)) return undefined;
  if (rest.some((part) => part === '' || part === '.' || part === '..')) return undefined;
  return { folder, dream: dream as DreamId, path: rest.join('/') };
}
