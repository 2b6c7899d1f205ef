import type { CapturedSession, SessionEntry } from '../../src/core/sessions/session';
import type { Evidence } from '../../src/core/dream/finding';

/**
 * Why this evidence is not what the sessions show, undefined if it is. Written apart from the product's own check and
 * sharing no code with it; works on the sessions as they were made, not as they were captured.
 */
export function problemWith(evidence: Evidence, sessions: readonly CapturedSession[]): string | undefined {
  if (evidence.kind !== 'quote' && evidence.kind !== 'event') return `evidence of kind ${evidence.kind}`;
  const entries = sessions.find(({ header }) => header.id === evidence.session)?.entries ?? [];
  const at = entries.findIndex(({ id }) => id === evidence.entry);
  const entry = entries[at];
  const words = flat(evidence.quote);
  if (entry === undefined || words === '') return `no such entry, or no words: “${evidence.quote}”`;
  const claimed = evidence.kind === 'event' ? 'event' : evidence.by;
  const found = sourcesOf(entry, entries).some(({ by, text }) => by === claimed && flat(text).includes(words));
  return found ? undefined : `${claimed} of ${entry.kind} ${at}: “${evidence.quote}”`;
}

interface Source {
  readonly by: 'user' | 'agent' | 'tool' | 'file' | 'event';
  readonly text: string;
}

function sourcesOf(entry: SessionEntry, entries: readonly SessionEntry[]): readonly Source[] {
  switch (entry.kind) {
    case 'assistant':
      return [{ by: 'agent', text: entry.text }];
    case 'prompt': {
      const pasted = entry.pasted ?? [];
      // Here a paste always stands at the end.
      const typed = entry.text.slice(0, pasted[0]?.[0]);
      return [
        { by: 'user', text: typed },
        ...pasted.map(([from, to]): Source => ({ by: 'file', text: entry.text.slice(from, to) })),
      ];
    }
    case 'result': {
      const call = entries.find((one) => one.kind === 'call' && one.callId === entry.callId);
      const inputs = call?.kind === 'call' ? Object.values(call.input) : [];
      if (entry.denied !== undefined) return [{ by: 'user', text: entry.denied.reason }];
      const shown = entry.ok ? inputs : [entry.text, ...inputs];
      return [
        { by: 'tool', text: entry.text },
        { by: 'file', text: entry.text },
        ...shown.map((text): Source => ({ by: 'event', text })),
      ];
    }
    default:
      return [];
  }
}

function flat(text: string): string {
  return text.split(/\s+/u).filter(Boolean).join(' ');
}
