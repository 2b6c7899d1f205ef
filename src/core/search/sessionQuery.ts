import type { SessionHeader } from '../sessions/session';
import type { SessionLine } from './sessionLines';

const FILTER = /^(by|agent|after|before|is):(\S{1,100})$/iu;
const WORD = /\S{1,500}/gu;
const LONGEST_QUERY = 2_000;
const DAY = /^\d{4}(?:-\d{2}){0,2}$/u;

/** What somebody typed into the search of sessions. */
export interface SessionQuery {
  /** Without the filters. */
  readonly words: string;
  /** The last word may go on. */
  readonly unfinished: boolean;
  readonly letsSession: (header: SessionHeader) => boolean;
  readonly letsLine: (line: SessionLine) => boolean;
  /** Some lines are not let through. */
  readonly picky: boolean;
}

/**
 * Reads `by:me`, `by:agent`, `by:tool`, `agent:reviewer` (what a subagent said), `after:2026-11-01`, `before:2026-11`,
 * `is:corrected`, `is:failed`, `is:success`, `is:private`. Private sessions are left out unless they are asked for.
 */
export function parseSessionQuery(query: string): SessionQuery {
  const typed = query.slice(0, LONGEST_QUERY);
  const words: string[] = [];
  const sessions: ((header: SessionHeader) => boolean)[] = [];
  const lines: ((line: SessionLine) => boolean)[] = [];
  let isPrivate = false;
  for (const [word] of typed.matchAll(WORD)) {
    const [, key = '', value = ''] = FILTER.exec(word.toLowerCase()) ?? [];
    const ofSession = sessionFilter(key, value);
    const ofLine = lineFilter(key, value);
    if (key === 'is' && value === 'private') isPrivate = true;
    else if (ofSession !== undefined) sessions.push(ofSession);
    else if (ofLine !== undefined) lines.push(ofLine);
    else words.push(word);
  }
  return {
    words: words.join(' '),
    unfinished: /\S$/u.test(typed),
    letsSession: (header) => (header.private ?? false) === isPrivate && sessions.every((lets) => lets(header)),
    picky: lines.length > 0,
    letsLine: (line) => lines.every((lets) => lets(line)),
  };
}

function sessionFilter(key: string, value: string): ((header: SessionHeader) => boolean) | undefined {
  if (key === 'after' && DAY.test(value)) return ({ endedAt }) => endedAt.slice(0, value.length) >= value;
  if (key === 'before' && DAY.test(value)) {
    return ({ startedAt }) => startedAt !== '' && startedAt.slice(0, value.length) < value;
  }
  if (key !== 'is' || !['corrected', 'failed', 'success'].includes(value)) return undefined;
  return ({ outcome }) => outcome === value;
}

function lineFilter(key: string, value: string): ((line: SessionLine) => boolean) | undefined {
  if (key === 'agent') return ({ agent }) => agent?.toLowerCase() === value;
  if (key !== 'by') return undefined;
  if (value === 'me' || value === 'user') return ({ speaker }) => speaker === 'user';
  return value === 'agent' || value === 'tool' ? ({ speaker }) => speaker === value : undefined;
}
