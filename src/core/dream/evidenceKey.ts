import type { Hasher } from '../ports';
import type { Evidence } from './finding';
import { oneSpace } from './text/words';

/** What identifies a piece of evidence when a rejection is remembered: where it is and what it shows, not how it is told. */
export function evidenceKey(evidence: Evidence, hasher: Hasher): string {
  switch (evidence.kind) {
    case 'quote':
      return `quote:${evidence.session}:${evidence.entry}:${hasher.sha256(oneSpace(evidence.quote)).slice(0, 16)}`;
    case 'event':
      return `event:${evidence.session}:${evidence.entry}:${evidence.event}`;
    case 'check':
      return `check:${evidence.verdict}:${evidence.subject}`;
    case 'memory':
      return `memory:${evidence.sha256}:${evidence.path}`;
    case 'by-hand':
      return `by-hand:${evidence.at}`;
    case 'request':
      return `request:${evidence.way}:${hasher.sha256(oneSpace(evidence.quote)).slice(0, 16)}:${evidence.by}`;
    case 'usage':
      return `usage:${evidence.path}:${magnitude(evidence.loaded)}`;
  }
}

/** Twice as many sessions are something new, one more is not. */
function magnitude(count: number): number {
  return Math.floor(Math.log2(1 + count));
}

/** The session a key points into, or undefined for evidence that is not in a session. */
export function sessionOfKey(key: string): string | undefined {
  const [kind, session] = key.split(':', 2);
  return kind === 'quote' || kind === 'event' ? session : undefined;
}
