import { redactHeader } from '../boundary/redactSession';
import { compareText } from '../dream/text/words';
import { isAgentDreamsError } from '../errors';
import type { CancelSignal, CorePorts } from '../ports';
import type { SessionHeader } from '../sessions/session';
import { readSession, SESSIONS_DIRECTORY } from '../sessions/sessionFiles';
import { SessionIndex, type LineScore } from './sessionIndex';
import { sessionLines, type SessionLine } from './sessionLines';
import { parseSessionQuery, type SessionQuery } from './sessionQuery';
import { bestTextLine, snippetOf } from './snippet';
import { anyOf, type Wanted } from './vocabulary';

export interface SessionHit {
  readonly session: SessionHeader;
  /** Above 0; comparable within one answer only. */
  readonly score: number;
  /** What answers best, to be opened; missing where the query has no words. */
  readonly line?: SessionLine;
  /** A stretch of it on one line; '' where there is none. */
  readonly snippet: string;
  /** The line in it that answers best, as it stands there; '' where there is none. To find it in the transcript. */
  readonly quote: string;
}

/** A search over the captured sessions of a folder, held in memory. */
export interface SessionSearch {
  /**
   * Reads the sessions that are new or changed since the last time, the latest first, and forgets those that are gone.
   * Searching meanwhile finds what was read by then. One session that cannot be read is logged and left out.
   */
  refresh(signal: CancelSignal, report?: (done: number, total: number) => void): Promise<void>;
  /**
   * At most `limit` sessions with what answers best in each, best first; equal ones the latest first. What can be typed:
   * `parseSessionQuery`. Nothing typed lists the latest. Text is read anew from disk and redacted by today's rules, not
   * kept beyond the next `refresh`. Cancelled: what was found by then.
   */
  search(query: string, limit: number, signal: CancelSignal): Promise<readonly SessionHit[]>;
}

type Ports = Pick<CorePorts, 'files' | 'text' | 'logger' | 'redactor'>;

interface Known {
  readonly size: number;
  readonly mtimeMs: number;
  readonly header: SessionHeader;
}

const STAT_AT_ONCE = 32;
/** Sessions that are looked into for a query, the best by all of their words first. */
const LOOKED_INTO = { usual: 60, filtered: 240 } as const;
/** Sessions whose lines stay in memory while somebody types. */
const LINES_KEPT = 80;
const MOST_DEAD = 200;
const SNIPPET = 160;
const NAME = /^[\w-][\w.-]{0,199}\.jsonl$/u;

/** Nothing is read before the first `refresh`. */
export function createSessionSearch(ports: Ports): SessionSearch {
  let index = new SessionIndex();
  const known = new Map<string, Known>();
  const lines = new Map<string, readonly SessionLine[]>();

  const forget = (id: string): void => {
    known.delete(id);
    lines.delete(id);
    index.remove(id);
  };
  const read = async (id: string): Promise<readonly SessionLine[]> => {
    const kept = lines.get(id);
    if (kept !== undefined) return kept;
    const session = await readSession(ports, id).catch((error: unknown) => unreadable(ports, id, error));
    const found = session === undefined ? [] : sessionLines(session);
    const [oldest] = lines.keys();
    if (lines.size >= LINES_KEPT && oldest !== undefined) lines.delete(oldest);
    lines.set(id, found);
    return found;
  };
  const take = async ({ id, size, mtimeMs }: OnDisk): Promise<void> => {
    const session = await readSession(ports, id).catch((error: unknown) => unreadable(ports, id, error));
    if (session === undefined) {
      forget(id);
      return;
    }
    index.put(id, session.header.title, sessionLines(session));
    known.set(id, { size, mtimeMs, header: session.header });
  };
  return {
    refresh: async (signal, report) => {
      lines.clear();
      await ports.redactor.refresh?.();
      const found = await onDisk(ports);
      if (index.dead > MOST_DEAD) {
        index = new SessionIndex();
        known.clear();
      }
      const there = new Set(found.map(({ id }) => id));
      for (const id of [...known.keys()]) if (!there.has(id)) forget(id);
      const changed = found.filter(({ id, size, mtimeMs }) => {
        const before = known.get(id);
        return before?.size !== size || before.mtimeMs !== mtimeMs;
      });
      for (const [done, one] of changed.entries()) {
        if (signal.aborted) return;
        report?.(done, changed.length);
        await take(one);
      }
    },
    search: async (query, limit, signal) => {
      const asked = parseSessionQuery(query);
      const wanted = index.wanted(asked.words, asked.unfinished);
      const ranked = rank(known, asked, asked.words === '' ? undefined : index.rank(wanted));
      const hits: Looked[] = [];
      for (const one of ranked.slice(0, asked.picky ? LOOKED_INTO.filtered : LOOKED_INTO.usual)) {
        if (signal.aborted || (asked.words === '' && hits.length >= limit)) break;
        const looked = await lookInto(one, asked, wanted, { index, read });
        if (looked !== undefined) hits.push(looked);
      }
      const any = anyOf(wanted);
      const answers = (word: string): boolean => index.termsOf(word).some((term) => any.has(term));
      return settle(hits)
        .slice(0, limit)
        .map(({ header, score, best }) => ({
          session: redactHeader(header, ports.redactor),
          score,
          ...(best === undefined ? {} : { line: best.line }),
          snippet: best === undefined ? '' : snippetOf(best.line.text, SNIPPET, answers),
          quote: best === undefined ? '' : bestTextLine(best.line.text, answers),
        }));
    },
  };
}

