import type { Memory } from '../memory/memory';
import type { Schema } from '../memory/schema';
import type { Hasher } from '../ports';
import { schemaObjection } from './categories';
import { evidenceKey } from './evidenceKey';
import type { Dismissed, Evidence } from './finding';
import { claimOf } from './memoryText';
import type { Candidate, InstructionFile, Note } from './miner';
import { isRejected } from './rejections';
import type { Rejection } from './rejections';
import { latestMs, score, SCORE_GATE, sessionsOf } from './score';
import { containment, jaccard, sameTopic } from './text/similarity';
import { isBelow, isQuarantined } from '../trust/trustOf';
import { differsInValue, isNegative } from './text/slots';
import { compareText, contentStems } from './text/words';
import { echoForm, isEcho } from './verify';

/** A candidate that survived, with the memory it renews, if there is one. */
export interface Chosen {
  readonly candidate: Candidate;
  readonly renews?: Memory;
}

export interface ConsolidateInput {
  readonly candidates: readonly Candidate[];
  readonly memories: readonly Memory[];
  readonly schema: Schema;
  readonly instructionFiles: readonly InstructionFile[];
  readonly rejected: Readonly<Record<string, Rejection>>;
  /** Fingerprints of changes that wait for a decision in another proposal. */
  readonly pending: ReadonlySet<string>;
  /** Sessions that an earlier dream has seen as they are now. */
  readonly dreamt: ReadonlySet<string>;
  readonly hasher: Hasher;
}

export interface Consolidated {
  readonly chosen: readonly Chosen[];
  readonly dismissed: readonly Dismissed[];
}

/** The meaning of two claims is the same at this likeness, where no value differs. */
const SAME_MEANING = { jaccard: 0.55, containment: 0.8 } as const;

/**
 * One claim from many: what several miners and sessions found is one candidate; what the store knows is left alone; a new
 * value for an old topic renews its memory; what was rejected, or waits elsewhere, stays away. Best first; one per file.
 */
export function consolidate(input: ConsolidateInput): Consolidated {
  const known = knowledge(input);
  const dismissed: Dismissed[] = [];
  const chosen: Chosen[] = [];
  const touched = new Set<string>();
  for (const candidate of ordered(mergeNotes(input.candidates))) {
    const decided = decide(candidate, input, known);
    if (typeof decided === 'string') {
      dismissed.push(dismissal(candidate, decided));
      continue;
    }
    const files = filesOf(decided);
    if (files.some((file) => touched.has(file))) {
      dismissed.push(dismissal(candidate, 'a better change covers the same file'));
      continue;
    }
    files.forEach((file) => touched.add(file));
    chosen.push(decided);
  }
  return { chosen, dismissed };
}

function decide(candidate: Candidate, input: ConsolidateInput, known: Knowledge): Chosen | string {
  const { evidence, fingerprint } = candidate.kind === 'note' ? candidate.finding : candidate;
  if (input.pending.has(fingerprint)) return 'it waits for a decision in another proposal';
  const keys = evidence.map((one) => evidenceKey(one, input.hasher));
  if (isRejected({ fingerprint, keys }, input.rejected)) return 'it was rejected, and nothing new speaks for it';
  return candidate.kind === 'edit' ? { candidate } : decideNote(candidate, input, known);
}

function decideNote(note: Note, input: ConsolidateInput, known: Knowledge): Chosen | string {
  const { finding } = note;
  const sessions = sessionsOf(finding.evidence).size;
  const objection = schemaObjection(input.schema, note, sessions);
  if (objection !== undefined) return objection;
  const told = known.files.find((file) => isToldIn(finding.description, finding.evidence, file));
  if (told !== undefined) return `${told.path} says it already`;
  if (finding.score.total < SCORE_GATE) return `its score ${finding.score.total} is below ${SCORE_GATE}`;
  return matchMemory(note, input, known);
}

