import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Evidence as `proposal.json` holds it. */
export interface Quoted {
  readonly kind: string;
  readonly session?: string;
  readonly entry?: string;
  readonly by?: string;
  readonly quote?: string;
}

interface Line {
  readonly id?: string;
  readonly kind?: string;
  readonly text?: string;
  readonly callId?: string;
  readonly agent?: string;
  readonly pasted?: readonly (readonly [number, number])[];
  readonly denied?: { readonly reason: string };
  readonly input?: Readonly<Record<string, string>>;
}

/**
 * True if the quoted words stand in the captured session, in an entry of that speaker. Reads the session file itself and
 * shares no code with the dream: what it finds is no echo of the dream's own check.
 */
export function quoteStands(sessionsFolder: string, quoted: Quoted): boolean {
  const file = path.join(sessionsFolder, `${quoted.session ?? ''}.jsonl`);
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    // Captured sessions are JSON lines of our own making; a line that is none fails the figure, as it should.
    .map((line) => JSON.parse(line) as Line);
  const entry = lines.find((line) => line.id === quoted.entry && line.kind !== undefined);
  if (entry === undefined || flat(quoted.quote ?? '') === '') return false;
  return spoken(entry, quoted, lines).some((text) => flat(text).includes(flat(quoted.quote ?? '')));
}

function flat(text: string): string {
  return text.split(/\s+/u).filter(Boolean).join(' ');
}

function spoken(entry: Line, quoted: Quoted, lines: readonly Line[]): readonly string[] {
  if (quoted.kind === 'event') {
    const call = lines.find(
      (line) => line.kind === 'call' && line.callId === entry.callId && line.agent === entry.agent,
    );
    return entry.kind === 'result'
      ? [entry.text ?? '', entry.denied?.reason ?? '', ...Object.values(call?.input ?? {})]
      : [];
  }
  if (quoted.by !== 'user') return [entry.text ?? ''];
  if (entry.kind === 'result') return [entry.denied?.reason ?? ''];
  if (entry.kind !== 'prompt') return [];
  let typed = entry.text ?? '';
  for (const [start, end] of [...(entry.pasted ?? [])].sort((a, b) => b[0] - a[0])) {
    typed = `${typed.slice(0, start)}\u0000${typed.slice(end)}`;
  }
  return typed.split('\u0000');
}
