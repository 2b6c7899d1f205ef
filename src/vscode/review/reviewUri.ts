import type { DreamId } from '../../core/review/proposal';

/** The schemes of the virtual documents. Both sides of a diff have the same path, so that it is no rename. */
export const schemes = {
  /** The memory as it is: left, read-only. */
  current: 'agent-dreams-current',
  /** The draft: right, editable. */
  proposed: 'agent-dreams-proposed',
  /** The memory as the dream saw it: for looking into a conflict. */
  base: 'agent-dreams-base',
  /** A captured session, to read. */
  session: 'agent-dreams-session',
} as const;

export type ReviewScheme = 'agent-dreams-current' | 'agent-dreams-proposed' | 'agent-dreams-base';

/** The language of review documents; the manifest gives it to every path with the marker. */
export const reviewLanguage = 'agent-dreams-proposal';

const REVIEW_MARKER = 'agent-dreams-review';
const SESSION_MARKER = 'agent-dreams-session';
const ID = /^[0-9a-zA-Z_-]{1,64}$/;
const SESSION_ID = /^[0-9a-zA-Z._-]{1,200}$/;

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

/** Which captured session a session document shows. */
export interface SessionPlace {
  readonly folder: string;
  readonly session: string;
}

/** The path of a session document; its last part is the title, which is what the tab says. */
export function sessionUriPath(place: SessionPlace, title: string): string {
  const name = title
    .replace(/[/\\?#%*:|"<>\s\p{Cc}\p{Cf}]{1,200}/gu, ' ')
    .trim()
    .slice(0, 80);
  return `/${SESSION_MARKER}/${place.folder}/${place.session}/${name === '' ? 'Session' : name}`;
}

/** Which session the path of a session document means; undefined for any other path. */
export function parseSessionUriPath(uriPath: string): SessionPlace | undefined {
  const [empty, marker, folder, session] = uriPath.split('/');
  if (empty !== '' || marker !== SESSION_MARKER || folder === undefined || session === undefined) return undefined;
  if (!ID.test(folder) || !SESSION_ID.test(session) || session === '.' || session === '..') return undefined;
  return { folder, session };
}