function matchMemory(note: Note, input: ConsolidateInput, known: Knowledge): Chosen | string {
  const claim = claimOf(note.finding);
  const stems = contentStems(claim);
  const related = known.memories
    .filter((one) => isSameFile(note, one.memory) || sameTopic(stems, one.stems))
    .sort((a, b) => jaccard(stems, b.stems) - jaccard(stems, a.stems) || compareText(a.memory.path, b.memory.path));
  for (const one of related) {
    const { memory } = one;
    // What no person said stands beside what a person accepted, never in it.
    if (isQuarantined(note.finding.trust) && !(hasSameMeaning(stems, one.stems) && !contradicts(claim, memory)))
      continue;
    const judged = contradicts(claim, memory)
      ? againstMemory(note, memory, input)
      : besideMemory(note, memory, hasSameMeaning(stems, one.stems));
    if (judged !== undefined) return judged;
  }
  return { candidate: note };
}

/** A memory that says otherwise is renewed by what is newer; an archived one is out of the way. */
function againstMemory(note: Note, memory: Memory, input: ConsolidateInput): Chosen | string | undefined {
  if (memory.scope.kind === 'archive') return undefined;
  return isNewer(note, memory, input)
    ? { candidate: note, renews: memory }
    : `${memory.path} is newer and says otherwise`;
}

function besideMemory(note: Note, memory: Memory, sameMeaning: boolean): string | undefined {
  if (sameMeaning) {
    return memory.scope.kind === 'archive'
      ? `${memory.path} said it and was archived`
      : `${memory.path} says it already`;
  }
  return isSameFile(note, memory) ? `${memory.path} covers the topic` : undefined;
}

function hasSameMeaning(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return jaccard(a, b) >= SAME_MEANING.jaccard || (a.size >= 2 && containment(a, b) >= SAME_MEANING.containment);
}

function contradicts(claim: string, memory: Memory): boolean {
  return differsInValue(claim, claimOf(memory)) || differsInValue(claim, memory.description);
}

function isSameFile(note: Note, memory: Memory): boolean {
  return (
    memory.slug === note.finding.slug && memory.category === note.finding.category && memory.scope.kind !== 'archive'
  );
}

