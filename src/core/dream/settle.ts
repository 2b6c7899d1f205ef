import type { QuoteEvidence } from './finding';
import { claimOf } from './memoryText';
import type { Note } from './miner';
import { relationOf } from './offline/supersession';
import { isOtherValue } from './offline/otherValue';
import { latestMs } from './score';
import { jaccard, sameTopic } from './text/similarity';
import { StemIndex } from './text/stemIndex';
import { compareText, contentStems, oneSpace } from './text/words';
import { isBelow, isQuarantined } from '../trust/trustOf';

/** A claim that gave way to another of the same dream. */
export interface Outvoted {
  readonly note: Note;
  readonly by: Note;
}

/** Miners that tell what somebody stated; what was observed differs from case to case, and its miner settles it. */
const STATED: ReadonlySet<string> = new Set(['instructions', 'corrections', 'decisions']);
/** One topic, told two ways that exclude each other, shares at least half of its words. */
const ONE_TOPIC = 0.5;

interface Standing {
  note: Note;
  readonly claim: string;
  readonly stems: ReadonlySet<string>;
  out: boolean;
}

/**
 * Of two claims of one dream that cannot both hold, the one that stays: what a person said over what was observed, then
 * the newer. It quotes the words of the other. Pure; the order of what stays is kept.
 */
export function settle(notes: readonly Note[]): {
  readonly kept: readonly Note[];
  readonly outvoted: readonly Outvoted[];
} {
  const index = new StemIndex();
  const all: Standing[] = [];
  const outvoted: Outvoted[] = [];
  for (const note of notes) {
    const claim = claimOf(note.finding);
    const fresh: Standing = { note, claim, stems: contentStems(claim), out: false };
    for (const at of index.sharing(fresh.stems, 1)) {
      const old = all[at];
      if (old === undefined || old.out || !excludes(fresh, old)) continue;
      const [stays, goes] = isStronger(fresh.note, old.note) ? [fresh, old] : [old, fresh];
      outvoted.push({ note: goes.note, by: stays.note });
      stays.note = withEarlier(stays.note, goes.note);
      goes.out = true;
      if (fresh.out) break;
    }
    index.add(fresh.stems);
    all.push(fresh);
  }
  return { kept: all.filter(({ out }) => !out).map(({ note }) => note), outvoted };
}

function excludes(a: Standing, b: Standing): boolean {
  if (!STATED.has(a.note.finding.miner) && !STATED.has(b.note.finding.miner)) return false;
  if (isQuarantined(a.note.finding.trust) || isQuarantined(b.note.finding.trust)) return false;
  if (isOtherValue(a.claim, b.claim)) return true;
  if (!sameTopic(a.stems, b.stems) || jaccard(a.stems, b.stems) < ONE_TOPIC) return false;
  return relationOf(a.claim, b.claim, false) === 'superseded';
}

function isStronger(fresh: Note, old: Note): boolean {
  const [a, b] = [fresh.finding.trust, old.finding.trust];
  if (a !== b) return isBelow(b, a);
  return (latestMs(fresh.finding.evidence) ?? 0) > (latestMs(old.finding.evidence) ?? 0);
}

/** The words that gave way, so that a reviewer sees both sides. */
function withEarlier(note: Note, other: Note): Note {
  const quote = newestQuote(other);
  if (quote === undefined || isBelow(other.finding.trust, note.finding.trust)) return note;
  const day = quote.at === '' ? '' : ` on ${quote.at.slice(0, 10)}`;
  const earlier = ` It was also said${day}: “${oneSpace(quote.quote)}”`;
  const body = note.finding.body
    .split('\n')
    .map((line) => (line.startsWith('**Why:**') ? line + earlier : line))
    .join('\n');
  return { ...note, finding: { ...note.finding, body, evidence: [...note.finding.evidence, quote] } };
}

function newestQuote(note: Note): QuoteEvidence | undefined {
  return note.finding.evidence
    .filter((one) => one.kind === 'quote')
    .sort((a, b) => compareText(b.at, a.at) || compareText(a.entry, b.entry))[0];
}
