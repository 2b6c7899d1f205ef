import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { contentStems } from '../../src/core/dream/text/words';
import { sharedCount } from '../../src/core/dream/text/similarity';
import { rankEarlier, type Revision } from '../../src/core/search/earlier';
import type { SessionEntry } from '../../src/core/sessions/session';
import { dreamOverChat } from './beamDream';
import { splitOf, type Split } from './split';
import { wilson, type Share } from './statistics';

/** BEAM: long chats with questions that name the messages they rest on. `folder` holds one folder a chat (`chats/100K`). */

/** Plain retrieval on the 100K split, as measured beside this project. */
export const BEAM_PEERS = { contradictionAt1: 0.27, updateAt1: 0.514, instructions: 0.05, preferences: 0.269 } as const;

export interface BeamScore {
  readonly chats: number;
  /** Which earlier message of the user does a later one contradict, no question given: the best ranked, the first five. */
  readonly contradictionAt1: Share;
  readonly contradictionAt5: Share;
  readonly updateAt1: Share;
  readonly updateAt5: Share;
  /** Standing instructions, preferences of which the dreamed store says most: three of five of their topic words. */
  readonly instructions: Share;
  readonly preferences: Share;
  /** The same of the sentences that the user typed: what a store of verbatim rules could reach at most. */
  readonly instructionsSaid: Share;
  readonly preferencesSaid: Share;
}

interface Message {
  readonly id: number;
  readonly batch: number;
  readonly role: string;
  readonly text: string;
}

const SAYS_MOST = 0.6;

export interface BeamScores {
  readonly dev: BeamScore;
  readonly test: BeamScore;
  readonly all: BeamScore;
}

/** The scores over the chats of the development half, of the other one, and of all; see `splitOf`. */
export async function measureBeam(folder: string): Promise<BeamScores> {
  const chats = readdirSync(folder)
    .filter((name) => existsSync(path.join(folder, name, 'chat.json')))
    .sort();
  const told: (Told & { readonly split: Split })[] = [];
  for (const chat of chats) told.push({ ...(await toldBy(folder, chat)), split: splitOf('beam', chat) });
  return {
    dev: scoreOf(told.filter(({ split }) => split === 'dev')),
    test: scoreOf(told.filter(({ split }) => split === 'test')),
    all: scoreOf(told),
  };
}

/** What one chat gives: ranks of the earlier messages, and whether the store says what it should. */
interface Told {
  readonly contradiction: readonly number[];
  readonly update: readonly number[];
  readonly instruction: readonly boolean[];
  readonly preference: readonly boolean[];
  /** As above, of any sentence that the user typed: more than that nothing verbatim can reach. */
  readonly instructionSaid: readonly boolean[];
  readonly preferenceSaid: readonly boolean[];
}

async function toldBy(folder: string, chat: string): Promise<Told> {
  const messages = messagesOf(readJson(path.join(folder, chat, 'chat.json')));
  const questions = questionsOf(path.join(folder, chat));
  const ranks = (kind: string, revision: Revision): readonly number[] =>
    questions(kind).flatMap((question) => rankOf(question['source_chat_ids'], messages, revision));
  const memories = (await dreamOverChat(chat, sessionsOf(messages))).map(contentStems);
  const typed = messages.filter(({ role }) => role === 'user').flatMap(({ text }) => text.split(/(?<=[.!?])\s+|\n/u));
  const sentences = typed.map(contentStems);
  const isSaid = (text: unknown, by: readonly ReadonlySet<string>[]): boolean => {
    const stems = contentStems(typeof text === 'string' ? text : '');
    return by.some((one) => sharedCount(stems, one) >= SAYS_MOST * Math.max(1, stems.size));
  };
  const instructions = questions('instruction_following').map((one) => one['instruction_being_tested']);
  const preferences = questions('preference_following').map((one) => one['preference_being_tested']);
  return {
    contradiction: ranks('contradiction_resolution', 'denied'),
    update: ranks('knowledge_update', 'updated'),
    instruction: instructions.map((one) => isSaid(one, memories)),
    preference: preferences.map((one) => isSaid(one, memories)),
    instructionSaid: instructions.map((one) => isSaid(one, sentences)),
    preferenceSaid: preferences.map((one) => isSaid(one, sentences)),
  };
}