/** Newest evidence wins: said on a later day than the memory was made, or in a session that no dream has seen yet. */
function isNewer(note: Note, memory: Memory, input: ConsolidateInput): boolean {
  if ([...sessionsOf(note.finding.evidence)].some((session) => !input.dreamt.has(session))) {
    const latest = latestMs(note.finding.evidence);
    return latest === undefined || memory.created === undefined || dayOf(latest) >= memory.created;
  }
  const latest = latestMs(note.finding.evidence);
  return latest !== undefined && memory.created !== undefined && dayOf(latest) > memory.created;
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

function isToldIn(description: string, evidence: readonly Evidence[], file: KnownFile): boolean {
  if (evidence.some((one) => one.kind === 'quote' && isEcho(one.quote, [file.echo]))) return true;
  const stems = contentStems(description);
  return file.lines.some((line) => stems.size >= 2 && tellsTheSame(stems, line.stems, description, line.text));
}

function tellsTheSame(a: ReadonlySet<string>, b: ReadonlySet<string>, textA: string, textB: string): boolean {
  if (b.size < 2 || jaccard(a, b) < SAME_MEANING.jaccard) return false;
  return isNegative(textA) === isNegative(textB) && !differsInValue(textA, textB);
}

/** What is known before this dream, taken apart once for all candidates. */
interface Knowledge {
  readonly memories: readonly { readonly memory: Memory; readonly stems: ReadonlySet<string> }[];
  readonly files: readonly KnownFile[];
}

interface KnownFile {
  readonly path: string;
  readonly echo: string;
  readonly lines: readonly { readonly text: string; readonly stems: ReadonlySet<string> }[];
}

function knowledge(input: ConsolidateInput): Knowledge {
  return {
    memories: input.memories.map((memory) => ({
      memory,
      stems: contentStems(`${memory.description} ${claimOf(memory)}`),
    })),
    files: input.instructionFiles.map(({ path, text }) => ({
      path,
      echo: echoForm(text),
      lines: text.split(/\r?\n/u).map((line) => ({ text: line, stems: contentStems(line) })),
    })),
  };
}

interface Claimed {
  readonly note: Note;
  readonly claim: string;
  readonly stems: ReadonlySet<string>;
}

/** The same claim from several miners as one, told by the first of them, with the evidence of all. */
function mergeNotes(candidates: readonly Candidate[]): readonly Candidate[] {
  const notes: Claimed[] = [];
  for (const candidate of candidates) {
    if (candidate.kind === 'edit') continue;
    const claim = claimOf(candidate.finding);
    const claimed = { note: candidate, claim, stems: contentStems(claim) };
    const at = notes.findIndex((one) => isSameClaim(one, claimed));
    const same = notes[at];
    if (same === undefined) notes.push(claimed);
    else notes[at] = joinedClaim(same, claimed);
  }
  return [...notes.map((one) => one.note), ...candidates.filter((candidate) => candidate.kind === 'edit')];
}

/** Two tellings of one claim. What no person said lends nothing to what one said: the trusted telling stands alone. */
function joinedClaim(first: Claimed, second: Claimed): Claimed {
  const [a, b] = [isQuarantined(first.note.finding.trust), isQuarantined(second.note.finding.trust)];
  if (a === b) return { ...first, note: joined(first.note, second.note) };
  return a ? second : first;
}

function isSameClaim(a: Claimed, b: Claimed): boolean {
  if (a.note.finding.fingerprint === b.note.finding.fingerprint) return true;
  if (!hasSameMeaning(a.stems, b.stems)) return false;
  return isNegative(a.claim) === isNegative(b.claim) && !differsInValue(a.claim, b.claim);
}

function joined(keep: Note, other: Note): Note {
  const known = new Set(keep.finding.evidence.map((one) => JSON.stringify(one)));
  const added = other.finding.evidence.filter((one) => !known.has(JSON.stringify(one)));
  // Evidence that the claim does not need cannot lower its trust; only what a claim rests on counts.
  const evidence = [...keep.finding.evidence, ...(other.finding.trust === keep.finding.trust ? added : [])];
  const terms = score({ evidence, trust: keep.finding.trust, text: claimOf(keep.finding) });
  const lent = isBelow(other.finding.trust, keep.finding.trust) ? 0 : other.finding.score.outcome;
  const better = Math.max(terms.outcome, keep.finding.score.outcome, lent);
  return {
    ...keep,
    finding: {
      ...keep.finding,
      evidence,
      score: score({ evidence, trust: keep.finding.trust, text: claimOf(keep.finding), successRate: better }),
    },
  };
}

function ordered(candidates: readonly Candidate[]): readonly Candidate[] {
  return [...candidates].sort(
    (a, b) =>
      Number(isUntrusted(a)) - Number(isUntrusted(b)) ||
      weight(b) - weight(a) ||
      compareText(fingerprintOf(a), fingerprintOf(b)),
  );
}

/** What is quarantined never takes the place of what is not. */
function isUntrusted(candidate: Candidate): boolean {
  return isQuarantined(candidate.kind === 'note' ? candidate.finding.trust : candidate.trust);
}

/** Hygiene comes after what was learnt: a note is ranked by its score, an edit below any of them. */
function weight(candidate: Candidate): number {
  return candidate.kind === 'note' ? candidate.finding.score.total : 0;
}

function fingerprintOf(candidate: Candidate): string {
  return candidate.kind === 'note' ? candidate.finding.fingerprint : candidate.fingerprint;
}

function filesOf(chosen: Chosen): readonly string[] {
  const { candidate, renews } = chosen;
  if (candidate.kind === 'edit')
    return candidate.files.flatMap((file) => [file.path, ...(file.from === undefined ? [] : [file.from])]);
  return [renews?.path ?? `${candidate.finding.category}/${candidate.finding.slug}`];
}

function dismissal(candidate: Candidate, reason: string): Dismissed {
  const miner = candidate.kind === 'note' ? candidate.finding.miner : candidate.miner;
  const { evidence } = candidate.kind === 'note' ? candidate.finding : candidate;
  const source = evidence.find((one) => one.kind === 'quote' || one.kind === 'event');
  return {
    miner,
    summary: candidate.title.slice(0, 160),
    reason,
    ...(source === undefined ? {} : { session: source.session, entry: source.entry }),
  };
}
