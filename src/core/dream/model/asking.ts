import { AgentDreamsError, isAgentDreamsError } from '../../errors';
import type { Budget, Sending } from '../../model/budget';
import type {
  AskOptions,
  LanguageModel,
  ModelFailure,
  ModelReply,
  ModelRequest,
  ModelRole,
  ModelUsage,
} from '../../model/languageModel';
import type { CancelSignal, Progress, Redactor } from '../../ports';
import type { BatchFile } from './keptBatch';

/** One question and what to do with its answer. */
export interface Task {
  readonly request: ModelRequest;
  /** Keeps what came, and returns what has to be asked because of it. */
  readonly settle: (reply: ModelReply | ModelFailure) => Promise<readonly Task[]>;
}

export interface AskingOptions {
  readonly model: LanguageModel;
  readonly budget: Budget;
  readonly redactor: Redactor;
  readonly signal: CancelSignal;
  readonly progress?: Progress;
  readonly onUsage?: (role: ModelRole, usage: ModelUsage, model: string) => Promise<void> | void;
}

/**
 * Sends requests: never one that could pass the cap, never one after the signal, and none more once one of them failed for
 * good. Everything that leaves passes the redactor here, whatever its author did.
 */
export class Asking {
  readonly #options: AskingOptions;
  readonly #freed = new Waiters();
  #failed = false;
  #underWay = 0;
  #done = 0;
  #total = 0;

  constructor(options: AskingOptions) {
    this.#options = options;
  }

