import { Bm25 } from '../../search/bm25';
import { searchTerms } from '../../search/terms';
import type { CapturedSession, SessionEntry } from '../../sessions/session';
import { typedText } from '../../sessions/typedText';
import { sentencesOf } from '../memoryText';
import { valueSlots } from '../text/slots';
import { contentStems, oneSpace } from '../text/words';
import { checkFinding, type CheckedFinding } from './check';
import { contradicts, sameTurns } from './facts';

/** Part of the words of a statement that a passage has to say, in their order. */
const OVERLAP = 0.85;
const CANDIDATES = 12;
const MAX_QUOTE = 600;
/** Sessions that one statement is quoted from. */
const MAX_PROOFS = 3;

/** A sentence of a session, word for word. */
interface Passage {
  readonly session: number;
  readonly entry: number;
  readonly text: string;
}

/** A statement and the passages that say it, or that nothing does. */
export type Grounding = { readonly said: readonly CheckedFinding[] } | { readonly reason: string };

/** What people, agents and programs said in the sessions of a dream, sentence by sentence. */
export class Grounds {
  readonly #sessions: CapturedSession[] = [];
  readonly #passages: Passage[] = [];
  readonly #index = new Bm25();

  add(session: CapturedSession): void {
    const number = this.#sessions.push(session) - 1;
    for (const [entry, one] of session.entries.entries())
      for (const text of sentencesIn(one)) {
        this.#passages.push({ session: number, entry, text });
        this.#index.add(searchTerms(text));
      }
  }

  /**
   * The passages that say what a statement says: nearly all of its words in their order, every value in it, and a “not” and
   * a condition just where it has them. Each is checked as a quote of a model is.
   */
  find(statement: string, category: string): Grounding {
    const stems = contentStems(statement);
    const slots = valueSlots(statement);
    if (stems.size + slots.size < 3) return { reason: 'it says too little to be looked for' };
    const found = new Map<string, CheckedFinding>();
    for (const number of this.#nearest(statement)) {
      const passage = this.#passages[number];
      const session = passage && this.#sessions[passage.session];
      if (passage === undefined || session === undefined || found.has(session.header.id)) continue;
      if (!says(passage.text, statement, stems, slots)) continue;
      const checked = checkFinding(
        {
          kind: 'new',
          statement,
          category,
          scope: 'project',
          target: '',
          evidence: [{ entry: String(passage.entry), quote: passage.text }],
        },
        session,
        true,
      );
      if ('evidence' in checked) found.set(session.header.id, checked);
      if (found.size >= MAX_PROOFS) break;
    }
    return found.size === 0 ? { reason: 'no session says it' } : { said: [...found.values()] };
  }

  #nearest(statement: string): readonly number[] {
    const scores = this.#index.score(new Map(searchTerms(statement).map((term) => [term, 1])));
    return [...scores.keys()]
      .filter((number) => (scores[number] ?? 0) > 0)
      .sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b)
      .slice(0, CANDIDATES);
  }
}

function says(passage: string, statement: string, stems: ReadonlySet<string>, slots: ReadonlySet<string>): boolean {
  if (inOrder([...stems], [...contentStems(passage)]) < stems.size * OVERLAP) return false;
  const values = valueSlots(passage);
  if ([...slots].some((slot) => !values.has(slot) && !oneSpace(passage).toLowerCase().includes(slot))) return false;
  return sameTurns(passage, statement) && !contradicts(passage, statement);
}

/** The most words of one list that stand in the other in the same order. */
function inOrder(some: readonly string[], all: readonly string[]): number {
  let row: readonly number[] = all.map(() => 0);
  for (const word of some) {
    const next: number[] = [];
    all.forEach((other, at) => {
      next.push(word === other ? (row[at - 1] ?? 0) + 1 : Math.max(row[at] ?? 0, next[at - 1] ?? 0));
    });
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** The sentences of an entry that somebody could be quoted with. */
function sentencesIn(entry: SessionEntry): readonly string[] {
  return textOf(entry)
    .split(/\r?\n/u)
    .flatMap((line) => [line, ...sentencesOf(line)])
    .map(oneSpace)
    .filter((text, index, all) => text.length >= 12 && text.length <= MAX_QUOTE && all.indexOf(text) === index);
}

function textOf(entry: SessionEntry): string {
  switch (entry.kind) {
    case 'prompt':
      return typedText(entry) || entry.text.slice(0, 4_000);
    case 'assistant':
      return entry.text.slice(0, 8_000);
    case 'result':
      return entry.denied?.reason ?? (entry.ok ? '' : entry.text.slice(0, 4_000));
    default:
      return '';
  }
}
