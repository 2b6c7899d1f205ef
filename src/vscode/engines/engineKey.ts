import type { ExactValue } from '../../core/secrets/exactValues';
import { keysOfEnvironment } from '../../node/secrets/secretGuard';

/** What is needed of VS Code's secret storage. */
export interface SecretBox {
  get(name: string): PromiseLike<string | undefined>;
  store(name: string, value: string): PromiseLike<void>;
  delete(name: string): PromiseLike<void>;
}

/** What is needed of the extension's global state. */
export interface Memento {
  get(name: string): unknown;
  update(name: string, value: unknown): PromiseLike<void>;
}

export interface KeyParts {
  readonly secrets: SecretBox;
  readonly state: Memento;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export type KeySource = 'stored' | 'environment';

const SECRET = 'agentDreams.claude.apiKey';
/** The user said that the key of the environment may be used: that it is there says nothing. */
const FROM_ENVIRONMENT = 'engines.keyFromEnvironment';
export const KEY_VARIABLE = 'ANTHROPIC_API_KEY';

/** What a typed text is no key for; undefined if it may be one. */
export type KeyFault = 'empty' | 'spaces' | 'short' | 'login';

const SHORTEST = 20;
const LOGIN = /^sk-ant-(?:oat|ort)/u;

/** Whether a text can be a key. A login of Claude is none: it belongs to the programs that it was made for. */
export function keyFault(text: string): KeyFault | undefined {
  const key = text.trim();
  if (key === '') return 'empty';
  if (/\s/u.test(key)) return 'spaces';
  if (LOGIN.test(key)) return 'login';
  return key.length < SHORTEST ? 'short' : undefined;
}

/** The key of the Claude API: in the secret storage, or in the environment where the user chose that. Never logged. */
export class EngineKey {
  readonly #parts: KeyParts;

  constructor(parts: KeyParts) {
    this.#parts = parts;
  }

  /** True if `ANTHROPIC_API_KEY` is set, used or not. */
  get inEnvironment(): boolean {
    return this.#environment() !== undefined;
  }

  /** Where the key comes from that would be used now; undefined if there is none. */
  async source(): Promise<KeySource | undefined> {
    if ((await this.#stored()) !== undefined) return 'stored';
    return this.#fromEnvironment() === undefined ? undefined : 'environment';
  }

  /** The key that is used now. What was entered counts before the environment. */
  async read(): Promise<string | undefined> {
    return (await this.#stored()) ?? this.#fromEnvironment();
  }

  /** The key of the environment, for a user who just chose it. */
  readEnvironment(): string | undefined {
    return this.#environment();
  }

  /** From now on this key is used. Throws nothing about it. */
  async keep(key: string): Promise<void> {
    await this.#parts.secrets.store(SECRET, key.trim());
    await this.#parts.state.update(FROM_ENVIRONMENT, undefined);
  }

  /** From now on the key of the environment is used, and an entered one forgotten. */
  async useEnvironment(): Promise<void> {
    await this.#parts.secrets.delete(SECRET);
    await this.#parts.state.update(FROM_ENVIRONMENT, true);
  }

  /** Forgets the entered key, and that the one of the environment may be used. */
  async remove(): Promise<void> {
    await this.#parts.secrets.delete(SECRET);
    await this.#parts.state.update(FROM_ENVIRONMENT, undefined);
  }

  /** Every key that is known here, for the redactor: also one of the environment that nobody uses. */
  async exactValues(): Promise<readonly ExactValue[]> {
    const stored = await this.#stored();
    const own = keysOfEnvironment(this.#parts.environment);
    return stored === undefined ? own : [{ name: 'API key', value: stored }, ...own];
  }

  async #stored(): Promise<string | undefined> {
    const key = (await this.#parts.secrets.get(SECRET))?.trim() ?? '';
    return key === '' ? undefined : key;
  }

  #environment(): string | undefined {
    const key = this.#parts.environment[KEY_VARIABLE]?.trim() ?? '';
    return key === '' ? undefined : key;
  }

  #fromEnvironment(): string | undefined {
    return this.#parts.state.get(FROM_ENVIRONMENT) === true ? this.#environment() : undefined;
  }
}
