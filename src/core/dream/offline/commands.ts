import type { CapturedSession } from '../../sessions/session';
import { placeIn } from '../categories';
import type { Dismissed, EventEvidence } from '../finding';
import { claimFingerprint } from '../fingerprint';
import type { Candidate, Miner, MinerContext, MinerResult, MinerRun } from '../miner';
import { score } from '../score';
import { compareText } from '../text/words';
import { bareForm, commandForm, isObvious } from './commandForm';
import { INTENTS, intentOf } from './intent';
import type { Intent } from './intent';
import { environmentError } from './errorSignature';
import { asDescription, asTitle } from './rule';
import { isInside, outcomeOf, shellCalls } from './shellCalls';
import type { ShellCall } from './shellCalls';
import { slugFrom } from './slugFrom';

const NAME = 'commands';
const BAR = { passes: 3, sessions: 2, maxVariants: 3, maxEvidence: 6, maxFailures: 2 } as const;

const WORDING: Readonly<Record<Intent, { readonly verb: string; readonly when: string }>> = {
  test: { verb: 'Run the tests with', when: 'running the tests' },
  lint: { verb: 'Lint with', when: 'checking code before it is done' },
  typecheck: { verb: 'Check types with', when: 'checking types' },
  format: { verb: 'Format with', when: 'formatting code' },
  build: { verb: 'Build with', when: 'building' },
  run: { verb: 'Run it with', when: 'starting the program' },
};

interface Tally {
  readonly form: string;
  readonly intent: Intent;
  readonly directory: string;
  passed: number;
  failed: number;
  /** Failures that come from the environment: this form does not work here. */
  unusable: number;
  readonly sessions: Set<string>;
  readonly first: Map<string, EventEvidence>;
  readonly failures: EventEvidence[];
}

/** Commands that work here, as their exit status showed: one memory for each intent and package. */
export const commandsMiner: Miner = { name: NAME, begin: (context) => new CommandsRun(context) };

class CommandsRun implements MinerRun {
  private readonly tallies = new Map<string, Tally>();

  constructor(private readonly context: MinerContext) {}

  session(session: CapturedSession): void {
    for (const call of shellCalls(session.entries, session.header.cwd)) this.call(session.header.id, call);
  }

  finish(): MinerResult {
    const candidates: Candidate[] = [];
    const dismissed: Dismissed[] = [];
    const all = [...this.tallies.values()];
    const places = [...new Set(all.map((tally) => tally.directory))].sort(compareText);
    for (const directory of places) {
      for (const intent of INTENTS) {
        const tallies = all.filter((tally) => tally.directory === directory && tally.intent === intent);
        const made = tallies.length === 0 ? undefined : this.candidate(tallies);
        if (typeof made === 'string') dismissed.push({ miner: NAME, summary: summary(tallies), reason: made });
        else if (made !== undefined) candidates.push(made);
      }
    }
    return { candidates, dismissed };
  }

  private call(session: string, call: ShellCall): void {
    for (const command of call.commands) {
      const intent = intentOf(command.words);
      const form = commandForm(command.words);
      if (intent === undefined || form === undefined || !isInside(command.directory)) continue;
      const outcome = outcomeOf(call, command);
      if (outcome === 'unknown') continue;
      const key = JSON.stringify([command.directory, intent, form]);
      const tally = this.tallies.get(key) ?? newTally(form, intent, command.directory);
      this.tallies.set(key, tally);
      const event = {
        kind: 'event' as const,
        session,
        entry: call.result.id,
        quote: command.raw.slice(0, 300),
        at: call.result.at,
      };
      if (outcome === 'passed') {
        tally.passed += 1;
        tally.sessions.add(session);
        if (!tally.first.has(session)) tally.first.set(session, { ...event, event: 'succeeded' });
      } else {
        tally.failed += 1;
        if (environmentError(call.result.text) !== undefined) {
          tally.unusable += 1;
          tally.failures.push({ ...event, event: 'failed' });
        }
      }
    }
  }

  private candidate(tallies: readonly Tally[]): Candidate | string {
    const proven = tallies
      .filter(
        (tally) => tally.passed >= BAR.passes && tally.sessions.size >= BAR.sessions && tally.unusable < tally.passed,
      )
      .sort(byWeight);
    const [main, ...others] = proven;
    if (main === undefined) return `no form of it passed ${BAR.passes} times in ${BAR.sessions} sessions`;
    const broken = tallies
      .filter((tally) => tally.passed === 0 && tally.unusable >= 2)
      .sort(byWeight)
      .slice(0, BAR.maxFailures);
    const more = others
      .filter((tally, index) => isAnother(tally, [main, ...others.slice(0, index)]))
      .slice(0, BAR.maxVariants - 1);
    if (isObvious(main.form) && broken.length === 0 && more.length === 0) {
      return `${main.form} is what anybody would try first`;
    }
    if ([main, ...more].every((tally) => this.isToldAlready(tally.form))) {
      return `${main.form} stands in the project's instructions already`;
    }
    return this.note(main, more, broken);
  }