function scoreOf(told: readonly Told[]): BeamScore {
  const within = (kind: 'contradiction' | 'update', k: number): Share => {
    const ranks = told.flatMap((one) => one[kind]);
    return wilson(ranks.filter((rank) => rank < k).length, ranks.length);
  };
  const share = (kind: 'instruction' | 'preference' | 'instructionSaid' | 'preferenceSaid'): Share => {
    const all = told.flatMap((one) => one[kind]);
    return wilson(all.filter(Boolean).length, all.length);
  };
  return {
    chats: told.length,
    contradictionAt1: within('contradiction', 1),
    contradictionAt5: within('contradiction', 5),
    updateAt1: within('update', 1),
    updateAt5: within('update', 5),
    instructions: share('instruction'),
    preferences: share('preference'),
    instructionsSaid: share('instructionSaid'),
    preferencesSaid: share('preferenceSaid'),
  };
}

/** Where the earlier message stands among all earlier ones of the user; nothing where both are the same message. */
function rankOf(sources: unknown, messages: readonly Message[], revision: Revision): readonly number[] {
  const sides = Object.values(asRecord(sources)).map(numbers);
  const [a = [], b = []] = sides;
  if (a.length === 0 || b.length === 0) return [];
  const [older, newer] = Math.min(...a) <= Math.min(...b) ? [a, b] : [b, a];
  // The messages after the first only take up what the assistant answered to it.
  const late = messages.find(({ id }) => id === firstAfter(Math.min(...older), newer));
  const early = new Set(older.filter((id) => id !== late?.id));
  if (late === undefined || early.size === 0) return [];
  const before = messages.filter(({ id, role }) => role === 'user' && id < late.id);
  if (!before.some(({ id }) => early.has(id))) return [];
  const ranked = rankEarlier(
    late.text,
    before.map(({ text }) => text),
    revision,
  );
  return [ranked.findIndex(({ index }) => early.has(before[index]?.id ?? -1))];
}

function firstAfter(id: number, ids: readonly number[]): number {
  const after = ids.filter((one) => one > id);
  return Math.min(...(after.length === 0 ? ids : after));
}

function messagesOf(chat: unknown): readonly Message[] {
  return asList(chat).flatMap((batch, number) =>
    asList(asRecord(batch)['turns'])
      .flatMap((turn) => (Array.isArray(turn) ? turn : [turn]) as readonly unknown[])
      .map(asRecord)
      .flatMap(({ id, role, content }) =>
        typeof id === 'number' && typeof content === 'string'
          ? [{ id, batch: number, role: String(role), text: content.replace(/\s*->->.{0,40}$/u, '') }]
          : [],
      ),
  );
}

/** One session a batch of the chat, as if it had been typed to a coding agent. */
function sessionsOf(messages: readonly Message[]): readonly (readonly SessionEntry[])[] {
  const batches = [...new Set(messages.map(({ batch }) => batch))];
  return batches.map((batch) =>
    messages
      .filter((one) => one.batch === batch)
      .map(({ id, role, text }): SessionEntry => {
        const base = { id: String(id), at: new Date(Date.UTC(2026, 0, 1 + batch, 9, 0, id)).toISOString(), text };
        return role === 'user' ? { kind: 'prompt', ...base } : { kind: 'assistant', ...base };
      }),
  );
}

function questionsOf(folder: string): (kind: string) => readonly Readonly<Record<string, unknown>>[] {
  const file = [
    path.join(folder, 'probing_questions', 'probing_questions.json'),
    path.join(folder, 'probing_questions.json'),
  ].find(existsSync);
  const all = file === undefined ? {} : asRecord(readJson(file));
  return (kind) => asList(all[kind]).map(asRecord);
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}

function numbers(value: unknown): readonly number[] {
  return (Array.isArray(value) ? value : [value]).filter((one): one is number => typeof one === 'number');
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
