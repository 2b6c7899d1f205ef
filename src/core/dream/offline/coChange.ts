import type { Beat } from '../../sessions/beats';
import type { CapturedSession } from '../../sessions/session';
import { placeIn } from '../categories';
import type { CheckEvidence, Dismissed, EventEvidence } from '../finding';
import { claimFingerprint } from '../fingerprint';
import type { Candidate, Miner, MinerContext, MinerResult, MinerRun } from '../miner';
import { score } from '../score';
import { compareText } from '../text/words';
import { isObviousPair } from './coChangeObvious';
import { PathClasses } from './pathClass';
import { asDescription, asTitle, topicWords } from './rule';
import { isInside, shellHistory } from './shellCalls';
import { slugFrom } from './slugFrom';

const NAME = 'co-change';
const BAR = {
  /** Seen together in so many sessions to be looked at, and to be told. */
  seen: 3,
  sessions: 4,
  days: 2,
  confidence: 0.6,
  lift: 2,
  /** A session that edits more files than this sweeps over the project. */
  maxFiles: 40,
  maxEvidence: 12,
  maxProposed: 5,
} as const;

/** Files that change together although nothing in their names says so: one memory for each pair. */
export const coChangeMiner: Miner = { name: NAME, begin: (context) => new CoChangeRun(context) };

interface Edit {
  readonly path: string;
  /** Which task of the session: files of two tasks do not belong together. */
  readonly beat: number;
  readonly event: EventEvidence;
}

interface Pair {
  readonly a: string;
  readonly b: string;
  readonly events: (readonly [EventEvidence, EventEvidence])[];
}

class CoChangeRun implements MinerRun {
  private readonly sessions: (readonly Edit[])[] = [];
  private readonly classes = new PathClasses();

  constructor(private readonly context: MinerContext) {}

  session(session: CapturedSession, beats: readonly Beat[]): void {
    const beatOf = new Map<string, number>();
    for (const beat of beats)
      for (const { result } of beat.calls) if (result !== undefined) beatOf.set(result.id, beat.index);
    const edits = new Map<string, Edit>();
    for (const { path, typedPath, result } of shellHistory(session.entries, session.header.cwd).edits) {
      if (path === '' || !isInside(path)) continue;
      const beat = beatOf.get(result.id) ?? -1;
      const event = { kind: 'event', session: session.header.id, entry: result.id, event: 'edited' } as const;
      edits.set(`${beat}\n${path}`, { path, beat, event: { ...event, quote: typedPath.slice(0, 300), at: result.at } });
    }
    if (edits.size === 0 || new Set([...edits.values()].map(({ path }) => path)).size > BAR.maxFiles) return;
    this.sessions.push([...edits.values()]);
    for (const { path } of edits.values()) this.classes.add(path, session.header.id);
  }

  async finish(): Promise<MinerResult> {
    const counts = new Map<string, number>();
    const pairs = new Map<string, Pair>();
    for (const edits of this.sessions) this.count(edits, counts, pairs);
    const candidates: Candidate[] = [];
    const dismissed: Dismissed[] = [];
    const known = [...pairs.values()].filter((pair) => pair.events.length >= BAR.seen).sort(byWeight);
    for (const pair of known) {
      const made =
        candidates.length < BAR.maxProposed
          ? await this.judge(pair, counts)
          : `one dream tells ${BAR.maxProposed} pairs of files`;
      if (typeof made !== 'string') candidates.push(made);
      else if (dismissed.length < 100)
        dismissed.push({ miner: NAME, summary: `${pair.a} and ${pair.b}`.slice(0, 160), reason: made });
    }
    return { candidates, dismissed };
  }

  private count(edits: readonly Edit[], counts: Map<string, number>, pairs: Map<string, Pair>): void {
    const items = new Map<string, Edit[]>();
    for (const edit of edits) {
      const name = this.classes.classOf(edit.path, BAR.seen);
      if (name === undefined) continue;
      const same = items.get(name);
      if (same === undefined) items.set(name, [edit]);
      else same.push(edit);
    }
    const names = [...items.keys()].sort(compareText);
    for (const [index, a] of names.entries()) {
      counts.set(a, (counts.get(a) ?? 0) + 1);
      for (const b of names.slice(index + 1)) {
        const together = firstTogether(items.get(a) ?? [], items.get(b) ?? []);
        if (together === undefined) continue;
        const key = `${a}\n${b}`;
        const pair = pairs.get(key) ?? { a, b, events: [] };
        pairs.set(key, pair);
        pair.events.push(together);
      }
    }
  }

