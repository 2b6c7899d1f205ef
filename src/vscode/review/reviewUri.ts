import type { DreamId } from '../../core/review/proposal';
import { fileSchemes } from '../ids';

/** The schemes of a review. The two sides of a diff differ in the scheme alone, so that it is no rename. */
export const schemes = {
  /** The memory as it is: left, read-only. */
  current: fileSchemes.current,
  /** The draft: right, editable. */
  proposed: fileSchemes.proposed,
  /** The memory as the dream saw it: for looking into a conflict. */
  base: fileSchemes.base,
} as const;

export type ReviewScheme = (typeof schemes)[keyof typeof schemes];

/** The language of review documents; the manifest gives it to every path with the marker. */
export const reviewLanguage = 'agent-dreams-proposal';

const MARKER = 'agent-dreams-review';
const ID = /^[0-9a-z_-]{1,64}$/;

/** What a review document shows. */
export interface ReviewPlace {
  readonly folder: string;
  readonly dream: DreamId;
  /** Relative to the store. */
  readonly path: string;
}

/** The two parts of a URI that say what it shows. */
export interface ReviewUriParts {
  readonly authority: string;
  readonly path: string;
}

/**
 * `//<folder>.<dream>/agent-dreams-review/<path>`: the ids are not in the path, because the path is what breadcrumbs and
 * the headers of a multi-diff show. The marker gives the language, and keeps it from real memories.
 */
export function reviewUriParts({ folder, dream, path }: ReviewPlace): ReviewUriParts {
  return { authority: `${folder}.${dream}`, path: `/${MARKER}/${path}` };
}

/** What a review document shows; undefined for any other URI. */
export function parseReviewUri({ authority, path }: ReviewUriParts): ReviewPlace | undefined {
  const [folder = '', dream = '', ...more] = authority.split('.');
  if (more.length > 0 || !ID.test(folder) || !ID.test(dream)) return undefined;
  const [empty, marker, ...rest] = path.split('/');
  if (empty !== '' || marker !== MARKER || rest.length === 0) return undefined;
  if (rest.some((part) => part === '' || part === '.' || part === '..')) return undefined;
  return { folder, dream: dream as DreamId, path: rest.join('/') };
}