  private isToldAlready(form: string): boolean {
    return this.context.instructionFiles.some((file) => file.text.includes(form));
  }

  private note(main: Tally, more: readonly Tally[], broken: readonly Tally[]): Candidate | string {
    const place = placeIn(this.context.schema, ['commands', 'workflows', 'facts'], main.form);
    if (place.kind === 'none') return place.reason;
    const { verb, when } = WORDING[main.intent];
    const where = main.directory === '' ? '' : ` in \`${main.directory}\``;
    const also = more.map((tally) => `\`${tally.form}\``).join(', ');
    const instead = broken.map((tally) => `\`${tally.form}\``).join(' or ');
    const does = `${verb} \`${main.form}\`${where}`;
    const rule = `${does}${instead === '' ? '' : `, not ${instead}`}.${also === '' ? '' : ` Also: ${also}.`}`;
    const why = instead === '' ? [] : [`**Why:** ${instead} fails here for lack of set-up, not because of the code.`];
    const evidence = [
      ...[main, ...more].flatMap(passEvidence),
      ...broken.flatMap((tally) => tally.failures.slice(0, 2)),
    ];
    return {
      kind: 'note',
      title: asTitle(does),
      finding: {
        miner: NAME,
        category: place.category.name,
        slug: slugFrom(slugWords(main), main.form, this.context.hasher),
        description: asDescription(rule),
        body: [rule, '', ...why, `**Apply when:** ${when}${where}.`].join('\n'),
        ...(main.directory === '' ? {} : { paths: [`${main.directory}/**`] }),
        evidence,
        trust: 'observed',
        score: score({
          evidence,
          trust: 'observed',
          text: rule,
          successRate: main.passed / (main.passed + main.failed),
        }),
        rationale: [main, ...more].map(record).join(' '),
        fingerprint: claimFingerprint(`${main.intent} ${main.directory} \`${main.form}\``, this.context.hasher),
      },
    };
  }
}

/** Worth telling beside the others: not obvious, and more than one of them with another flag. */
function isAnother(tally: Tally, known: readonly Tally[]): boolean {
  return !isObvious(tally.form) && !known.some((one) => bareForm(one.form) === bareForm(tally.form));
}

function slugWords(tally: Tally): readonly string[] {
  const place = tally.directory === '' ? ['command'] : tally.directory.split('/');
  return [tally.intent === 'run' ? 'start' : tally.intent, ...place];
}

/** Success rate and last use: they change with every session, so they stand in the rationale and never in the file. */
function record(tally: Tally): string {
  const last = [...tally.first.values()].map((event) => event.at).sort(compareText);
  const day = (last.at(-1) ?? '').slice(0, 10);
  const runs = tally.passed + tally.failed;
  return `\`${tally.form}\` passed ${tally.passed} of ${runs} times in ${tally.sessions.size} sessions${day === '' ? '' : `, last seen ${day}`}.`;
}

function newTally(form: string, intent: Intent, directory: string): Tally {
  return {
    form,
    intent,
    directory,
    passed: 0,
    failed: 0,
    unusable: 0,
    sessions: new Set(),
    first: new Map(),
    failures: [],
  };
}

function byWeight(a: Tally, b: Tally): number {
  return b.sessions.size - a.sessions.size || b.passed - a.passed || compareText(a.form, b.form);
}

/** The first and the last sessions in which it passed: enough to check, small enough to keep. */
function passEvidence(tally: Tally): readonly EventEvidence[] {
  const events = [...tally.first.values()].sort((a, b) => compareText(a.at, b.at) || compareText(a.entry, b.entry));
  return events.length <= BAR.maxEvidence ? events : [...events.slice(0, 2), ...events.slice(2 - BAR.maxEvidence)];
}

function summary(tallies: readonly Tally[]): string {
  const forms = [...tallies]
    .sort(byWeight)
    .slice(0, 3)
    .map((tally) => tally.form);
  return `${tallies[0]?.intent ?? 'command'}: ${forms.join(' · ')}`.slice(0, 160);
}