  private async judge(pair: Pair, counts: ReadonlyMap<string, number>): Promise<Candidate | string> {
    const { a, b, events } = pair;
    const obvious = isObviousPair(a, b);
    if (obvious !== undefined) return obvious;
    const [inA, inB, both] = [counts.get(a) ?? 0, counts.get(b) ?? 0, events.length];
    if (both < BAR.sessions) return `changed together in ${both} sessions, ${BAR.sessions} are needed`;
    if (new Set(events.map(([one]) => one.at.slice(0, 10))).size < BAR.days) return 'seen on one day only';
    if (both < inA * BAR.confidence || both < inB * BAR.confidence)
      return `changed together in ${both} sessions, but alone too: ${inA} and ${inB}`;
    const expected = (inA * inB) / this.sessions.length;
    if (both < expected * BAR.lift)
      return `by chance they would meet in ${expected.toFixed(1)} sessions, they met in ${both}`;
    const checks: CheckEvidence[] = [];
    for (const name of [a, b]) {
      const path = name.replace(/\/\*\.[^/]{0,40}$/u, '');
      if (!(await this.context.probe.exists(path))) return `${path} is no longer there`;
      checks.push({ kind: 'check', subject: path, verdict: 'fresh', detail: `${path} exists`, at: this.context.now });
    }
    return this.note(pair, counts, checks);
  }

  private note(pair: Pair, counts: ReadonlyMap<string, number>, checks: readonly CheckEvidence[]): Candidate | string {
    const { a, b, events } = pair;
    if (this.context.instructionFiles.some(({ text }) => tellsBoth(text, a, b)))
      return "the project's instructions name both already";
    const rule = `When \`${a}\` changes, also change \`${b}\`.`;
    const place = placeIn(this.context.schema, ['conventions', 'workflows', 'facts'], rule);
    if (place.kind === 'none') return place.reason;
    const evidence = [
      ...events.slice(-BAR.maxEvidence / 2).flat(),
      ...events
        .slice(0, -6)
        .map(([one]) => one)
        .slice(-20),
      ...checks,
    ];
    const [inA, inB] = [counts.get(a) ?? 0, counts.get(b) ?? 0];
    const counted = `Changed together in ${events.length} sessions: of ${inA} with \`${a}\`, and of ${inB} with \`${b}\`.`;
    return {
      kind: 'note',
      title: asTitle(rule),
      finding: {
        miner: NAME,
        category: place.category.name,
        slug: slugFrom(['change', ...topicWords(baseOf(a)), ...topicWords(baseOf(b))], rule, this.context.hasher),
        description: asDescription(rule),
        body: [rule, '', `**Why:** ${counted}`, `**Apply when:** \`${a}\` or \`${b}\` changes.`].join('\n'),
        paths: [a, b],
        evidence,
        trust: 'observed',
        score: score({
          evidence,
          trust: 'observed',
          text: rule,
          successRate: Math.min(events.length / inA, events.length / inB),
        }),
        rationale: counted,
        fingerprint: claimFingerprint(`co-change \`${a}\` \`${b}\``, this.context.hasher),
      },
    };
  }
}

/** Edits of one task, or of the task right after. */
function firstTogether(a: readonly Edit[], b: readonly Edit[]): readonly [EventEvidence, EventEvidence] | undefined {
  for (const one of a) {
    const other = b.find((edit) => Math.abs(edit.beat - one.beat) <= 1);
    if (other !== undefined) return [one.event, other.event];
  }
  return undefined;
}

function tellsBoth(text: string, a: string, b: string): boolean {
  return text.split(/\n\s*\n/u).some((part) => part.includes(baseOf(a)) && part.includes(baseOf(b)));
}

function baseOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function byWeight(x: Pair, y: Pair): number {
  return y.events.length - x.events.length || compareText(`${x.a}\n${x.b}`, `${y.a}\n${y.b}`);
}
