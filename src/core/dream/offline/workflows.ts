import type { Beat } from '../../sessions/beats';
import type { CapturedSession } from '../../sessions/session';
import { placeIn } from '../categories';
import { placeOf } from '../dismissal';
import type { Dismissed, EventEvidence } from '../finding';
import type { Candidate, Miner, MinerContext, MinerResult, MinerRun } from '../miner';
import { compareText } from '../text/words';
import { exactForm } from './commandExact';
import { foundNote } from './foundNote';
import { PathClasses } from './pathClass';
import { topicWords } from './rule';
import { slotsOf } from './workflowSlots';
import { expectedByChance, frequentSequences } from './workflowSequences';
import type { Pattern } from './workflowSequences';
import { trailOf } from './workflowSteps';
import type { Step, Trail } from './workflowSteps';

const NAME = 'workflows';
const BAR = {
  minSessions: 3,
  minLength: 3,
  maxLength: 6,
  maxGap: 4,
  days: 2,
  success: 0.65,
  /** Times as often as chance would have it. */
  lift: 2,
  /** Of the sessions that begin like this, so many go on like this. */
  follows: 0.5,
  /** A shorter run of the same steps is its own habit only if it is this much more frequent. */
  ownHabit: 1.5,
  /** Typed alike in so many of its sessions, a step is told as it was typed. */
  typed: 0.6,
  maxEvidence: 12,
  maxProposed: 5,
} as const;

/** Orders of commands and edits that recur and end well: one memory for each. */
export const workflowsMiner: Miner = { name: NAME, begin: (context) => new WorkflowsRun(context) };

/** A pattern with what it is made of. */
interface Told {
  readonly pattern: Pattern;
  /** By step of the pattern, the real ones, newest session last. */
  readonly matches: readonly Match[];
  readonly rate: number;
}

interface Match {
  readonly session: string;
  readonly steps: readonly Step[];
  readonly well: boolean | undefined;
}

class WorkflowsRun implements MinerRun {
  private readonly trails: Trail[] = [];
  private readonly classes = new PathClasses();

  constructor(private readonly context: MinerContext) {}

  session(session: CapturedSession, beats: readonly Beat[]): void {
    const trail = trailOf(session, beats);
    if (trail.steps.length < 2) return;
    this.trails.push(trail);
    for (const step of trail.steps) if (step.kind === 'edit') this.classes.add(step.text, trail.session);
  }

  finish(): MinerResult {
    const slots = slotsOf(this.trails, BAR.minSessions);
    const named = this.trails.map((trail) => this.named(trail, slots));
    const counts = new Map<string, number>();
    for (const trail of named) for (const key of new Set(trail.keys)) counts.set(key, (counts.get(key) ?? 0) + 1);
    const trails = named.map((trail) => keepFrequent(trail, counts));
    const sequences = trails.map(({ keys }) => keys);
    const dismissed: Dismissed[] = [];
    const good: Told[] = [];
    const failing: Told[] = [];
    for (const pattern of frequentSequences(sequences, BAR)) {
      const told = tell(pattern, trails);
      const problem = objection(told, sequences, counts);
      if (told.rate < BAR.success) failing.push(told);
      if (problem === undefined) good.push(told);
      else if (problem !== '') dismissed.push(leftOut(told, problem));
    }
    const candidates: Candidate[] = [];
    for (const told of withoutSubsumed(good.filter((told) => !failsLater(told, failing)))) {
      const made =
        candidates.length < BAR.maxProposed ? this.note(told) : `one dream tells ${BAR.maxProposed} workflows`;
      if (typeof made === 'string') dismissed.push(leftOut(told, made));
      else candidates.push(made);
    }
    return { candidates, dismissed: dismissed.slice(0, 100) };
  }

  private named(trail: Trail, slots: ReadonlyMap<string, string>): Named {
    const keys: string[] = [];
    const steps: Step[] = [];
    for (const step of trail.steps) {
      const key = this.keyOf(step, slots);
      if (key === undefined) continue;
      if (keys.at(-1) === key) {
        keys.pop();
        steps.pop();
      }
      keys.push(key);
      steps.push(step);
    }
    return { trail, keys, steps };
  }

  private keyOf(step: Step, slots: ReadonlyMap<string, string>): string | undefined {
    if (step.kind === 'command')
      return `run ${slots.get(step.text) ?? step.text}${step.directory === '' ? '' : `\n${step.directory}`}`;
    const name = this.classes.classOf(step.text, BAR.minSessions);
    return name === undefined ? undefined : `edit ${name}`;
  }

