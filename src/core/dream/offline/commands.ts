import type { CapturedSession } from '../../sessions/session';
import { placeIn } from '../categories';
import type { Dismissed, EventEvidence } from '../finding';
import type { Candidate, Miner, MinerContext, MinerResult, MinerRun } from '../miner';
import { compareText } from '../text/words';
import { CommandChains } from './commandChains';
import { bareForm, commandForm, isObvious } from './commandForm';
import { CommandSwitches } from './commandSwitches';
import type { Replaced } from './commandSwitches';
import { asTold, byWeight, countFailure, countPass, isProven, newTally } from './commandTally';
import type { Tally, Told } from './commandTally';
import { agreed, purposeOf, saidAfter, scriptIntent } from './commandPurpose';
import { intentOf, isKnownTool, isNoise } from './intent';
import { INTENTS } from './intentWords';
import type { Intent } from './intentWords';
import { environmentError } from './errorSignature';
import { foundNote } from './foundNote';
import { isSetUp, stepForm } from './fixesSteps';
import { callsScript, scriptsIn } from './commandScripts';
import type { Scripts } from './commandScripts';
import type { ShellCommand } from './shell';
import { isInside, outcomeOf, shellHistory, soleCommand } from './shellCalls';
import type { ShellCall } from './shellCalls';

const NAME = 'commands';
const BAR = { maxVariants: 3, maxEvidence: 6, maxFailures: 2, also: 0.5, unknown: 2_000, unknownSessions: 3 } as const;

const WORDING: Readonly<Record<Intent, { readonly verb: string; readonly when: string }>> = {
  test: { verb: 'Run the tests with', when: 'running the tests' },
  lint: { verb: 'Lint with', when: 'checking code before it is done' },
  typecheck: { verb: 'Check types with', when: 'checking types' },
  format: { verb: 'Format with', when: 'formatting code' },
  build: { verb: 'Build with', when: 'building' },
  check: { verb: 'Check the work with', when: 'the work is done' },
  generate: { verb: 'Generate code with', when: 'generating code' },
  migrate: { verb: 'Migrate the database with', when: 'migrating the database' },
  release: { verb: 'Release with', when: 'making a release' },
  run: { verb: 'Run it with', when: 'starting the program' },
};

/** Commands that work here, as their exit status showed: one memory for each intent and package. */
export const commandsMiner: Miner = { name: NAME, begin: (context) => new CommandsRun(context) };

/** Runs of a command that does not tell what it is for, with what was said and printed of it. */
interface Unknown {
  readonly tally: Tally;
  readonly votes: Map<Intent, number>;
}

class CommandsRun implements MinerRun {
  private readonly tallies = new Map<string, Tally>();
  private readonly unknown = new Map<string, Unknown>();
  private readonly switches = new CommandSwitches();
  private readonly chains = new CommandChains();

  constructor(private readonly context: MinerContext) {}

  session(session: CapturedSession): void {
    const { calls } = shellHistory(session.entries, session.header.cwd);
    const said = saidAfter(session.entries);
    for (const call of calls) {
      this.call(session.header.id, call, said);
      this.chains.call(call, (command) => ({ ...eventOf(session.header.id, call, command), event: 'succeeded' }));
    }
    this.switches.session(session.header.id, calls);
  }

  async finish(): Promise<MinerResult> {
    const candidates: Candidate[] = [];
    const dismissed: Dismissed[] = [];
    const known = this.chains.joined([...this.tallies.values()]);
    const unknown = [...this.unknown.values()].filter(({ tally }) => tally.sessions.size >= BAR.unknownSessions);
    const places = [...new Set([...known, ...unknown.map(({ tally }) => tally)].map(({ directory }) => directory))];
    for (const directory of places.sort(compareText)) {
      const scripts = await scriptsIn(directory, this.context.probe);
      const all = [...known, ...settled(unknown, directory, scripts)];
      for (const intent of INTENTS) {
        const tallies = all.filter((tally) => tally.directory === directory && tally.intent === intent);
        const made = tallies.length === 0 ? undefined : this.candidate(tallies, scripts);
        if (typeof made === 'string') dismissed.push({ miner: NAME, summary: summary(tallies), reason: made });
        else if (made !== undefined) candidates.push(made);
      }
    }
    return { candidates, dismissed };
  }