interface OnDisk {
  readonly id: string;
  readonly size: number;
  readonly mtimeMs: number;
}

async function onDisk({ files }: Ports): Promise<readonly OnDisk[]> {
  const names = (await files.list(SESSIONS_DIRECTORY)).filter(({ kind, name }) => kind === 'file' && NAME.test(name));
  const found: OnDisk[] = [];
  for (let from = 0; from < names.length; from += STAT_AT_ONCE) {
    const batch = names.slice(from, from + STAT_AT_ONCE).map(async ({ name }) => {
      const stat = await files.stat(`${SESSIONS_DIRECTORY}/${name}`);
      return stat && { id: name.slice(0, -'.jsonl'.length), size: stat.size, mtimeMs: stat.mtimeMs };
    });
    for (const one of await Promise.all(batch)) if (one !== undefined) found.push(one);
  }
  return found.sort((a, b) => b.mtimeMs - a.mtimeMs || compareText(a.id, b.id));
}

function unreadable({ logger }: Ports, id: string, error: unknown): undefined {
  if (!isAgentDreamsError(error)) throw error;
  logger.warn(`Session ${id} cannot be searched: ${error.message}`);
  return undefined;
}

interface Ranked {
  readonly header: SessionHeader;
  /** Of all words of the session. */
  readonly whole: number;
}

/** Sessions that the filters let through: by their scores, else the latest first. */
function rank(
  known: ReadonlyMap<string, Known>,
  asked: SessionQuery,
  scores: ReadonlyMap<string, number> | undefined,
): readonly Ranked[] {
  const found: Ranked[] = [];
  for (const [id, { header }] of known) {
    const whole = scores === undefined ? 1 : (scores.get(id) ?? 0);
    if (whole > 0 && asked.letsSession(header)) found.push({ header, whole });
  }
  return found.sort((a, b) => b.whole - a.whole || laterFirst(a.header, b.header));
}

interface Looked extends Ranked {
  readonly best?: LineScore;
}

async function lookInto(
  { header, whole }: Ranked,
  asked: SessionQuery,
  wanted: readonly Wanted[],
  { index, read }: { readonly index: SessionIndex; readonly read: (id: string) => Promise<readonly SessionLine[]> },
): Promise<Looked | undefined> {
  if (asked.words === '' && !asked.picky) return { header, whole };
  const lines = (await read(header.id)).filter((line) => asked.letsLine(line));
  const [first] = lines;
  const best = asked.words === '' ? first && { line: first, score: 1 } : index.bestLine(lines, wanted);
  if (best !== undefined) return { header, whole, best };
  // Its title may be all that has the words.
  return asked.picky ? undefined : { header, whole };
}

/** What all of a session says and what its best line says count alike, each as a share of the best. */
function settle(hits: readonly Looked[]): readonly (Looked & { readonly score: number })[] {
  const most = (of: (hit: Looked) => number): number => hits.reduce((a, hit) => Math.max(a, of(hit)), 0) || 1;
  const wholes = most(({ whole }) => whole);
  const lines = most(({ best }) => best?.score ?? 0);
  return hits
    .map((hit) => ({ ...hit, score: hit.whole / wholes + (hit.best?.score ?? 0) / lines }))
    .sort((a, b) => b.score - a.score || laterFirst(a.header, b.header));
}

function laterFirst(a: SessionHeader, b: SessionHeader): number {
  return compareText(b.endedAt, a.endedAt) || compareText(a.id, b.id);
}
