import type { Memory } from '../memory/memory';
import type { Schema } from '../memory/schema';
import type { Hasher } from '../ports';
import { schemaObjection } from './categories';
import { evidenceKey } from './evidenceKey';
import { dismissal } from './dismissal';
import type { Dismissed, Evidence } from './finding';
import { claimOf } from './memoryText';
import type { Candidate, InstructionFile, Note } from './miner';
import { isRejected } from './rejections';
import type { Rejection } from './rejections';
import { latestMs, score, SCORE_GATE, sessionsOf } from './score';
import {
  contradictedBy,
  hasSameMeaning,
  isToldIn,
  knowledge,
  type Knowledge,
  type KnownMemory,
  type Statement,
} from './knowledge';
import { settle } from './settle';
import { jaccard, SAME_TOPIC, sameTopic } from './text/similarity';
import { StemIndex } from './text/stemIndex';
import { isBelow, isQuarantined } from '../trust/trustOf';
import { complements, differsInValue, isNegative } from './text/slots';
import { rankStored, relationOf, type Relation } from './offline/supersession';
import { compareText, contentStems } from './text/words';

/** A candidate that survived, with the memory it renews, if there is one. */
export interface Chosen {
  readonly candidate: Candidate;
  readonly renews?: Memory;
  /** What an instruction file says to the contrary: for the reviewer to settle, never changed. */
  readonly against?: Statement;
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

/**
 * One claim from many: what several miners and sessions found is one candidate; what the store knows is left alone; a new
 * value for an old topic renews its memory; what was rejected, or waits elsewhere, stays away. Best first; one per file.
 */
export function consolidate(input: ConsolidateInput): Consolidated {
  const known = knowledge(input);
  const dismissed: Dismissed[] = [];
  const chosen: Chosen[] = [];
  const touched = new Set<string>();
  const merged = mergeNotes(input.candidates);
  const { kept, outvoted } = settle(merged.filter((one) => one.kind === 'note'));
  for (const { note, by } of outvoted)
    dismissed.push(dismissal(note, `“${by.title.slice(0, 80)}” is newer or better known, and says otherwise`));
  for (const candidate of ordered([...kept, ...merged.filter((one) => one.kind === 'edit')])) {
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
  const sessions = sessionsBehind(finding.evidence);
  const objection = schemaObjection(input.schema, note, sessions);
  if (objection !== undefined) return objection;
  const told = known.files.find((file) => isToldIn(finding.description, finding.evidence, file));
  if (told !== undefined) return `${told.path} says it already`;
  if (finding.score.total < SCORE_GATE && !isAskedFor(finding.evidence)) return `its score is below ${SCORE_GATE}`;
  const chosen = matchMemory(note, input, known);
  if (typeof chosen === 'string') return chosen;
  const against = contradictedBy(claimOf(finding), known.files);
  return against === undefined ? chosen : { ...chosen, against };
}

/** A note of an agent was written in a session, also where that was not captured. */
function sessionsBehind(evidence: readonly Evidence[]): number {
  return Math.max(sessionsOf(evidence).size, isAskedFor(evidence) ? 1 : 0);
}

/** Somebody wrote it down to be remembered: whether it is worth it is for the reviewer, its score only orders it. */
function isAskedFor(evidence: readonly Evidence[]): boolean {
  return evidence.some(({ kind }) => kind === 'request');
}

function matchMemory(note: Note, input: ConsolidateInput, known: Knowledge): Chosen | string {
  const claim = claimOf(note.finding);
  const stems = contentStems(claim);
  const related = relatedMemories(note, claim, stems, known);
  for (const one of related) {
    const { memory } = one;
    // What no person said stands beside what a person accepted, never in it.
    const sameMeaning = hasSameMeaning(stems, one.stems);
    const relation = relationTo(claim, memory, sameMeaning);
    if (isQuarantined(note.finding.trust) && relation !== 'restated') continue;
    const judged =
      relation === 'superseded' ? againstMemory(note, memory, input) : besideMemory(note, memory, sameMeaning);
    if (judged !== undefined) return judged;
  }
  return { candidate: note };
}

/** More memories of one topic than this are not one topic. */
const MAX_RELATED = 24;

/** Memories of the claim's topic, the one first that it most likely speaks of. */
function relatedMemories(
  note: Note,
  claim: string,
  stems: ReadonlySet<string>,
  known: Knowledge,
): readonly KnownMemory[] {
  const near = known.index
    .sharing(stems, SAME_TOPIC.minShared)
    .flatMap((at) => known.memories[at] ?? [])
    .filter((one) => sameTopic(stems, one.stems));
  const sameFile = (known.byFile.get(fileKey(note)) ?? []).filter((one) => !near.includes(one));
  const related = [...near, ...sameFile]
    .map((one) => ({ one, likeness: jaccard(stems, one.stems) }))
    .sort((a, b) => b.likeness - a.likeness || compareText(a.one.memory.path, b.one.memory.path))
    .slice(0, MAX_RELATED)
    .map(({ one }) => one);
  return rankStored(
    claim,
    related.map(({ memory }) => claimOf(memory)),
  ).flatMap(({ index }) => related[index] ?? []);
}

function fileKey(note: Note): string {
  return `${note.finding.category}/${note.finding.slug}`;
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

function relationTo(claim: string, memory: Memory, sameMeaning: boolean): Relation {
  const toBody = relationOf(claim, claimOf(memory), sameMeaning);
  return toBody === 'superseded' ? toBody : relationOf(claim, memory.description, sameMeaning);
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

interface Claimed {
  readonly note: Note;
  readonly claim: string;
  readonly stems: ReadonlySet<string>;
}

/** The same claim from several miners as one, told by the first of them, with the evidence of all. */
function mergeNotes(candidates: readonly Candidate[]): readonly Candidate[] {
  const notes: Claimed[] = [];
  const index = new StemIndex();
  const byFingerprint = new Map<string, number>();
  for (const candidate of candidates) {
    if (candidate.kind === 'edit') continue;
    const claim = claimOf(candidate.finding);
    const claimed = { note: candidate, claim, stems: contentStems(claim) };
    const { fingerprint } = candidate.finding;
    const at = byFingerprint.get(fingerprint) ?? sameClaimAt(claimed, notes, index);
    const same = at === undefined ? undefined : notes[at];
    if (at === undefined || same === undefined) {
      byFingerprint.set(fingerprint, index.add(claimed.stems));
      notes.push(claimed);
    } else {
      byFingerprint.set(fingerprint, at);
      notes[at] = joinedClaim(same, claimed);
    }
  }
  return [...notes.map((one) => one.note), ...candidates.filter((candidate) => candidate.kind === 'edit')];
}

function sameClaimAt(claimed: Claimed, notes: readonly Claimed[], index: StemIndex): number | undefined {
  return index.sharing(claimed.stems, 1).find((at) => {
    const one = notes[at];
    return one !== undefined && isSameClaim(one, claimed);
  });
}

/** Two tellings of one claim. What no person said lends nothing to what one said: the trusted telling stands alone. */
function joinedClaim(first: Claimed, second: Claimed): Claimed {
  const [a, b] = [isQuarantined(first.note.finding.trust), isQuarantined(second.note.finding.trust)];
  if (a !== b) return a ? second : first;
  // What to do says more than what not to do; and what both say must stand in what is kept.
  const keep = isNegative(first.claim) && !isNegative(second.claim) ? second : first;
  const other = keep === first ? second : first;
  const note = joined(keep.note, other.note);
  return { ...keep, note: isNegative(keep.claim) === isNegative(other.claim) ? note : withBan(note, keep, other) };
}

/** The ban stands after what to do instead, in the words it was told in. */
function withBan(note: Note, keep: Claimed, other: Claimed): Note {
  if (other.claim.length > 200) return note;
  const body = note.finding.body.replace(keep.claim, () => `${keep.claim} ${other.claim}`);
  return { ...note, finding: { ...note.finding, body } };
}

/** The same said twice, or a rule and its other side: "never npm" beside "use pnpm, not npm". */
function isSameClaim(a: Claimed, b: Claimed): boolean {
  if (isStepOf(a, b) || isStepOf(b, a)) return false;
  if (!hasSameMeaning(a.stems, b.stems) || differsInValue(a.claim, b.claim)) return false;
  return isNegative(a.claim) === isNegative(b.claim) || complements(a.claim, b.claim);
}

/** A command that a workflow runs tells how to build or test at any other time, too. */
function isStepOf(command: Claimed, workflow: Claimed): boolean {
  return command.note.finding.miner === 'commands' && workflow.note.finding.miner === 'workflows';
}

function joined(keep: Note, other: Note): Note {
  const known = new Set(keep.finding.evidence.map((one) => JSON.stringify(one)));
  const added = other.finding.evidence.filter((one) => !known.has(JSON.stringify(one)));
  // Evidence that the claim does not need cannot lower its trust; only what a claim rests on counts.
  const evidence = [...keep.finding.evidence, ...(other.finding.trust === keep.finding.trust ? added : [])];
  const authors = Math.max(keep.finding.score.authors ?? 0, other.finding.score.authors ?? 0);
  const { trust } = keep.finding;
  const terms = score({ evidence, trust, text: claimOf(keep.finding) });
  const lent = isBelow(other.finding.trust, keep.finding.trust) ? 0 : other.finding.score.outcome;
  const better = Math.max(terms.outcome, keep.finding.score.outcome, lent);
  const { agents, ...told } = keep.finding;
  const own = sameAgents(agents, other.finding.agents);
  return {
    ...keep,
    finding: {
      ...told,
      ...(own === undefined ? {} : { agents: own }),
      evidence,
      score: score({ evidence, trust, text: claimOf(keep.finding), successRate: better, authors }),
    },
  };
}

/** Whose the claim is where two tell it: of one type of subagent only where both are of the same, else everybody's. */
function sameAgents(a: readonly string[] | undefined, b: readonly string[] | undefined): readonly string[] | undefined {
  if (a === undefined || b === undefined || a.length !== b.length) return undefined;
  return a.every((agent) => b.includes(agent)) ? a : undefined;
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
    return [
      ...candidate.files.flatMap((file) => [file.path, ...(file.from === undefined ? [] : [file.from])]),
      // A merge rests on the memory that stays: another change must not move it away meanwhile.
      ...candidate.evidence.flatMap((one) => (one.kind === 'memory' ? [one.path] : [])),
    ];
  return [renews?.path ?? fileKey(candidate)];
}