  /**
   * All tasks and those that follow from them, as many at once as the engine allows. The first goes alone: what all of
   * them begin with is in the cache from then on. Throws the first failure, when everything under way has ended.
   */
  async each(tasks: readonly Task[], message: string): Promise<void> {
    this.#start(tasks.length, message);
    const [first, ...queue] = tasks;
    if (first === undefined) return;
    await this.#whole(first, message);
    const workers = Math.min(queue.length, Math.max(1, this.#options.model.traits.concurrency));
    const next = queue[Symbol.iterator]();
    const work = async (): Promise<void> => {
      for (const task of next) await this.#whole(task, message);
    };
    const ended = await Promise.allSettled(Array.from({ length: workers }, work));
    const failures = ended.filter((one) => one.status === 'rejected').map(({ reason }): unknown => reason);
    // A sibling that was told to stop says so; what went wrong first is what helps.
    const failure = failures.find((one) => !isAgentDreamsError(one, 'cancelled')) ?? failures[0];
    if (failure !== undefined) throw asError(failure);
  }

  /** The same through the engine's batches, as many requests in each as the cap allows. */
  async many(tasks: readonly Task[], message: string, file: BatchFile): Promise<void> {
    if (this.#options.model.askMany === undefined) return this.each(tasks, message);
    this.#start(tasks.length, message);
    const kept = await file.read();
    const known = tasks.filter(({ request }) => kept?.keys.includes(request.key) === true);
    let waiting = tasks;
    if (kept !== undefined && known.length > 0) {
      waiting = tasks.filter((task) => !known.includes(task));
      waiting = [...waiting, ...(await this.#batch(known, message, file, kept.handle))];
    }
    while (waiting.length > 0) {
      const fitting = this.#fitting(waiting);
      const followers = await this.#batch(fitting, message, file);
      waiting = [...waiting.slice(fitting.length), ...followers];
    }
  }

  #start(total: number, message: string): void {
    this.#done = 0;
    this.#total = total;
    this.#report(message);
  }

  #report(message: string): void {
    this.#options.progress?.report({ message, done: this.#done, total: this.#total });
  }

  /** A task and all that follow from it, one after the other. */
  async #whole(task: Task, message: string): Promise<void> {
    const waiting = [task];
    try {
      for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
        const followers = await one.settle(await this.#ask(one.request));
        waiting.unshift(...followers);
        this.#total += followers.length;
        this.#done += 1;
        this.#report(message);
      }
    } catch (error) {
      this.#failed = true;
      throw error;
    }
  }

  async #ask(request: ModelRequest): Promise<ModelReply> {
    const { budget } = this.#options;
    const safe = this.#redacted(request);
    const most = budget.atMost(safe);
    await this.#admit(most);
    try {
      const reply = await this.#answer(safe);
      await this.#paid(safe.role, reply);
      return reply;
    } finally {
      budget.release(most);
      this.#underWay -= 1;
      this.#freed.wake();
    }
  }

  /** What does not fit is asked for in two halves, like an answer that was cut off. */
  async #answer(request: ModelRequest): Promise<ModelReply> {
    try {
      return await this.#options.model.ask(request, this.#askOptions());
    } catch (error) {
      if (!isAgentDreamsError(error, 'too-large')) throw error;
      return { kind: 'truncated', usage: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 }, model: '' };
    }
  }

  /** Waits until the cap has room for this: requests under way set aside more than they will cost. */
  async #admit(most: number): Promise<void> {
    for (;;) {
      this.#assertGoing();
      if (this.#options.budget.reserve(most)) {
        this.#underWay += 1;
        return;
      }
      if (this.#underWay === 0) throw this.#options.budget.exceeded();
      await this.#freed.wait();
    }
  }

  /** The first of the tasks whose upper bounds together fit under the cap; at least one, or it throws. */
  #fitting(tasks: readonly Task[]): readonly Task[] {
    const { budget } = this.#options;
    let sum = 0;
    const count = tasks.findIndex(({ request }) => {
      sum += budget.atMost(request, 'batch');
      return sum > 0 && budget.spentUsd + sum > budget.capUsd;
    });
    if (count === 0) throw budget.exceeded();
    return count < 0 ? tasks : tasks.slice(0, count);
  }

  async #batch(tasks: readonly Task[], message: string, file: BatchFile, handle?: string): Promise<readonly Task[]> {
    const { model, budget } = this.#options;
    this.#assertGoing();
    const byKey = new Map(tasks.map((task) => [task.request.key, task] as const));
    const followers: Task[] = [];
    const onReply = async (key: string, reply: ModelReply | ModelFailure): Promise<void> => {
      const task = byKey.get(key);
      if (reply.kind !== 'failed') await this.#paid(task?.request.role ?? 'extract', reply, 'batch');
      if (task === undefined || !byKey.delete(key)) return;
      followers.push(...(await task.settle(reply)));
      this.#done += 1;
      this.#report(message);
    };
    const requests = tasks.map(({ request }) => this.#redacted(request));
    const most = requests.reduce((sum, request) => sum + budget.atMost(request, 'batch'), 0);
    // What was sent before is paid for already: nothing has to be free for it.
    const reserved = budget.reserve(most);
    try {
      await model.askMany?.(requests, {
        ...this.#askOptions(),
        ...(handle === undefined ? {} : { handle }),
        onHandle: (given) => file.write({ handle: given, keys: tasks.map(({ request }) => request.key) }),
        onReply,
      });
    } catch (error) {
      // A batch that the provider no longer knows is asked again; any other is still there for the next dream.
      if (handle === undefined || !isAgentDreamsError(error, 'model-missing')) throw error;
      await file.remove();
      return [...byKey.values(), ...followers];
    } finally {
      if (reserved) budget.release(most);
    }
    const silent: ModelFailure = { kind: 'failed', reason: 'errored', message: 'the batch gave no answer' };
    for (const task of byKey.values()) followers.push(...(await task.settle(silent)));
    await file.remove();
    return followers;
  }

  async #paid(role: ModelRole, reply: ModelReply, sending: Sending = 'one'): Promise<void> {
    this.#options.budget.spend(role, reply.usage, reply.model, sending);
    await this.#options.onUsage?.(role, reply.usage, reply.model);
  }

  #redacted(request: ModelRequest): ModelRequest {
    const clean = (text: string): string => this.#options.redactor.redact(text).text;
    return { ...request, system: clean(request.system), prompt: clean(request.prompt) };
  }

  #assertGoing(): void {
    if (this.#options.signal.aborted || this.#failed)
      throw new AgentDreamsError('cancelled', 'The dream was canceled.');
  }

  #askOptions(): AskOptions {
    const stopped = (): boolean => this.#options.signal.aborted || this.#failed;
    return {
      signal: {
        get aborted() {
          return stopped();
        },
      },
      onNotice: ({ message }) => this.#report(message),
    };
  }
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error('The model failed', { cause: thrown });
}

/** Those who wait until something was given back. */
class Waiters {
  #waiting: (() => void)[] = [];

  wait(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}
