import type { Redactor } from '../ports';
import { newFindings } from '../unicode/inspectText';
import type { FileEdit } from '../review/proposal';
import { RECALLED } from '../recall/recalledText';
import type { CapturedSession, MachineEntry, PromptEntry, ResultEntry, SessionEntry } from '../sessions/session';
import type { Evidence, EventEvidence, QuoteEvidence } from './finding';
import { oneSpace } from './text/words';

type InSession = QuoteEvidence | EventEvidence;

const REDACTED = /\[redacted:[\w.-]{1,60}:[0-9a-f]{4,16}\]/iu;
const MAX_MEMORY_BYTES = 20_000;

/** Why this evidence does not hold in its session, or undefined if it does. Only white space may differ. */
export function evidenceProblem(evidence: InSession, session: CapturedSession | undefined): string | undefined {
  if (session === undefined) return `session ${evidence.session} is not there`;
  const entry = session.entries.find((one) => one.id === evidence.entry);
  if (entry === undefined) return `entry ${evidence.entry} is not in session ${evidence.session}`;
  if (oneSpace(evidence.quote) === '') return 'the quote is empty';
  const sources = evidence.kind === 'quote' ? spokenBy(entry, evidence.by) : shownBy(entry, evidence.event, session);
  if (sources === undefined)
    return evidence.kind === 'quote' ? `${evidence.by} did not say it` : `it is not an event “${evidence.event}”`;
  const wanted = oneSpace(evidence.quote);
  if (!sources.some((source) => oneSpace(source).includes(wanted))) return 'the quote is not in the entry';
  return undefined;
}

/** Texts in which this speaker's words can stand, or undefined if the entry is somebody else's. */
function spokenBy(entry: SessionEntry, by: QuoteEvidence['by']): readonly string[] | undefined {
  switch (by) {
    case 'user':
      if (entry.kind === 'prompt') return typedParts(entry);
      return entry.kind === 'result' && entry.denied !== undefined ? [entry.denied.reason] : undefined;
    case 'agent':
      return entry.kind === 'assistant' ? [entry.text] : undefined;
    case 'tool':
      return isShown(entry) ? [entry.text] : undefined;
    case 'file':
      if (entry.kind === 'prompt') return (entry.pasted ?? []).map(([start, end]) => entry.text.slice(start, end));
      return isShown(entry) ? [entry.text] : undefined;
  }
}

/** What a program or a file showed. What recall printed is neither: memory is no evidence for itself. */
function isShown(entry: SessionEntry): entry is ResultEntry | MachineEntry {
  return entry.kind === 'result' || (entry.kind === 'machine' && entry.label !== RECALLED);
}

function typedParts(entry: PromptEntry): readonly string[] {
  const parts: string[] = [];
  let from = 0;
  for (const [start, end] of [...(entry.pasted ?? [])].sort((a, b) => a[0] - b[0])) {
    if (start > from) parts.push(entry.text.slice(from, start));
    from = Math.max(from, end);
  }
  return [...parts, entry.text.slice(from)];
}

function shownBy(
  entry: SessionEntry,
  event: EventEvidence['event'],
  session: CapturedSession,
): readonly string[] | undefined {
  if (event === 'interrupted') return entry.kind === 'interrupt' ? ['interrupted'] : undefined;
  if (entry.kind !== 'result') return undefined;
  const holds = {
    failed: !entry.ok && entry.denied === undefined,
    succeeded: entry.ok,
    denied: entry.denied !== undefined,
    edited: entry.ok,
  };
  // A pipe or `;` hides the status of a command: then its own output says that it failed.
  if (!holds[event] && !(event === 'failed' && entry.denied === undefined)) return undefined;
  const call = session.entries.find(
    (one) => one.kind === 'call' && one.callId === entry.callId && one.agent === entry.agent,
  );
  const inputs = call?.kind === 'call' ? Object.values(call.input) : [];
  return [entry.text, entry.denied?.reason ?? '', ...inputs];
}

/** Why these texts may not be shown or stored, or undefined if they may. What hides in `known` already does not count. */
export function textProblem(texts: readonly string[], redactor: Redactor, known = ''): string | undefined {
  for (const text of texts) {
    const [hidden] = newFindings(known, text);
    if (hidden !== undefined) return `it hides something: ${[hidden.words, ...hidden.codePoints].join(' ')}`;
    if (redactor.redact(text).rules.length > 0) return 'it looks like a secret';
    if (REDACTED.test(text)) return 'it rests on a redacted secret';
  }
  return undefined;
}

/** Why these files are not memories that may be proposed, or undefined if they are. */
export function sizeProblem(files: readonly FileEdit[]): string | undefined {
  const large = files.find(
    (file) => file.after.length > MAX_MEMORY_BYTES && file.after.length > (file.before?.length ?? 0),
  );
  return large === undefined ? undefined : `${large.path} would be too long`;
}

/** The sessions that a set of evidence points into, for reading each once. */
export function inSessions(evidence: readonly Evidence[]): readonly InSession[] {
  return evidence.filter((one): one is InSession => one.kind === 'quote' || one.kind === 'event');
}

/** True if the quoted words are what a memory or an instruction file says: the agent's own memory, read back to it. */
export function isEcho(quote: string, known: readonly string[]): boolean {
  const wanted = oneSpace(quote).toLowerCase();
  return wanted.length >= 12 && known.some((text) => text.includes(wanted));
}

/** Lower-case, one space: the form in which `isEcho` compares. */
export function echoForm(text: string): string {
  return oneSpace(text).toLowerCase();
}
