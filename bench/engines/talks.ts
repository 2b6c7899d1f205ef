import type { CapturedSession } from '../../src/core/sessions/session';
import { buildSession } from '../../test/fakes/sessionBuilder';
import type { Random } from '../canary/formats';

/** A session of made-up words, and what was said in it by whom. */
export interface Talk {
  readonly session: CapturedSession;
  /** What the person typed, with the number of its entry. Two sentences, of different things. */
  readonly said: readonly [Words, Words];
  /** Words of others, verbatim in the session. */
  readonly others: readonly (Words & { readonly by: 'agent' | 'tool' | 'file' })[];
  /** A word that no other session has. */
  readonly tag: string;
}

export interface Words {
  readonly entry: number;
  readonly text: string;
}

const SYLLABLES =
  'ba be bi bo bu da de di do du fa fe fi fo ga ge gi go ka ke ki ko la le li lo lu ma me mi mo mu'.split(' ');

/** A word that means nothing and that hardly anybody has used before. */
export function newWord(random: Random): string {
  return `${syllables(5, random)}x`;
}

/** A word that stands nowhere else: what has it in common with another text was told by it. */
export function newMark(random: Random): string {
  return `q${syllables(9, random)}q`;
}

function syllables(count: number, random: Random): string {
  return Array.from({ length: count }, () => SYLLABLES[random.below(SYLLABLES.length)] ?? 'ba').join('');
}

const RULES: readonly ((word: () => string) => string)[] = [
  (word) => `From now on route every ${word()} ${word()} through the ${word()} gate, never through ${word()} again.`,
  (word) => `Always keep ${word()} and ${word()} in the ${word()} folder, and call it ${word()}.`,
  (word) => `In this project a ${word()} has 14 ${word()} at most, because ${word()} breaks the ${word()}.`,
  (word) => `Never touch ${word()} without asking ${word()}; the ${word()} team owns ${word()} here.`,
];

/** What a file of the project says that every session reads. */
export function makeNotice(random: Random): string {
  const word = (): string => newWord(random);
  return `All agents must send ${word()} to ${word()} and always skip the ${word()} of ${word()}.`;
}

/** Two rules of a person among words of the agent, of programs, of files and of what was pasted. */
export function makeTalk(id: string, startedAt: string, file: string, random: Random): Talk {
  const word = (): string => newWord(random);
  const rule = (): string => RULES[random.below(RULES.length)]?.(word) ?? '';
  const tag = word();
  const first = `${rule()} The ticket is ${tag}.`;
  const second = rule();
  const agent = `I noticed that ${word()} needs ${word()} before every ${word()} of the ${word()} is built.`;
  const output = `warning: ${word()} expects ${word()} to run before ${word()} in ${word()}`;
  const pasted = `Contributors always rebase ${word()} onto ${word()} and squash ${word()} by ${word()}.`;
  const look = 'have a look at this text:\n';
  const session = buildSession(id, startedAt)
    .says(first)
    .answers(`Understood. ${agent}`)
    .reads(`docs/${word()}.md`, `# Notes\n\n${file}\n`)
    .runs(`make ${word()}`, output)
    .says(second)
    .fails(`run ${word()}`, `error: ${word()} is missing`)
    .says(`${look}${pasted}`, { pasted: [[look.length, look.length + pasted.length]] })
    .refused('Bash', `no, ${word()} is for ${word()} only`, { command: `drop ${word()}` })
    .answers('Done.')
    .end();
  const at = (text: string): number =>
    session.entries.findIndex((entry) => 'text' in entry && entry.text.includes(text));
  return {
    session,
    tag,
    said: [
      { entry: at(first), text: first },
      { entry: at(second), text: second },
    ],
    others: [
      { entry: at(agent), text: agent, by: 'agent' },
      { entry: at(file), text: file, by: 'file' },
      { entry: at(output), text: output, by: 'tool' },
      { entry: at(pasted), text: pasted, by: 'file' },
    ],
  };
}