  private note(told: Told): Candidate | string {
    const { pattern, matches, rate } = told;
    const steps = pattern.steps.map((key, index) => typedAs(key, index, matches));
    const lines = steps.map((key, index) => `${index + 1}. ${stepText(key)}`);
    const place = placeIn(this.context.schema, ['workflows', 'commands', 'facts'], lines.join('\n'));
    if (place.kind === 'none') return place.reason;
    const commands = steps.filter((key) => key.startsWith('run ')).map(codeOf);
    if (this.context.instructionFiles.some((file) => commands.every((command) => file.text.includes(command))))
      return "its commands stand in the project's instructions already";
    const evidence = matches.slice(-3).flatMap(evidenceOf).slice(-BAR.maxEvidence);
    const others = matches
      .slice(0, -3)
      .flatMap((match) => evidenceOf(match).slice(-1))
      .slice(-20);
    const all = [...others, ...evidence];
    const rule = ruleOf(steps);
    const [first = ''] = steps;
    const when = first.startsWith('edit ')
      ? `\`${codeOf(first)}\` changes`
      : stepText(first).replace(/^Run/u, 'running');
    const well = matches.filter((match) => match.well === true).length;
    const counted = `The steps ran in this order in ${matches.length} sessions and passed in ${well} of them.`;
    return foundNote(
      {
        miner: NAME,
        category: place.category.name,
        rule,
        topic: topicWords(commands.join(' ')),
        lines: [...lines, '', `**Why:** ${counted}`, `**Apply when:** ${when}.`],
        evidence: all,
        trust: 'observed',
        successRate: rate,
        rationale: `${counted} First ${dayOf(matches[0])}, last ${dayOf(matches.at(-1))}.`,
        claim: pattern.steps.map((key) => `\`${codeOf(key)}\``).join(' '),
      },
      this.context.hasher,
    );
  }
}

interface Named {
  readonly trail: Trail;
  readonly keys: readonly string[];
  readonly steps: readonly Step[];
}

function keepFrequent(named: Named, counts: ReadonlyMap<string, number>): Named {
  const at = named.keys.flatMap((key, index) => ((counts.get(key) ?? 0) >= BAR.minSessions ? [index] : []));
  return {
    ...named,
    keys: at.flatMap((index) => named.keys[index] ?? []),
    steps: at.flatMap((index) => named.steps[index] ?? []),
  };
}

function tell(pattern: Pattern, trails: readonly Named[]): Told {
  const matches = [...pattern.places].flatMap(([at, positions]): Match[] => {
    const named = trails[at];
    if (named === undefined) return [];
    const steps = positions.flatMap((position) => named.steps[position] ?? []);
    return [{ session: named.trail.session, steps, well: wentWell(steps, named.trail) }];
  });
  const known = matches.filter(({ well }) => well !== undefined);
  const rate = known.length === 0 ? 0 : known.filter(({ well }) => well === true).length / known.length;
  return { pattern, matches, rate };
}

/** Undefined where nothing says how it went. */
function wentWell(steps: readonly Step[], trail: Trail): boolean | undefined {
  const commands = steps.filter((step) => step.kind === 'command');
  if (commands.some((step) => step.outcome === 'failed')) return false;
  if (steps.some((step) => trail.corrected.has(step.beat))) return false;
  return commands.some((step) => step.outcome === 'passed') ? true : undefined;
}

/** Why it is no workflow; '' where it is not even worth a word. */
function objection(
  told: Told,
  sequences: readonly (readonly string[])[],
  counts: ReadonlyMap<string, number>,
): string | undefined {
  const { pattern, matches, rate } = told;
  const special = matches[0]?.steps.filter((step) => step.kind === 'command' && !step.common) ?? [];
  const commands = matches[0]?.steps.filter((step) => step.kind === 'command') ?? [];
  if (commands.length < 2) return '';
  if (special.length === 0) return 'edit, test and commit is what every task does';
  const days = new Set(matches.flatMap(({ steps }) => steps.at(-1)?.at.slice(0, 10) ?? []));
  if (days.size < BAR.days) return `seen on ${days.size} day only`;
  if (rate < BAR.success) return `it ended well in ${Math.round(rate * 100)} % only`;
  const begun = counts.get(pattern.steps[0] ?? '') ?? matches.length;
  if (matches.length < begun * BAR.follows) return `begun in ${begun} sessions, gone through in ${matches.length}`;
  const expected = expectedByChance(pattern.steps, sequences, BAR);
  if (matches.length < expected * BAR.lift)
    return `by chance it would stand in ${expected.toFixed(1)} sessions, it stands in ${matches.length}`;
  return undefined;
}

