import { OWN_ENGINE_MARK } from '../sessions/ownEngine';
import { readRecalledText } from '../recall/recalledText';

/** A memory that is asked for. */
export interface TestedMemory {
  readonly id: string;
  readonly path: string;
}

/** What a session that was given the memory said. */
export interface RecallHeard {
  /** What hooks printed in it. */
  readonly hooks: readonly string[];
  readonly answer: string;
}

export interface RecallVerdict extends TestedMemory {
  /** `unknown`: rules are read without a word about it. */
  readonly arrived: 'whole' | 'line' | 'no' | 'unknown';
  /** The answer rests on it: it names its id, which the question did not. */
  readonly applied: boolean;
  /** The line of the answer about it. */
  readonly said: string;
}

const MOST_SAID = 300;

/**
 * The question about some memories. It names the topic of each, as its file is called, and neither its id nor what it
 * says: whoever names the id has read it.
 */
export function recallQuestion(memories: readonly TestedMemory[]): string {
  const topics = memories.map(({ path }, index) => `${index + 1}. ${topicOf(path)}`);
  return [
    OWN_ENGINE_MARK,
    'You were given entries of a memory of this project at the start of this session. Each entry has an id in brackets.',
    'For each numbered topic below, write one line: the number, the id of the entry that is about it, in brackets, or',
    '"none" if you were given no such entry, and then in at most 20 words what it makes you do. Use no tool.',
    '',
    ...topics,
  ].join('\n');
}

function topicOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.md$/u, '');
  return name.replace(/-/gu, ' ');
}

/** Which of the memories reached the session, and on which the answer rests. */
export function recallVerdicts(
  memories: readonly TestedMemory[],
  { hooks, answer }: RecallHeard,
  channel: 'hooks' | 'rules',
): readonly RecallVerdict[] {
  const texts = hooks.map(readRecalledText).filter((text) => text !== undefined);
  const listed = new Set(texts.flatMap((text) => text.listed));
  const entries = new Set(texts.flatMap((text) => text.entries));
  const lines = answer.slice(0, 100_000).split(/\r?\n/u);
  return memories.map(({ id, path }, index) => {
    const said = lines.find((line) => numberOf(line) === index + 1) ?? '';
    const applied = namesId(said, id);
    const seen = listed.has(id) ? 'line' : entries.has(id) ? 'whole' : channel === 'rules' ? 'unknown' : 'no';
    return { id, path, arrived: seen, applied, said: said.trim().slice(0, MOST_SAID) };
  });
}

function numberOf(line: string): number | undefined {
  const found = /^\W{0,8}(\d{1,3})\b/u.exec(line)?.[1];
  return found === undefined ? undefined : Number(found);
}

function namesId(line: string, id: string): boolean {
  const at = line.indexOf(id);
  return at !== -1 && !/[0-9a-f]/u.test(line.charAt(at + id.length));
}
