import { isSlug, toSlug } from '../../memory/slug';
import type { Evidence, Finding } from '../finding';
import type { Candidate, Note } from '../miner';
import { withAuthors } from '../score';
import { compareText } from '../text/words';

/** Where one entry of a session stands. */
export interface Origin {
  /** Type of the subagent; undefined for the main thread and for people. */
  readonly agent?: string;
  readonly branch?: string;
}

/** Origins of entries by `originKey`. */
export type Origins = ReadonlyMap<string, Origin>;

/** How far a finding is spread. */
export interface Spread {
  readonly sessions: number;
  readonly branches: readonly string[];
  readonly agents: readonly string[];
  /** True if a person or the main thread speaks for it, not only subagents. */
  readonly main: boolean;
  /** Other people whose shared findings say the same. */
  readonly authors: number;
}

/** The key of an entry among origins. */
export function originKey(session: string, entry: string): string {
  return `${session}\n${entry}`;
}

/**
 * One finding for each claim, with the evidence of all who found it, and how far it is spread in its rationale. What
 * only one type of subagent found becomes a memory of that type alone; what two found, or the main thread, is for all.
 * Authors lend spread and no evidence. Pure; the order of the first of each claim stays.
 */
export function converge(
  candidates: readonly Candidate[],
  origins: Origins,
  authorsOf: (note: Note) => number = () => 0,
): readonly Candidate[] {
  const places = new Map<string, number>();
  const merged: Candidate[] = [];
  for (const candidate of candidates) {
    if (candidate.kind === 'edit') {
      merged.push(candidate);
      continue;
    }
    const { fingerprint } = candidate.finding;
    const at = places.get(fingerprint);
    const same = at === undefined ? undefined : merged[at];
    if (at === undefined || same?.kind !== 'note' || same.finding.trust !== candidate.finding.trust) {
      if (at === undefined) places.set(fingerprint, merged.length);
      merged.push(candidate);
    } else merged[at] = withEvidence(same, candidate.finding.evidence);
  }
  return merged.map((candidate) =>
    candidate.kind === 'edit' ? candidate : withSpread(candidate, origins, authorsOf(candidate)),
  );
}

/** Who and what the evidence comes from. */
export function spreadOf(evidence: readonly Evidence[], origins: Origins, authors = 0): Spread {
  const sessions = new Set<string>();
  const branches = new Set<string>();
  const agents = new Set<string>();
  let main = false;
  for (const one of evidence) {
    if (one.kind === 'by-hand') main = true;
    if (one.kind !== 'quote' && one.kind !== 'event') continue;
    sessions.add(one.session);
    const origin = origins.get(originKey(one.session, one.entry));
    if (origin?.branch !== undefined) branches.add(origin.branch);
    if (origin?.agent === undefined) main = true;
    else agents.add(origin.agent);
  }
  return {
    sessions: sessions.size,
    branches: [...branches].sort(compareText),
    agents: [...agents].sort(compareText),
    main,
    authors,
  };
}

/** The sentence that a reviewer reads about it; '' where there is one session, branch and voice. */
export function spreadText(spread: Spread): string {
  const parts: string[] = [];
  if (spread.branches.length > 1) parts.push(`on ${spread.branches.length} branches`);
  if (spread.agents.length > 0) {
    const names = spread.agents.slice(0, 3).join(', ');
    parts.push(
      `by ${spread.agents.length === 1 ? 'the subagent' : 'the subagents'} ${names}${spread.main ? ' and beside them' : ''}`,
    );
  }
  if (spread.authors > 0) parts.push(`by ${spread.authors} other ${spread.authors === 1 ? 'person' : 'people'}`);
  if (parts.length === 0) return '';
  return `Seen in ${spread.sessions} ${spread.sessions === 1 ? 'session' : 'sessions'}, ${parts.join(', ')}.`;
}

function withEvidence(note: Note, added: readonly Evidence[]): Note {
  const known = new Set(note.finding.evidence.map((one) => JSON.stringify(one)));
  const more = added.filter((one) => !known.has(JSON.stringify(one)));
  return { ...note, finding: { ...note.finding, evidence: [...note.finding.evidence, ...more] } };
}

function withSpread(note: Note, origins: Origins, authors: number): Note {
  const { finding } = note;
  const spread = spreadOf(finding.evidence, origins, authors);
  const text = spreadText(spread);
  const [agent] = spread.agents;
  // By what was seen here alone: files of others widen nobody's scope.
  const own = !spread.main && spread.agents.length === 1 && agent !== undefined;
  const told = { ...finding, score: withAuthors(finding.score, finding.evidence, authors) };
  const scoped: Finding = own && isAgentName(agent) ? { ...told, agents: [agent] } : told;
  return { ...note, finding: text === '' ? scoped : { ...scoped, rationale: `${finding.rationale} ${text}` } };
}

/** Only a type that names its own folder: what is an id or a sentence scopes nothing. */
function isAgentName(agent: string): boolean {
  return isSlug(toSlug(agent)) && toSlug(agent) === agent.toLowerCase();
}
