import type { Candidate } from './miner';
import { contentStems } from './text/words';
import { sharedCount } from './text/similarity';

export const MAX_INSTRUCTIONS = 4_096;

/** What the user asked of one dream, as far as the offline engine understands it. */
export interface Focus {
  /** Only what touches one of these topics. */
  readonly only: readonly ReadonlySet<string>[];
  /** Nothing that touches one of these. */
  readonly without: readonly ReadonlySet<string>[];
}

const ONLY =
  /^(?:please )?(?:only|just|focus (?:only )?on|look (?:only )?(?:at|for)|concentrate on)(?: (?:look (?:at|for)|propose|consider|rules? about|things? about|about))?\s+(.{2,300})$/iu;
const WITHOUT =
  /^(?:please )?(?:ignore|skip|leave out|exclude|nothing about|no|don['’]?t (?:propose|look at|consider)|do not (?:propose|look at|consider))\s+(.{2,300})$/iu;

/** "Only tests and linting. Ignore docker." Sentences that it does not understand change nothing. */
export function parseFocus(instructions: string): Focus {
  const only: ReadonlySet<string>[] = [];
  const without: ReadonlySet<string>[] = [];
  for (const sentence of instructions
    .slice(0, MAX_INSTRUCTIONS)
    .split(/[.;\n]+/u)
    .map((part) => part.trim())) {
    const [narrowed, excluded] = [ONLY.exec(sentence)?.[1], WITHOUT.exec(sentence)?.[1]];
    if (excluded !== undefined) without.push(...topics(excluded));
    else if (narrowed !== undefined) only.push(...topics(narrowed));
  }
  return { only, without };
}

/** Why the focus leaves a candidate out, or undefined if it does not. */
export function outOfFocus(candidate: Candidate, focus: Focus): string | undefined {
  const stems = contentStems(textOf(candidate));
  if (focus.without.some((topic) => touches(stems, topic))) return 'the instructions of this dream leave it out';
  if (focus.only.length > 0 && !focus.only.some((topic) => touches(stems, topic)))
    return 'the instructions of this dream ask for something else';
  return undefined;
}

function topics(list: string): readonly ReadonlySet<string>[] {
  return list
    .split(/,| and | or /iu)
    .map(contentStems)
    .filter((topic) => topic.size > 0);
}

function touches(stems: ReadonlySet<string>, topic: ReadonlySet<string>): boolean {
  return sharedCount(stems, topic) === topic.size;
}

function textOf(candidate: Candidate): string {
  if (candidate.kind === 'edit')
    return `${candidate.title} ${candidate.miner} ${candidate.files.map((file) => file.path).join(' ')}`;
  const { category, description, body, miner } = candidate.finding;
  return `${category} ${miner} ${description} ${body}`;
}
