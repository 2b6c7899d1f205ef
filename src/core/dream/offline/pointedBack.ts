import type { Prose } from '../text/prose';
import { ONE_OFF, TICKET } from './language/englishCues';
import { readEnglish, readPlainInstruction, withoutLeadIn } from './language/english';
import { asksToRemember } from './language/englishWishes';
import { isImperativeVerb } from './language/verbs';

/** More than this is a task with all its sides: what "add that to CLAUDE.md" means of it, nobody can tell. */
const MAX_SENTENCES = 3;

/** What a request to remember points back at. */
export interface PointedAt {
  /** The rule in the user's words. */
  readonly rule: string;
  /** The sentence that states it, verbatim. */
  readonly quote: string;
  /** It was said in the prompt before. */
  readonly earlier: boolean;
}

/**
 * The rule that "add that to CLAUDE.md" points at: the sentence before it, or the last one of the user's prompt before.
 * Undefined if that is no instruction: then it may be something that the agent said or did.
 */
export function pointedAt(prose: Prose, index: number, previous: Prose | undefined): PointedAt | undefined {
  if (!asksToRemember(prose.sentences[index]?.text ?? '')) return undefined;
  const [from, earlier] = index > 0 ? [prose.sentences.slice(0, index), false] : [previous?.sentences ?? [], true];
  if (earlier && (previous?.kind !== 'speech' || from.length > MAX_SENTENCES)) return undefined;
  const quote = from.at(-1)?.text;
  const rule = quote === undefined ? undefined : statedIn(quote);
  return quote === undefined || rule === undefined ? undefined : { rule, quote, earlier };
}

/** The instruction in a sentence; an order to do a piece of work is none. */
function statedIn(sentence: string): string | undefined {
  const reading = readEnglish(sentence);
  if (reading.kind === 'instruction') return reading.rule;
  const plain = readPlainInstruction(sentence);
  if (plain === undefined || TICKET.test(plain)) return undefined;
  const [verb = ''] = plain.split(/\s/u);
  if (ONE_OFF.test(verb)) return undefined;
  // "You need to uv sync first": without its opening it would be no sentence.
  return isImperativeVerb(verb) || /^(?:do not|we|always|never)\b/iu.test(plain) ? plain : withoutLeadIn(sentence);
}

/** Whole sentences in brackets: "(we use the library elsewhere to stay independent of a checkout)". */
export function asidesIn(sentence: string): readonly string[] {
  return [...sentence.matchAll(/\((we\s[^()]{10,200})\)/giu)].map((match) => match[1] ?? '');
}
