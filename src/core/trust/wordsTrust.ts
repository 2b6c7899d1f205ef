import type { Trust } from '../dream/finding';
import { contentStems, oneSpace } from '../dream/text/words';
import { piecesOf, type Piece } from './pieces';
import { isErrorLine, isPlainCommand } from './plainText';
import { isQuarantined, lowestTrust } from './trustOf';
import { RUN, runsOf, wordsInOrder } from './wordRuns';
import type { WorkspaceCommands } from './workspaceCommands';

/** What the words of a claim can stand on. */
export interface Grounds {
  /** Who said a run of words first, in the sessions that were cited. */
  readonly origins: ReadonlyMap<string, Trust>;
  /** What a person said themselves, and what the workspace showed. */
  readonly said: readonly string[];
  /** Inputs of the calls whose outcome was seen. */
  readonly ran: readonly string[];
  /** Error lines of the failures that were cited: one space, lower case. */
  readonly errors: readonly string[];
  readonly commands: WorkspaceCommands;
}

/** A sentence is covered when so much of what it says was said by a trusted voice. */
const COVERED = 0.7;
/** Words with which any finding is told; they claim nothing by themselves. */
const FRAME: ReadonlySet<string> = contentStems(
  'user said asked run runs use used work works working fail fails failed error errors first again try why apply when how also code set-up setup set up ' +
    'lack command here file project start test tests build lint type check format checking starting building testing linting formatting install installing ' +
    'before instead passed pass worked times session sessions last generate generating migrate migrating database release service services free port ' +
    'remove lock clean cache switch version log settings need needs done place starts ' +
    'edit change changed together step order',
);

/** The lowest trust among the words of a claim: `user` where all of them stand on trusted ground. */
export function wordsTrust(
  texts: readonly string[],
  grounds: Grounds,
): { readonly trust: Trust; readonly quotesTool: boolean } {
  const trusted = contentStems([...grounds.said, ...grounds.ran].join('\n'));
  const trusts: Trust[] = [];
  let quotesTool = false;
  for (const piece of texts.flatMap(piecesOf)) {
    const trust = piece.kind === 'code' ? codeTrust(piece, grounds) : sentenceTrust(piece, grounds, trusted);
    if (trust === 'quoted-error') quotesTool = true;
    else trusts.push(trust);
  }
  return { trust: lowestTrust(trusts), quotesTool };
}

function sentenceTrust(piece: Piece, grounds: Grounds, trusted: ReadonlySet<string>): Trust {
  const words = wordsInOrder(piece.text);
  const foreign = foreignOrigin(words, grounds);
  if (foreign !== undefined && words.length >= RUN) return foreign;
  const stems = [...contentStems(piece.text)].filter((stem) => !FRAME.has(stem) && !/^[\d-]{1,10}$/u.test(stem));
  const covered = stems.filter((stem) => trusted.has(stem)).length;
  if (stems.length === 0 || covered >= stems.length * COVERED) return 'user';
  return (words.length >= 3 ? foreign : undefined) ?? 'agent';
}

function codeTrust(piece: Piece, grounds: Grounds): Trust | 'quoted-error' {
  const code = oneSpace(piece.text);
  const lower = code.toLowerCase();
  const words = wordsInOrder(code);
  if (grounds.said.some((text) => oneSpace(text).toLowerCase().includes(lower))) return 'user';
  const foreign = foreignOrigin(words, grounds);
  if (grounds.ran.some((input) => holdsAll(input, words))) {
    return words.length < 2 || foreign === undefined || grounds.commands.has(code) || isPlainCommand(code)
      ? 'observed'
      : foreign;
  }
  if (grounds.commands.has(code)) return 'observed';
  if (isErrorLine(code) && grounds.errors.some((line) => line.replace(/`/gu, "'").includes(lower)))
    return 'quoted-error';
  return foreign ?? 'agent';
}

/** True if all of these words stand in the input: a command is told without what changes from run to run. */
function holdsAll(input: string, words: readonly string[]): boolean {
  const there = new Set(wordsInOrder(input));
  return words.every((word) => there.has(word));
}

/** Who said one of these runs first, if that was a tool, a file, a page or a memory; the lowest of them. */
function foreignOrigin(words: readonly string[], grounds: Grounds): Trust | undefined {
  const origins = runsOf(words)
    .map((run) => grounds.origins.get(run))
    .filter((origin) => origin !== undefined);
  const foreign = origins.filter(isQuarantined);
  return foreign.length === 0 ? undefined : lowestTrust(foreign);
}
