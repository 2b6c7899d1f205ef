import type { Memory } from '../../memory/memory';
import { claimOf } from '../memoryText';
import { sameTopic } from '../text/similarity';
import { valueSlots } from '../text/slots';
import { contentStems, oneSpace } from '../text/words';
import { refusedPart } from './language/corrected';
import { isOtherValue } from './otherValue';
import { relationOf } from './supersession';

const LIMITS = { values: 20_000, chars: 4_000, sessions: 4 } as const;
/** Values that can be wrong: code, and words with a digit, a slash or a dot inside. */
const VALUES = /`[^`\n]{1,80}`|[\p{L}\p{N}_@-]{0,60}[\d/.][\p{L}\p{N}_./@-]{1,80}/gu;

/** Small numbers stand in every session, for whatever they count. */
const COMMON = /^\d{1,3}$/u;

/** Which values the agent named, and in how many sessions: a wrong one said again and again is worth a memory. */
export class AgentClaims {
  private readonly sessions = new Map<string, Set<string>>();

  /** Looks at the start of what the agent said. What is met first after the bound is reached is forgotten. */
  add(session: string, text: string): void {
    for (const [found] of text.slice(0, LIMITS.chars).matchAll(VALUES)) {
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
 * True if one correction suffices against this memory: it cannot hold beside it, and it either refuses what the memory
 * says ("8081, not 8080") or tells a fact as the memory does, in another value.
 */
export function correctsMemory(rule: string, memory: Memory): boolean {
  if (memory.scope.kind === 'archive') return false;
  const stored = claimOf(memory);
  const isFact = !/^(?:use|do|don['’]?t|never|always|put|run|write|make|add|let)\b/iu.test(rule);
  if (isOtherValue(rule, stored)) return isFact || refuses(rule, stored);
  if (relationOf(rule, stored, false) !== 'superseded' || !sameTopic(contentStems(rule), contentStems(stored)))
    return false;
  return refuses(rule, stored);
}

function refuses(rule: string, stored: string): boolean {
  const refused = refusedPart(rule);
  if (refused === undefined) return false;
  const slots = valueSlots(refused);
  const said = valueSlots(stored);
  if ([...slots].some((slot) => said.has(slot))) return true;
  return oneSpace(stored).toLowerCase().includes(oneSpace(refused).toLowerCase());
}

function plain(value: string): string {
  return value
    .replace(/^`|`$/gu, '')
    .replace(/[.,:;]{1,4}$/u, '')
    .toLowerCase();
}
