import type { Hasher } from '../ports';

/**
 * Prompts typed while the agent works stand in the log as they are queued and, often, once more as they are delivered.
 * This remembers which delivery is still to come, so that each is counted once and one typed again is not swallowed.
 */
export interface PromptQueue {
  /** A prompt, or text of a machine (undefined), joins the queue. */
  enqueue(text: string | undefined): void;
  /** The oldest one, or the named one, is handed over: it will stand in the log as a prompt of its own. */
  dequeue(text: string | undefined): void;
  /** The oldest one, or the named one, went into the running turn: at most an attachment will repeat it. */
  remove(text: string | undefined): void;
  /** All went back into the prompt box. */
  popAll(): void;
  /** True if this prompt, on a line of its own, was queued before. */
  isDelivered(text: string): boolean;
  /** True if this prompt, attached to a running turn, was queued before. */
  isAttached(text: string): boolean;
  /** What to remember between captures; `createPromptQueue` takes it back. */
  state(): readonly string[];
}

type Stage = 'waiting' | 'handed-over' | 'absorbed' | 'popped';
interface Queued {
  readonly stage: Stage;
  /** Hash of the text; '' for text of a machine. */
  readonly hash: string;
}

const LETTERS: Readonly<Record<Stage, string>> = { waiting: 'w', 'handed-over': 'h', absorbed: 'a', popped: 'p' };
const LONGEST = 50;

function stageOf(letter: string): Stage | undefined {
  return (['waiting', 'handed-over', 'absorbed', 'popped'] as const).find((stage) => LETTERS[stage] === letter);
}

/** A queue in the given state; entries of the state that are not understood are dropped. */
export function createPromptQueue(hasher: Hasher, state: readonly string[] = []): PromptQueue {
  let queue: Queued[] = state.flatMap((item) => {
    const stage = stageOf(item.slice(0, 1));
    return stage === undefined ? [] : [{ stage, hash: item.slice(1) }];
  });
  const hashOf = (text: string): string => hasher.sha256(text.trim().replace(/\s{1,100}/gu, ' ')).slice(0, 16);

  const move = (text: string | undefined, stage: Stage): void => {
    const hash = text === undefined ? undefined : hashOf(text);
    const at = queue.findIndex((item) => item.stage === 'waiting' && (hash === undefined || item.hash === hash));
    const item = queue[at];
    if (item === undefined) return;
    queue.splice(at, 1);
    if (item.hash !== '') queue.push({ stage, hash: item.hash });
  };
  const take = (text: string, stages: readonly Stage[]): boolean => {
    const hash = hashOf(text);
    const at = queue.findIndex((item) => item.hash === hash && stages.includes(item.stage));
    if (at !== -1) queue.splice(at, 1);
    return at !== -1;
  };

  return {
    enqueue(text) {
      queue.push({ stage: 'waiting', hash: text === undefined ? '' : hashOf(text) });
      if (queue.length > LONGEST) queue = queue.slice(-LONGEST);
    },
    dequeue: (text) => move(text, 'handed-over'),
    remove: (text) => move(text, 'absorbed'),
    popAll() {
      queue = queue
        .filter((item) => item.hash !== '')
        .map((item) => (item.stage === 'waiting' ? { stage: 'popped', hash: item.hash } : item));
    },
    isDelivered(text) {
      const delivered = take(text, ['handed-over', 'popped']);
      queue = queue.filter((item) => item.stage !== 'popped');
      return delivered;
    },
    isAttached: (text) => take(text, ['waiting', 'handed-over', 'absorbed']),
    state: () => queue.map((item) => LETTERS[item.stage] + item.hash),
  };
}
