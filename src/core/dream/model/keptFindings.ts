import * as z from 'zod/mini';
import { redactDeep } from '../../boundary/redactDeep';
import type { CorePorts } from '../../ports';
import { keptFile } from './keptFile';

/**
 * What models answered, kept as it arrives: `.local/model/findings/<key>.json`. The key is a hash of everything that the
 * answer depends on, so an answer is paid for once: a dream that was stopped goes on from here, and later dreams read
 * again what a session said without sending it again.
 */
export const KEPT_FOLDER = '.local/model/findings';

/** What became of one request. */
export type Kept =
  /** The items of the answer as they came; validated again when read. */
  | { readonly kind: 'answer'; readonly value: unknown }
  /** It was too long to answer: its two halves were asked instead. */
  | { readonly kind: 'split' }
  /** It will not be answered: refused, or unreadable twice. */
  | { readonly kind: 'dismissed'; readonly reason: string };

interface KeptRecord {
  readonly format: 1;
  /** ISO 8601 UTC: when it was last of use. */
  readonly at: string;
  /** A dream that completed has used it. */
  readonly used: boolean;
  readonly outcome: Kept;
}

const record = z.object({
  format: z.literal(1),
  at: z.string().check(z.maxLength(40)),
  used: z.boolean(),
  outcome: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('answer'), value: z.unknown() }),
    z.object({ kind: z.literal('split') }),
    z.object({ kind: z.literal('dismissed'), reason: z.string().check(z.maxLength(2_000)) }),
  ]),
});

const KEPT_DAYS = 30;
const RENEWED_DAYS = 7;
const DAY_MS = 86_400_000;
const NAME = /^[0-9a-f]{64}\.json(?:\.tmp)?$/u;

type Ports = Pick<CorePorts, 'files' | 'text' | 'clock' | 'logger' | 'redactor'>;

export class KeptFindings {
  readonly #ports: Ports;
  readonly #known = new Map<string, KeptRecord>();

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  /** What was kept under this key, and whether a completed dream has used it. A broken file counts as none. */
  async read(key: string): Promise<{ readonly outcome: Kept; readonly used: boolean } | undefined> {
    const known = this.#known.get(key) ?? (await this.#readClean(key));
    if (known === undefined) return undefined;
    this.#known.set(key, known);
    return { outcome: known.outcome, used: known.used };
  }

  async keep(key: string, outcome: Kept): Promise<void> {
    await this.#write(key, {
      format: 1,
      at: this.#now(),
      used: false,
      outcome: redactDeep(outcome, this.#ports.redactor),
    });
  }

  /** Notes that the dream which read or kept these has completed. */
  async markUsed(): Promise<void> {
    const renewBefore = new Date(this.#ports.clock.now() - RENEWED_DAYS * DAY_MS).toISOString();
    for (const [key, kept] of this.#known)
      if (!kept.used || kept.at < renewBefore) await this.#write(key, { ...kept, at: this.#now(), used: true });
  }

  /** Removes what has been of no use for thirty days. */
  async prune(): Promise<void> {
    const before = new Date(this.#ports.clock.now() - KEPT_DAYS * DAY_MS).toISOString();
    for (const entry of await this.#ports.files.list(KEPT_FOLDER)) {
      if (entry.kind !== 'file' || !NAME.test(entry.name)) continue;
      // A staged file is of a process that died: whoever writes now holds the lock of the dream.
      const kept = entry.name.endsWith('.tmp') ? undefined : await this.#file(entry.name.slice(0, 64)).read();
      if (kept === undefined || kept.at < before) await this.#ports.files.remove(`${KEPT_FOLDER}/${entry.name}`);
    }
  }

  /** By the rules of today, which may know more than those of the day it was written. */
  async #readClean(key: string): Promise<KeptRecord | undefined> {
    const kept = await this.#file(key).read();
    if (kept === undefined) return undefined;
    const clean = redactDeep(kept, this.#ports.redactor);
    if (clean !== kept) await this.#write(key, clean);
    return clean;
  }

  async #write(key: string, kept: KeptRecord): Promise<void> {
    this.#known.set(key, kept);
    await this.#file(key).write(kept);
  }

  #file(key: string): ReturnType<typeof keptFile<KeptRecord>> {
    return keptFile<KeptRecord>(this.#ports, `${KEPT_FOLDER}/${key}.json`, (value) => {
      const parsed = record.safeParse(value);
      return parsed.success ? parsed.data : undefined;
    });
  }

  #now(): string {
    return new Date(this.#ports.clock.now()).toISOString();
  }
}
