import type { Memory } from '../../memory/memory';
import { claimOf } from '../memoryText';
import { rememberingOf } from '../text/remembering';
import { sameTopic } from '../text/similarity';
import { valueSlots } from '../text/slots';
import { contentStems, oneSpace } from '../text/words';
import { refusedPart } from './language/corrected';
import { frameOf, isOtherFrame, type Frame } from './otherValue';
import { relationOf } from './supersession';

const LIMITS = { values: 20_000, chars: 4_000, sessions: 4 } as const;
/** Values that can be wrong: code, and words with a digit, a slash or a dot inside. */
const VALUES = /`[^`\n]{1,80}`|[\p{L}\p{N}_@-]{0,60}[\d/.][\p{L}\p{N}_./@-]{1,80}/gu;

/** Quick no: there is no value in most of what is said. */
const MAY_NAME = /`|[\d/.][\p{L}\p{N}_./@-]/u;
/** Small numbers stand in every session, for whatever they count. */
const COMMON = /^\d{1,3}$/u;

/** Which values the agent named, and in how many sessions: a wrong one said again and again is worth a memory. */
export class AgentClaims {
  private readonly sessions = new Map<string, Set<string>>();

  /** Looks at the start of what the agent said. What is met first after the bound is reached is forgotten. */
  add(session: string, text: string): void {
    const start = text.slice(0, LIMITS.chars);
    if (!MAY_NAME.test(start)) return;
    for (const [found] of start.matchAll(VALUES)) {
      const value = plain(found);
      const known = this.sessions.get(value);
      if (known === undefined) {
        if (this.sessions.size < LIMITS.values) this.sessions.set(value, new Set([session]));
      } else if (known.size < LIMITS.sessions) known.add(session);
    }
  }

  /** In how many sessions the agent named a value of this part of a sentence, four at most. */
  sessionsSaying(refused: string | undefined): number {
    if (refused === undefined) return 0;
    const values = [...refused.matchAll(VALUES)].map(([found]) => plain(found)).filter((value) => !COMMON.test(value));
    return Math.max(0, ...values.map((value) => this.sessions.get(value)?.size ?? 0));
  }
}

/**
 * The first memory against which one correction suffices, or undefined: the two cannot hold beside each other, and the
 * correction either refuses what the memory says ("8081, not 8080") or tells a fact as the memory does, in another value.
 */
export function correctedMemory(rule: string, memories: readonly Memory[]): Memory | undefined {
  const isFact = !/^(?:use|do|don['’]?t|never|always|put|run|write|make|add|let)\b/iu.test(rule);
  const part = refusedPart(rule);
  if (!isFact && part === undefined) return undefined;
  const refused = part === undefined ? undefined : { slots: [...valueSlots(part)], flat: oneSpace(part).toLowerCase() };
  const claimed = { rule, frame: frameOf(rule), isFact, refused };
  const { all, byStart } = storedIn(memories);
  // Nothing refused: then it tells a fact as the memory does, from the first word on.
  const some = refused === undefined ? (byStart.get(claimed.frame.stems[0] ?? '') ?? []) : all;
  return some.find((stored) => corrects(claimed, stored))?.memory;
}

interface Claimed {
  readonly rule: string;
  readonly frame: Frame;
  readonly isFact: boolean;
  readonly refused: Refused | undefined;
}

/** What a correction does not want. */
interface Refused {
  readonly slots: readonly string[];
  readonly flat: string;
}

function corrects({ rule, frame, isFact, refused }: Claimed, stored: Stored): boolean {
  if (isFact && isOtherFrame(frame, stored.frame)) return true;
  if (refused === undefined || !refuses(refused, stored)) return false;
  return (
    isOtherFrame(frame, stored.frame) ||
    (relationOf(rule, stored.claim, false) === 'superseded' &&
      sameTopic(contentStems(rule), contentStems(stored.claim)))
  );
}

function refuses({ slots, flat }: Refused, stored: Stored): boolean {
  return stored.flat.includes(flat) || (slots.length > 0 && slots.some((slot) => stored.slots().has(slot)));
}

/** What of a memory corrections are held against. */
interface Stored {
  readonly memory: Memory;
  readonly claim: string;
  readonly flat: string;
  readonly slots: () => ReadonlySet<string>;
  readonly frame: Frame;
}

interface StoredMemories {
  readonly all: readonly Stored[];
  /** By the first word of the claim, as a stem. */
  readonly byStart: ReadonlyMap<string, readonly Stored[]>;
}

/** Each correction is held against each memory: what a memory says is read once. */
const storedIn: (memories: readonly Memory[]) => StoredMemories = rememberingOf((memories) => {
  const all = memories.filter(({ scope }) => scope.kind !== 'archive').map(storedOf);
  const byStart = new Map<string, Stored[]>();
  for (const stored of all) {
    const start = stored.frame.stems[0] ?? '';
    const some = byStart.get(start);
    if (some === undefined) byStart.set(start, [stored]);
    else some.push(stored);
  }
  return { all, byStart };
});

function storedOf(memory: Memory): Stored {
  const claim = claimOf(memory);
  const slots = lazily(() => valueSlots(claim));
  return { memory, claim, flat: claim.toLowerCase(), slots, frame: frameOf(claim) };
}

function lazily<T>(work: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: work() }).value;
}

function plain(value: string): string {
  return value
    .replace(/^`|`$/gu, '')
    .replace(/[.,:;]{1,4}$/u, '')
    .toLowerCase();
}
