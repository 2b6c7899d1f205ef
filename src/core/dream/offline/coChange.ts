import type { Beat } from '../../sessions/beats';
import type { CapturedSession } from '../../sessions/session';
import { placeIn } from '../categories';
import { placeOf } from '../dismissal';
import type { CheckEvidence, Dismissed, EventEvidence } from '../finding';
import type { Candidate, Miner, MinerContext, MinerResult, MinerRun } from '../miner';
import { compareText } from '../text/words';
import { isObviousPair } from './coChangeObvious';
import { foundNote } from './foundNote';
import { PathClasses } from './pathClass';
import { topicWords } from './rule';
import { isInside, shellHistory } from './shellCalls';

const NAME = 'co-change';
const BAR = {
  /** Seen together in so many sessions to be looked at, and to be told. */
  seen: 3,
  sessions: 4,
  days: 2,
  /** Of the sessions in which one of them changed, and of those in which the other did: chance single edits are no veto. */
  confidence: 0.6,
  backwards: 0.4,
  lift: 2,
  /** Where both are edited in many sessions, tasks tell more than sessions do; they are more, so it takes more. */
  taskLift: 3,
  /** Of the sessions with either, so many have both, and hardly by chance. */
  inseparable: 0.8,
  chance: 0.04,
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
  /** Sessions in which one and the same task edited both. */
  tasks: number;
}

/** By the first file of each pair, and then by the second. */
type Pairs = Map<string, Map<string, Pair>>;

/** In how many sessions, and in how many tasks, something was edited. */
interface Count {
  sessions: number;
  tasks: number;
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
    const counts = new Map<string, Count>();
    const pairs: Pairs = new Map();
    for (const edits of this.sessions) this.count(edits, counts, pairs);
    const candidates: Candidate[] = [];
    const dismissed: Dismissed[] = [];
    const known = [...pairs.values()]
      .flatMap((others) => [...others.values()])
      .filter((pair) => pair.events.length >= BAR.seen)
      .sort(byWeight);
    const told: Pair[] = [];
    for (const pair of known) {
      const made = await this.next(pair, counts, told);
      if (typeof made !== 'string') {
        candidates.push(made);
        told.push(pair);
      } else if (dismissed.length < 100)
        dismissed.push({
          miner: NAME,
          summary: `${pair.a} and ${pair.b}`.slice(0, 160),
          reason: made,
          ...placeOf(pair.events[0]?.[0]),
        });
    }
    return { candidates, dismissed };
  }

  private async next(
    pair: Pair,
    counts: ReadonlyMap<string, Count>,
    told: readonly Pair[],
  ): Promise<Candidate | string> {
    if (told.length >= BAR.maxProposed) return `one dream tells ${BAR.maxProposed} pairs of files`;
    if (told.some((other) => covers(pair, other))) return 'two files of them tell it more exactly';
    return this.judge(pair, counts);
  }

  private count(edits: readonly Edit[], counts: Map<string, Count>, pairs: Pairs): void {
    const items = [...this.itemsOf(edits)].sort(([a], [b]) => compareText(a, b));
    for (const [index, [a, editsOfA]] of items.entries()) {
      const count = countOf(a, counts);
      counts.set(a, count);
      count.sessions += 1;
      count.tasks += new Set(editsOfA.map(({ beat }) => beat)).size;
      const others = pairs.get(a) ?? new Map<string, Pair>();
      pairs.set(a, others);
      for (const [b, editsOfB] of items.slice(index + 1)) {
        const together = firstTogether(editsOfA, editsOfB);
        if (together === undefined) continue;
        const pair = others.get(b) ?? { a, b, events: [], tasks: 0 };
        others.set(b, pair);
        pair.events.push([together[0].event, together[1].event]);
        if (together[0].beat === together[1].beat) pair.tasks += 1;
      }
    }
  }

  /** Edits by the file or the class that a pair can name. */
  private itemsOf(edits: readonly Edit[]): ReadonlyMap<string, readonly Edit[]> {
    const items = new Map<string, Edit[]>();
    for (const edit of edits) {
      for (const name of this.classes.namesOf(edit.path, BAR.seen)) {
        const same = items.get(name);
        if (same === undefined) items.set(name, [edit]);
        else same.push(edit);
      }
    }
    return items;
  }

  private async judge(pair: Pair, counts: ReadonlyMap<string, Count>): Promise<Candidate | string> {
    const { a, b, events } = pair;
    const obvious = isObviousPair(a, b);
    if (obvious !== undefined) return obvious;
    const [inA, inB, both] = [countOf(a, counts).sessions, countOf(b, counts).sessions, events.length];
    if (both < BAR.sessions) return `changed together in ${both} sessions, ${BAR.sessions} are needed`;
    if (new Set(events.map(([one]) => one.at.slice(0, 10))).size < BAR.days) return 'seen on one day only';
    if (both < Math.min(inA, inB) * BAR.confidence || both < Math.max(inA, inB) * BAR.backwards)
      return `changed together in ${both} sessions, but alone too: ${inA} and ${inB}`;
    const expected = (inA * inB) / this.sessions.length;
    if (both < expected * BAR.lift && !this.sharesTasks(pair, counts) && !this.isInseparable(both, inA, inB))
      return `by chance they would meet in ${expected.toFixed(1)} sessions, they met in ${both}`;
    const checks: CheckEvidence[] = [];
    for (const name of [a, b]) {
      const path = name.replace(/\/\*\.[^/]{0,40}$/u, '');
      if (!(await this.context.probe.exists(path))) return `${path} is no longer there`;
      checks.push({ kind: 'check', subject: path, verdict: 'fresh', detail: `${path} exists`, at: this.context.now });
    }
    return this.note(pair, counts, checks);
  }

  /** One task edited both far more often than it would by chance. */
  private sharesTasks(pair: Pair, counts: ReadonlyMap<string, Count>): boolean {
    const tasks = this.sessions.reduce((sum, edits) => sum + new Set(edits.map(({ beat }) => beat)).size, 0);
    const expected = (countOf(pair.a, counts).tasks * countOf(pair.b, counts).tasks) / Math.max(1, tasks);
    return pair.tasks >= BAR.sessions && pair.tasks >= expected * BAR.taskLift;
  }

  /** Hardly one without the other: where there are few sessions, being often as expected would say nothing of it. */
  private isInseparable(both: number, inA: number, inB: number): boolean {
    return both >= Math.max(inA, inB) * BAR.inseparable && chanceOf(both, inA, inB, this.sessions.length) <= BAR.chance;
  }

  private note(pair: Pair, counts: ReadonlyMap<string, Count>, checks: readonly CheckEvidence[]): Candidate | string {
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
    const [inA, inB] = [countOf(a, counts).sessions, countOf(b, counts).sessions];
    const counted = `Changed together in ${events.length} sessions: of ${inA} with \`${a}\`, and of ${inB} with \`${b}\`.`;
    return foundNote(
      {
        miner: NAME,
        category: place.category.name,
        rule,
        topic: ['change', ...topicWords(baseOf(a)), ...topicWords(baseOf(b))],
        lines: [`**Why:** ${counted}`, `**Apply when:** \`${a}\` or \`${b}\` changes.`],
        paths: [a, b],
        evidence,
        trust: 'observed',
        successRate: Math.min(events.length / inA, events.length / inB),
        rationale: counted,
        claim: `co-change \`${a}\` \`${b}\``,
      },
      this.context.hasher,
    );
  }
}

