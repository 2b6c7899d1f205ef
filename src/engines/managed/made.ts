import type { LeftBehind, LeftBehindFile } from '../../core/model/storeDreamer';

/** What this run has made, written down before anything else happens, so that a crash leaves nothing unknown. */
export class Made {
  #all: readonly LeftBehind[];
  #writing = Promise.resolve();

  private constructor(
    private readonly file: LeftBehindFile,
    private readonly run: string,
    private readonly account: string,
    all: readonly LeftBehind[],
  ) {
    this.#all = all;
  }

  static async open(file: LeftBehindFile, run: string, account: string): Promise<Made> {
    return new Made(file, run, account, await file.read());
  }

  /** What can be deleted with this key, the last made first. */
  own(): readonly LeftBehind[] {
    return this.#all.filter(({ account }) => account === this.account).reverse();
  }

  all(): readonly LeftBehind[] {
    return this.#all;
  }

  has(id: string): boolean {
    return this.#all.some((one) => one.id === id);
  }

  async note(kind: LeftBehind['kind'], id: string, at: string): Promise<void> {
    if (this.has(id)) return;
    this.#all = [...this.#all, { kind, id, run: this.run, account: this.account, at }];
    await this.#write();
  }

  async gone(id: string): Promise<void> {
    this.#all = this.#all.filter((one) => one.id !== id);
    await this.#write();
  }

  /** One after the other: several requests may end together. */
  async #write(): Promise<void> {
    const writing = this.#writing.then(async () => await this.file.write(this.#all));
    this.#writing = writing.catch(() => undefined);
    await writing;
  }
}
