import type { CorePorts } from '../../core/ports';
import { writeAtomic } from '../../core/history/atomicWrite';
import { seenNumbers, type SeenLines } from '../../core/sessions/seenLines';
import { SESSIONS_DIRECTORY } from '../../core/sessions/sessionFiles';

const ENDING = '.seen';

function pathOf(session: string): string {
  return `${SESSIONS_DIRECTORY}/${session}${ENDING}`;
}

/** Which lines each captured session has, kept beside it, so that a copy of them in another log is noticed. */
export class SeenFiles {
  readonly #ports: Pick<CorePorts, 'files' | 'ids'>;
  #all: Map<number, string> | undefined;

  constructor(ports: Pick<CorePorts, 'files' | 'ids'>) {
    this.#ports = ports;
  }

  /** Lines of this session. */
  async of(session: string): Promise<readonly number[]> {
    const bytes = await this.#ports.files.read(pathOf(session));
    return bytes === undefined ? [] : seenNumbers(bytes);
  }

  /** Lines of all sessions, with their session; read once. The session that asks skips its own. */
  async all(): Promise<ReadonlyMap<number, string>> {
    if (this.#all !== undefined) return this.#all;
    const all = new Map<number, string>();
    for (const entry of await this.#ports.files.list(SESSIONS_DIRECTORY)) {
      if (entry.kind !== 'file' || !entry.name.endsWith(ENDING)) continue;
      const session = entry.name.slice(0, -ENDING.length);
      for (const number of await this.of(session)) all.set(number, session);
    }
    this.#all = all;
    return all;
  }

  /** Keeps the lines of a session. */
  async keep(session: string, seen: SeenLines): Promise<void> {
    const bytes = seen.toBytes();
    await writeAtomic(this.#ports, pathOf(session), bytes);
    if (this.#all === undefined) return;
    for (const number of seenNumbers(bytes)) this.#all.set(number, session);
  }
}
