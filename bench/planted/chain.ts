import { uuidOf } from './random';

/** One chain of lines in one file: the main one, or a subagent's. */
export class Chain {
  readonly lines: string[] = [];
  parent: string | null = null;

  constructor(
    readonly key: string,
    readonly extra: object,
  ) {}

  add(record: object, shared: object, at: string): string {
    const uuid = uuidOf(`${this.key} ${this.lines.length}`);
    this.lines.push(
      JSON.stringify({ parentUuid: this.parent, ...this.extra, ...record, uuid, timestamp: at, ...shared }),
    );
    this.parent = uuid;
    return uuid;
  }
}