function countOf(name: string, counts: ReadonlyMap<string, Count>): Count {
  return counts.get(name) ?? { sessions: 0, tasks: 0 };
}

/** How likely it is that so many or more of the sessions with the one are among those with the other (Fisher). */
function chanceOf(both: number, inA: number, inB: number, all: number): number {
  let sum = 0;
  for (let more = both; more <= Math.min(inA, inB); more += 1)
    sum += Math.exp(logChoose(inA, more) + logChoose(all - inA, inB - more) - logChoose(all, inB));
  return sum;
}

function logChoose(of: number, taken: number): number {
  if (taken < 0 || taken > of) return Number.NEGATIVE_INFINITY;
  let sum = 0;
  for (let at = 1; at <= taken; at += 1) sum += Math.log((of - taken + at) / at);
  return sum;
}

/** Edits of one task, or else of the task right after. */
function firstTogether(a: readonly Edit[], b: readonly Edit[]): readonly [Edit, Edit] | undefined {
  for (const reach of [0, 1]) {
    for (const one of a) {
      const other = b.find((edit) => Math.abs(edit.beat - one.beat) <= reach);
      if (other !== undefined) return [one, other];
    }
  }
  return undefined;
}

/** True where the pair names a folder, and the other one says which files of it. */
function covers(pair: Pair, other: Pair): boolean {
  const within = (wide: string, narrow: string): boolean =>
    wide === narrow || (isFolder(wide) && folderOf(wide) === folderOf(narrow));
  return (within(pair.a, other.a) && within(pair.b, other.b)) || (within(pair.a, other.b) && within(pair.b, other.a));
}

function isFolder(name: string): boolean {
  return baseOf(name).startsWith('*');
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function tellsBoth(text: string, a: string, b: string): boolean {
  return text.split(/\n\s*\n/u).some((part) => part.includes(baseOf(a)) && part.includes(baseOf(b)));
}

function baseOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function byWeight(x: Pair, y: Pair): number {
  const folders = (pair: Pair): number => Number(isFolder(pair.a)) + Number(isFolder(pair.b));
  return (
    folders(x) - folders(y) || y.events.length - x.events.length || compareText(`${x.a}\n${x.b}`, `${y.a}\n${y.b}`)
  );
}