  private call(session: string, call: ShellCall, said: ReadonlyMap<string, string>): void {
    for (const command of call.commands) {
      const intent = intentOf(command.words);
      const form = commandForm(command.words);
      if (form === undefined || !isInside(command.directory)) continue;
      const outcome = outcomeOf(call, command);
      if (outcome === 'unknown') continue;
      const event = eventOf(session, call, command);
      const tally =
        intent === undefined
          ? this.unknownTally(form, call, command, said)
          : remembered(this.tallies, [command.directory, intent, form], () =>
              newTally(form, intent, command.directory),
            );
      if (tally === undefined) continue;
      if (outcome === 'passed') countPass(tally, command, { ...event, event: 'succeeded' });
      else countFailure(tally, { ...event, event: 'failed' }, environmentError(call.result.text) !== undefined);
    }
  }

  /** Only of what passed and may be told; what it was for is asked of the only thing that the call did. */
  private unknownTally(
    form: string,
    call: ShellCall,
    command: ShellCommand,
    said: ReadonlyMap<string, string>,
  ): Tally | undefined {
    if (isNoise(command.words) || isKnownTool(command.words) || soleCommand(call) !== command) return undefined;
    const key = [command.directory, form];
    const isKnown = this.unknown.has(JSON.stringify(key));
    if (!isKnown && this.unknown.size >= BAR.unknown) return undefined;
    const purpose = purposeOf(call.call, call.result, said.get(call.result.id));
    // Of most of them nothing is ever said: they are not kept.
    if (!isKnown && purpose === undefined && !callsScript(form)) return undefined;
    if (!isKnown && isSetUp(stepForm(command) ?? '')) return undefined;
    const { tally, votes } = remembered(this.unknown, key, () => ({
      tally: newTally(form, 'check', command.directory),
      votes: new Map<Intent, number>(),
    }));
    if (purpose !== undefined) votes.set(purpose, (votes.get(purpose) ?? 0) + 1);
    return tally;
  }

  private candidate(tallies: readonly Tally[], scripts: Scripts): Candidate | string {
    const able = tallies.filter(isProven).sort(byWeight);
    const proven = able.flatMap((tally) => asTold(tally) ?? []);
    const gone = proven.filter((tally) => scripts.verdict(tally.form) === 'gone');
    const [main, ...others] = proven.filter((tally) => !gone.includes(tally));
    if (main === undefined && gone[0] !== undefined) return `${gone[0].form} is no longer a script of this project`;
    if (main === undefined)
      return able.length > 0
        ? 'it ran with another file or filter each time'
        : 'no form of it passed twice in two sessions of more than one day';
    const broken = this.brokenFor(main, tallies);
    const more = others
      .filter((tally) => tally.sessions.size >= main.sessions.size * BAR.also)
      .filter((tally, index, all) => isAnother(tally, [main, ...all.slice(0, index)]))
      .slice(0, BAR.maxVariants - 1);
    if (isObvious(main.stem) && broken.length === 0 && more.length === 0) {
      return `${main.form} is what anybody would try first`;
    }
    if (broken.length === 0 && [main, ...more].every((tally) => this.isToldAlready(tally))) {
      return `${main.form} stands in the project's instructions already`;
    }
    return this.note(main, more, broken, scripts);
  }

  /** What does not work here: for lack of what it needs, or because the main form was run in its place. */
  private brokenFor(main: Told, tallies: readonly Tally[]): readonly Replaced[] {
    const unusable = tallies
      .filter((tally) => tally.passed === 0 && tally.unusable >= 2)
      .sort(byWeight)
      .map(({ stem, failures }) => ({ form: stem, failures }));
    const replaced = (main.parts ?? [main.stem]).flatMap((stem) => this.switches.replacedBy(main.directory, stem));
    const known = new Set(replaced.map(({ form }) => form));
    return [...replaced, ...unusable.filter(({ form }) => !known.has(form))].slice(0, BAR.maxFailures);
  }