/** True if going on from here mostly fails: the part that passes is no success then. */
function failsLater(told: Told, failing: readonly Told[]): boolean {
  return failing.some(
    (longer) =>
      longer.matches.length >= told.matches.length * BAR.success &&
      told.pattern.steps.every((step) => longer.pattern.steps.includes(step)),
  );
}

/** The longest run of each habit; a part of it only where it is a habit of its own. */
function withoutSubsumed(good: readonly Told[]): readonly Told[] {
  const longestFirst = [...good].sort(
    (a, b) =>
      b.pattern.steps.length - a.pattern.steps.length ||
      b.matches.length - a.matches.length ||
      compareText(a.pattern.steps.join('\n'), b.pattern.steps.join('\n')),
  );
  const kept: Told[] = [];
  for (const told of longestFirst) {
    const covered = kept.some(
      (other) =>
        overlaps(told.pattern.steps, other.pattern.steps) && told.matches.length < other.matches.length * BAR.ownHabit,
    );
    if (!covered) kept.push(told);
  }
  return kept.sort(
    (a, b) => b.matches.length - a.matches.length || compareText(ruleOf(a.pattern.steps), ruleOf(b.pattern.steps)),
  );
}

/** True if all but one of the shorter one's steps stand in the longer one. */
function overlaps(shorter: readonly string[], longer: readonly string[]): boolean {
  return shorter.filter((step) => longer.includes(step)).length >= shorter.length - 1;
}

/** The step in the words in which it mostly ran, file and all; else what its runs share. */
function typedAs(key: string, index: number, matches: readonly Match[]): string {
  if (!key.startsWith('run ')) return key;
  const counts = new Map<string, number>();
  for (const { steps } of matches) {
    const form = exactForm({ raw: steps[index]?.raw ?? '' });
    if (form !== undefined) counts.set(form, (counts.get(form) ?? 0) + 1);
  }
  const [most] = [...counts].sort((a, b) => b[1] - a[1] || compareText(a[0], b[0]));
  if (most === undefined || most[1] < matches.length * BAR.typed) return key;
  const directory = key.split('\n')[1];
  return `run ${most[0]}${directory === undefined ? '' : `\n${directory}`}`;
}

function ruleOf(steps: readonly string[]): string {
  const [first = '', ...rest] = steps;
  const then = rest.map((key) => (key.startsWith('edit ') ? `edit ${shown(key)}` : shown(key)));
  return first.startsWith('edit ')
    ? `After a change of ${shown(first)}: ${then.join(', then ')}.`
    : `After ${shown(first)}: ${then.join(', then ')}.`;
}

function stepText(key: string): string {
  return key.startsWith('edit ') ? `Edit \`${codeOf(key)}\`` : `Run ${shown(key)}`;
}

function shown(key: string): string {
  const directory = key.startsWith('run ') ? key.split('\n')[1] : undefined;
  return `\`${codeOf(key)}\`${directory === undefined ? '' : ` in \`${directory}\``}`;
}

function codeOf(key: string): string {
  return (key.startsWith('edit ') ? key.slice(5) : (key.slice(4).split('\n')[0] ?? '')).slice(0, 200);
}

function leftOut(told: Told, reason: string): Dismissed {
  const [first] = told.matches;
  const place = first === undefined ? {} : placeOf(evidenceOf(first)[0]);
  return { miner: NAME, summary: summary(told), reason, ...place };
}

function evidenceOf(match: Match): readonly EventEvidence[] {
  // Where a call of several commands failed, the log does not say which of them did: it shows nothing.
  const seen = match.steps.filter((step) => step.kind === 'edit' || step.outcome === 'passed');
  return seen.map((step) => ({
    kind: 'event',
    session: match.session,
    entry: step.entry,
    event: step.kind === 'edit' ? 'edited' : 'succeeded',
    quote: step.raw.slice(0, 300),
    at: step.at,
  }));
}

function dayOf(match: Match | undefined): string {
  return match?.steps.at(-1)?.at.slice(0, 10) ?? '';
}

function summary({ pattern }: Told): string {
  return pattern.steps.map(codeOf).join(' → ').slice(0, 160);
}
