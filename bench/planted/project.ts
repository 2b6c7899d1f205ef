import type { Phrases } from './phrases';
import { createDeck, createRandom, uuidOf, type Random } from './random';
import { SessionLog, type LogFile } from './sessionLog';
import type { Stack } from './stack';
import type { StoredMemory, Truth } from './truth';

/** A stretch of a session. */
export type Scene = (log: SessionLog) => void;

/** What is dealt out over all projects of a split, so that two projects seldom say the same. */
export interface Decks {
  readonly random: Random;
  readonly phrases: Phrases;
  readonly deal: <K extends keyof Phrases>(list: K) => Phrases[K][number];
}

/** One workspace with its logs, its store, and what is true of them. */
export interface Project {
  readonly name: string;
  readonly type: string;
  readonly sessions: number;
  readonly prompts: number;
  readonly logs: readonly LogFile[];
  readonly files: Readonly<Record<string, string>>;
  readonly store: readonly StoredMemory[];
  readonly truths: readonly Truth[];
  /** Never in any output. */
  readonly secrets: readonly string[];
  /** Nothing durable was said or done here. */
  readonly nothing: boolean;
}

const WORDS =
  'intake order parcel index router store queue cache batch filter parse render export import merge split audit notify session token page table chart limit retry policy pool stream format label search sync patch theme panel report ledger meter'.split(
    ' ',
  );
const DAY = 86_400_000;
/** Noon of the last of the 90 days. */
export const LAST_DAY = Date.UTC(2026, 10, 19, 12);

export function createDecks(phrases: Phrases, random: Random): Decks {
  const decks = new Map<keyof Phrases, () => unknown>();
  const deal = <K extends keyof Phrases>(list: K): Phrases[K][number] => {
    const dealer = decks.get(list) ?? createDeck<unknown>(phrases[list], random);
    decks.set(list, dealer);
    // The deck was made of exactly this list.
    return dealer() as Phrases[K][number];
  };
  return { random, phrases, deal };
}

/** Collects the scenes of a project, session by session, and what is true of them. */
export class ProjectBuilder {
  readonly random: Random;
  readonly truths: Truth[] = [];
  readonly store: StoredMemory[] = [];
  readonly secrets: string[] = [];
  readonly files: Record<string, string>;
  private readonly scenes: Scene[][];
  private readonly nextWord: () => string;
  private prompts = 0;

  constructor(
    readonly stack: Stack,
    readonly decks: Decks,
    readonly cwd: string,
    private readonly seed: string,
    readonly sessions: number,
  ) {
    this.random = createRandom(seed);
    this.nextWord = createDeck(WORDS, this.random);
    this.files = { ...stack.files };
    this.scenes = Array.from({ length: sessions }, () => []);
  }

  sessionId(index: number): string {
    return uuidOf(`${this.seed} session ${index}`);
  }

  /** `count` sessions in their order. */
  pickSessions(count: number): readonly number[] {
    return this.random.some([...this.scenes.keys()], count);
  }

  scene(session: number, scene: Scene): void {
    this.scenes[session]?.push(scene);
  }

  /** A source file of this project, rarely the same twice. */
  sourceFile(): string {
    return `${this.random.pick(this.stack.folders)}/${this.nextWord()}_${this.nextWord()}${this.stack.ending}`;
  }

  task(): string {
    return this.decks.deal('tasks').replace('{f}', this.sourceFile());
  }

  truth(truth: Omit<Truth, 'id' | 'language' | 'forbidden' | 'negated' | 'sessions'> & Partial<Truth>): void {
    const id = `${this.stack.name}-${this.truths.length + 1}`;
    this.truths.push({ id, language: 'en', forbidden: [], negated: false, sessions: [], ...truth });
  }

  /** Text of an error with numbers and paths of the day. */
  error(template: string): string {
    return template
      .replaceAll('{n}', () => String(this.random.int(2, 9_000)))
      .replaceAll('{p}', () => `${this.cwd}/${this.sourceFile()}`);
  }

  build(work: (log: SessionLog, scenes: readonly Scene[]) => void, nothing: boolean): Project {
    const logs = this.scenes.flatMap((scenes, index) => {
      const random = createRandom(`${this.seed} log ${index}`);
      const day = Math.round(((index + 0.5) * 88) / this.sessions);
      const log = new SessionLog({
        id: this.sessionId(index),
        cwd: this.cwd,
        start: LAST_DAY - (89 - day) * DAY + random.int(-3, 5) * 3_600_000,
        branch: random.pick(['main', 'main', 'develop', 'topic/next']),
        entrypoint: random.pick(['cli', 'cli', 'claude-vscode']),
        random,
      });
      work(log, random.shuffle(scenes));
      this.prompts += log.prompts;
      return log.files(`Work on ${this.stack.name}`);
    });
    return {
      name: this.stack.name,
      type: this.stack.type,
      sessions: this.sessions,
      prompts: this.prompts,
      logs,
      files: this.files,
      store: this.store,
      truths: this.truths,
      secrets: this.secrets,
      nothing,
    };
  }
}
