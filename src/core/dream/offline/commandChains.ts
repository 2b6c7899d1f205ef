import type { EventEvidence } from '../finding';
import { commandForm } from './commandForm';
import { countPass, isProven, newTally } from './commandTally';
import type { Tally } from './commandTally';
import { intentOf } from './intent';
import type { Intent } from './intentWords';
import type { ShellCommand } from './shell';
import { isInside, outcomeOf } from './shellCalls';
import type { ShellCall } from './shellCalls';

const MOST_PARTS = 4;
/** Of the runs of each part, so many were runs of the chain: it is one thing to do, not two. */
const SHARE = 0.8;

/** Commands that run one after the other in one line, `npm run types && npx eslint .`, as one command. */
export class CommandChains {
  private readonly chains = new Map<string, Tally>();

  /** Counts a line that passed and is nothing but commands with an intent, each depending on the one before. */
  call(call: ShellCall, eventFor: (command: ShellCommand) => EventEvidence): void {
    const { commands } = call;
    if (commands.length < 2 || commands.length > MOST_PARTS) return;
    const parts = commands.flatMap((command) => partOf(call, command));
    const [first] = commands;
    if (first === undefined || parts.length !== commands.length) return;
    if (commands.some(({ directory }) => directory !== first.directory)) return;
    const raw = commands.map((command) => command.raw).join(' && ');
    const stems = parts.map(({ stem }) => stem);
    if (new Set(stems).size !== stems.length || !(call.call.input['command'] ?? '').includes(raw)) return;
    const stem = stems.join(' && ');
    const key = JSON.stringify([first.directory, stem]);
    const tally = this.chains.get(key) ?? { ...newTally(stem, intentOfAll(parts), first.directory), parts: stems };
    this.chains.set(key, tally);
    const whole = { ...first, raw, words: commands.flatMap(({ words }) => words) };
    countPass(tally, whole, eventFor(whole));
  }

  /** The same tallies, those of commands that hardly run by themselves as their chain. */
  joined(tallies: readonly Tally[]): readonly Tally[] {
    const told = [...this.chains.values()].filter((chain) => isProven(chain) && isOneThing(chain, tallies));
    const within = (tally: Tally): boolean =>
      told.some((chain) => chain.directory === tally.directory && chain.parts?.includes(tally.stem) === true);
    return [...tallies.filter((tally) => !within(tally)), ...told];
  }
}

interface Part {
  readonly stem: string;
  readonly intent: Intent;
}

function partOf(call: ShellCall, command: ShellCommand): readonly Part[] {
  const intent = intentOf(command.words);
  const stem = commandForm(command.words);
  if (intent === undefined || stem === undefined || command.statusHidden || !isInside(command.directory)) return [];
  return outcomeOf(call, command) === 'passed' ? [{ stem, intent }] : [];
}

function intentOfAll(parts: readonly Part[]): Intent {
  const [first] = parts;
  return first !== undefined && parts.every(({ intent }) => intent === first.intent) ? first.intent : 'check';
}

function isOneThing(chain: Tally, tallies: readonly Tally[]): boolean {
  return (chain.parts ?? []).every((part) => {
    const alone = tallies.filter(({ stem, directory }) => stem === part && directory === chain.directory);
    return alone.reduce((sum, { passed }) => sum + passed, 0) * SHARE <= chain.passed;
  });
}
