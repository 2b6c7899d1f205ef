import type { Beat } from '../../sessions/beats';
import type { CapturedSession } from '../../sessions/session';
import { typedText } from '../../sessions/typedText';
import { placeIn } from '../categories';
import type { Dismissed, EventEvidence, QuoteEvidence } from '../finding';
import type { Candidate, Miner, MinerContext, MinerResult, MinerRun } from '../miner';
import { compareText, oneSpace } from '../text/words';
import { isOfEverything } from './coChangeObvious';
import { foundNote } from './foundNote';
import { topicWords } from './rule';
import { isInside, shellHistory } from './shellCalls';

const NAME = 'hot places';
const BAR = {
  /** Sessions in which an edit of the file was put right, and of those that edited it at all. */
  corrected: 4,
  share: 0.4,
  days: 3,
  /** Times as often as edits of any file are. */
  lift: 2,
  /** What is said after an edit of more files than this may be about any of them. */
  files: 3,
  quotes: 3,
  maxQuote: 200,
  maxProposed: 3,
} as const;

/** Files whose edits people put right again and again: a memory each, with what they said. Very few pass the bar. */
export const hotPlacesMiner: Miner = { name: NAME, begin: (context) => new HotPlacesRun(context) };

/** What became of the edits of one file. */
interface Place {
  readonly path: string;
  readonly edited: Set<string>;
  /** By session: the edit, and what the person said to it. */
  readonly corrected: Map<string, readonly [EventEvidence, QuoteEvidence]>;
}

class HotPlacesRun implements MinerRun {
  private readonly places = new Map<string, Place>();

  constructor(private readonly context: MinerContext) {}

  session(session: CapturedSession, beats: readonly Beat[]): void {
    const { id, cwd } = session.header;
    const edits = shellHistory(session.entries, cwd).edits.filter(({ path }) => path !== '' && isInside(path));
    if (edits.length === 0) return;
    const beatOf = new Map<string, Beat>();
    for (const beat of beats)
      for (const { result } of beat.calls) if (result !== undefined) beatOf.set(result.id, beat);
    const files = new Map<Beat, Set<string>>();
    for (const { result, path } of edits) {
      const beat = beatOf.get(result.id);
      if (beat !== undefined) files.set(beat, (files.get(beat) ?? new Set()).add(path));
    }
    for (const { result, path, typedPath } of edits) {
      const place = this.placeOf(path);
      place.edited.add(id);
      const beat = beatOf.get(result.id);
      if (beat === undefined || (files.get(beat)?.size ?? 0) > BAR.files) continue;
      const said = correctionOf(beat, id);
      const quote = typedPath.slice(0, 300);
      const event = { kind: 'event', session: id, entry: result.id, event: 'edited', quote, at: result.at } as const;
      if (said !== undefined) place.corrected.set(id, [event, said]);
    }
  }

  async finish(): Promise<MinerResult> {
    const all = [...this.places.values()];
    const edited = all.reduce((sum, place) => sum + place.edited.size, 0);
    const corrected = all.reduce((sum, place) => sum + place.corrected.size, 0);
    const usual = corrected / Math.max(1, edited);
    const candidates: Candidate[] = [];
    const dismissed: Dismissed[] = [];
    const hot = all
      .filter((place) => place.corrected.size >= BAR.corrected - 1)
      .sort((a, b) => b.corrected.size - a.corrected.size || compareText(a.path, b.path));
    for (const place of hot) {
      const made = candidates.length < BAR.maxProposed ? await this.judge(place, usual) : 'three places are enough';
      if (typeof made === 'string') dismissed.push({ miner: NAME, summary: place.path.slice(0, 160), reason: made });
      else candidates.push(made);
    }
    return { candidates, dismissed: dismissed.slice(0, 20) };
  }

  private placeOf(path: string): Place {
    const place = this.places.get(path) ?? { path, edited: new Set<string>(), corrected: new Map() };
    this.places.set(path, place);
    return place;
  }

  private async judge({ path, edited, corrected }: Place, usual: number): Promise<Candidate | string> {
    const share = corrected.size / edited.size;
    if (corrected.size < BAR.corrected) return `put right in ${corrected.size} sessions, ${BAR.corrected} are needed`;
    if (share < BAR.share) return `put right in ${corrected.size} of ${edited.size} sessions only`;
    if (share < usual * BAR.lift) return 'edits of other files are put right about as often';
    if (new Set([...corrected.values()].map(([event]) => event.at.slice(0, 10))).size < BAR.days)
      return 'put right on two days only';
    if (isOfEverything(path)) return 'it changes with everything';
    if (!(await this.context.probe.exists(path))) return `${path} is no longer there`;
    return this.note(path, edited.size, [...corrected.values()]);
  }

  private note(
    path: string,
    edited: number,
    corrected: readonly (readonly [EventEvidence, QuoteEvidence])[],
  ): Candidate | string {
    const rule = `Take care with \`${path}\`: read it whole and ask where in doubt before you edit it.`;
    const place = placeIn(this.context.schema, ['pitfalls', 'conventions', 'facts'], rule);
    if (place.kind === 'none') return place.reason;
    const counted = `People put edits of it right in ${corrected.length} of the ${edited} sessions that edited it.`;
    const newest = [...corrected].sort((a, b) => compareText(b[1].at, a[1].at)).slice(0, BAR.quotes);
    const quotes = newest.map(([, said]) => `- ${said.at.slice(0, 10)}: “${oneSpace(said.quote)}”`);
    const evidence = corrected.slice(-6).flat();
    return foundNote(
      {
        miner: NAME,
        category: place.category.name,
        rule,
        topic: ['care', 'with', ...topicWords(path)],
        lines: [`**Why:** ${counted}`, ...quotes, '', `**Apply when:** \`${path}\` changes.`],
        paths: [path],
        evidence,
        trust: 'observed',
        successRate: corrected.length / edited,
        rationale: counted,
        claim: `hot place \`${path}\``,
      },
      this.context.hasher,
    );
  }
}

/** What a person said right after the task to put it right; pasted text and long ones tell of something else. */
function correctionOf(beat: Beat, session: string): QuoteEvidence | undefined {
  const { outcome } = beat;
  if (beat.grade !== 'corrected' || outcome === undefined || outcome.agent !== undefined) return undefined;
  const quote = typedText(outcome).trim().split(/\r?\n/u, 1)[0]?.slice(0, BAR.maxQuote) ?? '';
  return quote.length < 8
    ? undefined
    : { kind: 'quote', session, entry: outcome.id, by: 'user', quote, at: outcome.at };
}
