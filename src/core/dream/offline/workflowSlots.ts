import { compareText } from '../text/words';
import type { Trail } from './workflowSteps';

/** What stands for the word that is another one each time. */
const SLOT = '…';
const MAX_WORDS = 12;

interface Seen {
  readonly sessions: Set<string>;
  readonly forms: Set<string>;
}

/**
 * Commands that differ from session to session in one word, a name or a number of the day, by what they share:
 * `migrate dev --name …`. Only of those that are too rare as they stand, and only where enough sessions share it.
 */
export function slotsOf(trails: readonly Trail[], least: number): ReadonlyMap<string, string> {
  const slots = new Map<string, string>();
  const best = [...sharedBy(rareForms(trails, least))]
    .filter(([, { sessions, forms }]) => sessions.size >= least && forms.size > 1)
    .sort((a, b) => b[1].sessions.size - a[1].sessions.size || compareText(a[0], b[0]));
  for (const [pattern, { forms }] of best) for (const form of forms) if (!slots.has(form)) slots.set(form, pattern);
  return slots;
}

function rareForms(trails: readonly Trail[], least: number): readonly (readonly [string, ReadonlySet<string>])[] {
  const whole = new Map<string, Set<string>>();
  for (const { session, steps } of trails)
    for (const { kind, text } of steps)
      if (kind === 'command') whole.set(text, (whole.get(text) ?? new Set()).add(session));
  return [...whole].filter(([, sessions]) => sessions.size < least);
}

function sharedBy(rare: readonly (readonly [string, ReadonlySet<string>])[]): ReadonlyMap<string, Seen> {
  const shared = new Map<string, Seen>();
  for (const [form, sessions] of rare)
    for (const pattern of patternsOf(form)) {
      const seen = shared.get(pattern) ?? { sessions: new Set(), forms: new Set() };
      shared.set(pattern, seen);
      seen.forms.add(form);
      sessions.forEach((session) => seen.sessions.add(session));
    }
  return shared;
}

/** The form with one word after the first two left open; a switch stays what it is. */
function patternsOf(form: string): readonly string[] {
  const words = form.split(' ');
  if (words.length > MAX_WORDS) return [];
  return words.flatMap((word, at) =>
    at < 2 || word === SLOT || word.startsWith('-') ? [] : [words.with(at, SLOT).join(' ')],
  );
}