  private isToldAlready({ form, stem }: Told): boolean {
    return this.context.instructionFiles.some(({ text }) => text.includes(form) || text.includes(stem));
  }

  private note(main: Told, more: readonly Told[], broken: readonly Replaced[], scripts: Scripts): Candidate | string {
    const place = placeIn(this.context.schema, ['commands', 'workflows', 'facts'], main.form);
    if (place.kind === 'none') return place.reason;
    const { verb, when } = WORDING[main.intent];
    const where = main.directory === '' ? '' : ` in \`${main.directory}\``;
    const also = more.map((tally) => `\`${tally.form}\``).join(', ');
    const instead = broken.map(({ form }) => `\`${form}\``).join(' or ');
    const does = `${verb} \`${main.form}\`${where}`;
    const rule = `${does}${instead === '' ? '' : ` instead of ${instead}`}.${also === '' ? '' : ` Also: ${also}.`}`;
    const why = [`**Why:** ${record(main)}`];
    const evidence = [
      ...[main, ...more].flatMap(passEvidence),
      ...broken.flatMap(({ failures }) => failures.slice(0, 2)),
      ...scripts.evidence(main.form, this.context.now),
    ];
    return foundNote(
      {
        miner: NAME,
        category: place.category.name,
        rule,
        title: does,
        topic: slugWords(main),
        named: main.form,
        lines: [...why, `**Apply when:** ${when}${where}.`],
        ...(main.directory === '' ? {} : { paths: [`${main.directory}/**`] }),
        evidence,
        trust: 'observed',
        successRate: main.passed / (main.passed + main.failed),
        rationale: [main, ...more].map(record).join(' '),
        claim: `${main.intent} ${main.directory} \`${main.form}\``,
      },
      this.context.hasher,
    );
  }
}

function remembered<T>(all: Map<string, T>, key: readonly string[], make: () => T): T {
  const name = JSON.stringify(key);
  const known = all.get(name);
  if (known !== undefined) return known;
  const made = make();
  all.set(name, made);
  return made;
}

function eventOf(session: string, { result }: ShellCall, command: ShellCommand): Omit<EventEvidence, 'event'> {
  return { kind: 'event', session, entry: result.id, quote: command.raw.slice(0, 300), at: result.at };
}

/** What the runs of a folder are for whose commands do not tell: by their scripts, or by what was said of them. */
function settled(unknown: readonly Unknown[], directory: string, scripts: Scripts): readonly Tally[] {
  return unknown.flatMap(({ tally, votes }) => {
    if (tally.directory !== directory) return [];
    const intent = scriptIntent(scripts.body(tally.stem) ?? '') ?? agreed(votes);
    return intent === undefined ? [] : [{ ...tally, intent }];
  });
}

/** Worth telling beside the others: not obvious, and more than one of them with another flag. */
function isAnother(tally: Told, known: readonly Told[]): boolean {
  return !isObvious(tally.stem) && !known.some((one) => bareForm(one.stem) === bareForm(tally.stem));
}

function slugWords(tally: Tally): readonly string[] {
  const place = tally.directory === '' ? ['command'] : tally.directory.split('/');
  return [tally.intent === 'run' ? 'start' : tally.intent, ...place];
}

/** Success rate and last use: they change with every session, so they stand in the rationale and never in the file. */
function record(tally: Told): string {
  const last = [...tally.first.values()].map((event) => event.at).sort(compareText);
  const day = (last.at(-1) ?? '').slice(0, 10);
  const runs = tally.passed + tally.failed;
  return `\`${tally.form}\` passed ${tally.passed} of ${runs} times in ${tally.sessions.size} sessions${day === '' ? '' : `, last ${day}`}.`;
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
    .map((tally) => tally.stem);
  return `${tallies[0]?.intent ?? 'command'}: ${forms.join(' · ')}`.slice(0, 160);
}
