import type { CorePorts } from '../../core/ports';
import { TEMPORARY } from '../../core/history/atomicWrite';
import type { SessionEntry, SessionHeader } from '../../core/sessions/session';
import { renderLine } from '../../core/sessions/sessionCodec';
import { SESSIONS_DIRECTORY, copyRange, readHeader, sessionPath } from '../../core/sessions/sessionFiles';

const SPILL = 2 * 1024 * 1024;

type Ports = Pick<CorePorts, 'files' | 'text' | 'ids' | 'lock' | 'logger'>;

/**
 * New entries of a session on their way to its file: held in memory while they are few, in a staging file beyond that.
 * Nothing of the session changes before `commit`.
 */
export class SessionOutput {
  readonly #ports: Ports;
  readonly #id: string;
  #held: string[] = [];
  #heldLength = 0;
  #staging: string | undefined;

  constructor(ports: Ports, id: string) {
    this.#ports = ports;
    this.#id = id;
  }

  async add(entry: SessionEntry): Promise<void> {
    const line = renderLine(entry);
    this.#held.push(line);
    this.#heldLength += line.length;
    if (this.#heldLength >= SPILL) await this.#spill();
  }

  /** Replaces the session's file by header, earlier entries and new ones, in one step under the lock `sessions`. */
  async commit(headerFor: (isPrivate: boolean) => SessionHeader): Promise<void> {
    const { files, text, lock } = this.#ports;
    const path = sessionPath(this.#id);
    await lock.hold('sessions', async () => {
      const before = await readHeader(this.#ports, this.#id);
      const size = (await files.stat(path))?.size ?? 0;
      const target = `${TEMPORARY}/${this.#ports.ids.next()}`;
      await files.write(target, text.encode(renderLine(headerFor(before?.header.private ?? false))));
      if (before !== undefined) await copyRange(files, { from: path, start: before.end, end: size, to: target });
      await this.#appendNew(target);
      await files.rename(target, path);
      // Before the cursors say that the log was read up to here.
      await files.syncDirectory(SESSIONS_DIRECTORY);
      await files.syncDirectory('.local');
    });
    await this.discard();
  }

  /** Removes what was staged. */
  async discard(): Promise<void> {
    this.#held = [];
    if (this.#staging !== undefined) await this.#ports.files.remove(this.#staging);
    this.#staging = undefined;
  }

  async #appendNew(target: string): Promise<void> {
    const { files, text } = this.#ports;
    if (this.#staging !== undefined) {
      const staged = await files.stat(this.#staging);
      await copyRange(files, { from: this.#staging, start: 0, end: staged?.size ?? 0, to: target });
    }
    if (this.#held.length > 0) await files.append(target, text.encode(this.#held.join('')));
  }

  async #spill(): Promise<void> {
    this.#staging ??= `${TEMPORARY}/${this.#ports.ids.next()}`;
    const bytes = this.#ports.text.encode(this.#held.join(''));
    this.#held = [];
    this.#heldLength = 0;
    await this.#ports.files.append(this.#staging, bytes);
  }
}
