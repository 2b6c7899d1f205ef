import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { rankStored } from '../../src/core/dream/offline/supersession';
import { contentStems } from '../../src/core/dream/text/words';
import { sharedCount } from '../../src/core/dream/text/similarity';
import type { SessionEntry } from '../../src/core/sessions/session';
import { dreamOverChat } from './beamDream';
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
}

interface Message {
  readonly id: number;
  readonly batch: number;
  readonly role: string;
  readonly text: string;
}

const SAYS_MOST = 0.6;

export async function measureBeam(folder: string): Promise<BeamScore> {
  const ranks: Record<'contradiction' | 'update', number[]> = { contradiction: [], update: [] };
  const told: Record<'instruction' | 'preference', boolean[]> = { instruction: [], preference: [] };
  const chats = readdirSync(folder)
    .filter((name) => existsSync(path.join(folder, name, 'chat.json')))
    .sort();
  for (const chat of chats) {
    const messages = messagesOf(readJson(path.join(folder, chat, 'chat.json')));
    const questions = questionsOf(path.join(folder, chat));
    const pairs = { contradiction: questions('contradiction_resolution'), update: questions('knowledge_update') };
    for (const kind of ['contradiction', 'update'] as const) {
      ranks[kind].push(...pairs[kind].flatMap((question) => rankOf(question['source_chat_ids'], messages)));
    }
    const memories = (await dreamOverChat(chat, sessionsOf(messages))).map(contentStems);
    const isTold = (text: unknown): boolean => {
      const stems = contentStems(typeof text === 'string' ? text : '');
      return memories.some((memory) => sharedCount(stems, memory) >= SAYS_MOST * Math.max(1, stems.size));
    };
    told.instruction.push(...questions('instruction_following').map((one) => isTold(one['instruction_being_tested'])));
    told.preference.push(...questions('preference_following').map((one) => isTold(one['preference_being_tested'])));
  }
  const within = (list: readonly number[], k: number): Share =>
    wilson(list.filter((rank) => rank < k).length, list.length);
  const share = (list: readonly boolean[]): Share => wilson(list.filter(Boolean).length, list.length);
  return {
    chats: chats.length,
    contradictionAt1: within(ranks.contradiction, 1),
    contradictionAt5: within(ranks.contradiction, 5),
    updateAt1: within(ranks.update, 1),
    updateAt5: within(ranks.update, 5),
    instructions: share(told.instruction),
    preferences: share(told.preference),
  };
}

/** Where the earlier message stands among all earlier ones of the user; nothing where both are the same message. */
function rankOf(sources: unknown, messages: readonly Message[]): readonly number[] {
  const sides = Object.values(asRecord(sources)).map(numbers);
  const [a = [], b = []] = sides;
  if (a.length === 0 || b.length === 0) return [];
  const [older, newer] = Math.min(...a) <= Math.min(...b) ? [a, b] : [b, a];
  const late = messages.find(({ id }) => id === Math.max(...newer));
  const early = new Set(older.filter((id) => id !== late?.id));
  if (late === undefined || early.size === 0) return [];
  const before = messages.filter(({ id, role }) => role === 'user' && id < late.id);
  if (!before.some(({ id }) => early.has(id))) return [];
  const ranked = rankStored(
    late.text,
    before.map(({ text }) => text),
  );
  return [ranked.findIndex(({ index }) => early.has(before[index]?.id ?? -1))];
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
