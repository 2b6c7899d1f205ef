import type { CapturedSession, SessionEntry, SessionHeader } from '../sessions/session';

/** A captured session as a page to read. */
export interface Transcript {
  readonly text: string;
  /** The 0-based line of each entry's heading, by entry id. */
  readonly lines: ReadonlyMap<string, number>;
}

const INDENT = '  ';

/** Writes a time of ISO 8601 as its reader has it; lines stay where they are whatever it says. */
type TimeWords = (iso: string) => string;

/**
 * Renders a session for reading. Headings stand at the margin and everything that was said or printed is indented, so
 * that no text of a session can pass for a heading.
 */
export function renderTranscript(session: CapturedSession, time: TimeWords = readableTime): Transcript {
  const out: string[] = [...headerLines(session.header, time), ''];
  const lines = new Map<string, number>();
  for (const entry of session.entries) {
    if (!lines.has(entry.id)) lines.set(entry.id, out.length);
    out.push(headingOf(entry, time), ...bodyOf(entry).flatMap(indented), '');
  }
  return { text: `${out.join('\n')}\n`, lines };
}

/**
 * The lines of an entry that show a quote, 0-based with the end exclusive: the first line of the entry that holds the
 * quote's first words, up to its last; the heading where it is not found; undefined for an entry that is not there.
 */
export function locateQuote(
  transcript: Transcript,
  entry: string,
  quote: string,
): { readonly start: number; readonly end: number } | undefined {
  const heading = transcript.lines.get(entry);
  if (heading === undefined) return undefined;
  const all = transcript.text.split('\n');
  const wanted = quote
    .split(/\r\n|\r|\n/)
    .map(squeezed)
    .filter((line) => line !== '');
  const [first] = wanted;
  if (first === undefined) return { start: heading, end: heading + 1 };
  for (let line = heading + 1; line < all.length && isBody(all[line]); line += 1) {
    if (!squeezed(all[line] ?? '').includes(first)) continue;
    return { start: line, end: endOfQuote(all, line, wanted) };
  }
  return { start: heading, end: heading + 1 };
}

function endOfQuote(all: readonly string[], start: number, wanted: readonly string[]): number {
  let line = start;
  for (const words of wanted.slice(1)) {
    let next = line + 1;
    while (next < all.length && squeezed(all[next] ?? '') === '' && isBody(all[next])) next += 1;
    if (!squeezed(all[next] ?? '').includes(words)) break;
    line = next;
  }
  return line + 1;
}

function isBody(line: string | undefined): boolean {
  return line !== undefined && (line === '' || line.startsWith(INDENT));
}

function squeezed(line: string): string {
  return line.replace(/\s{1,1000}/g, ' ').trim();
}

function headerLines(header: SessionHeader, time: TimeWords): readonly string[] {
  const { counts } = header;
  const facts = [
    header.startedAt === '' ? undefined : `Started ${oneLine(time(header.startedAt))}`,
    header.branch === undefined ? undefined : `branch ${oneLine(header.branch)}`,
    header.model === undefined ? undefined : `model ${oneLine(header.model)}`,
    header.entrypoint === undefined ? undefined : `from ${oneLine(header.entrypoint)}`,
  ];
  const numbers = [
    amount(counts.prompts, 'prompt', 'prompts'),
    `${amount(counts.toolCalls, 'tool call', 'tool calls')}, ${counts.failedToolCalls} failed`,
    amount(counts.corrections, 'correction', 'corrections'),
    amount(counts.redactions, 'redaction', 'redactions'),
  ];
  return [
    `Session: ${oneLine(header.title)}`,
    facts.filter((fact) => fact !== undefined).join(' · '),
    numbers.join(' · '),
    COMPLETENESS[header.completeness],
    'Captured and redacted. This page cannot be edited.',
  ].filter((line) => line !== '');
}

const COMPLETENESS: Readonly<Record<SessionHeader['completeness'], string>> = {
  tools: 'Complete, with tool calls and their results',
  text: 'Text only, no tool calls',
  truncated: 'Truncated: the log lost lines or results',
};

function headingOf(entry: SessionEntry, time: TimeWords): string {
  const who = entry.agent === undefined ? '' : ` (subagent ${oneLine(entry.agent)})`;
  const when = entry.at === '' ? '' : ` · ${oneLine(time(entry.at))}`;
  return `## ${titleOf(entry)}${who}${when}`;
}

function titleOf(entry: SessionEntry): string {
  switch (entry.kind) {
    case 'prompt':
      return entry.queued === true ? 'You (queued)' : 'You';
    case 'assistant':
      return 'Agent';
    case 'call':
      return `Tool call ${oneLine(entry.tool)}`;
    case 'result':
      return `Result: ${resultWords(entry)}`;
    case 'interrupt':
      return 'You interrupted the agent';
    case 'compaction':
      return `Earlier conversation compacted (${oneLine(entry.trigger)})`;
    case 'machine':
      return `Machine text: ${oneLine(entry.label)}`;
  }
}

function resultWords(entry: Extract<SessionEntry, { kind: 'result' }>): string {
  if (entry.denied !== undefined) return 'denied by you';
  const status = entry.ok ? 'ok' : 'failed';
  return entry.exitCode === undefined ? status : `${status}, exit ${entry.exitCode}`;
}

function bodyOf(entry: SessionEntry): readonly string[] {
  switch (entry.kind) {
    case 'prompt':
    case 'assistant':
    case 'machine':
      return [entry.text];
    case 'call':
      return Object.entries(entry.input).map(([field, value]) => `${oneLine(field)}: ${value}`);
    case 'result': {
      const reason = entry.denied === undefined || entry.denied.reason === '' ? [] : [entry.denied.reason];
      const cut = entry.cut === undefined ? [] : [`(cut: the whole result had ${entry.cut.bytes} bytes)`];
      return [...reason, entry.text, ...cut];
    }
    case 'interrupt':
    case 'compaction':
      return [];
  }
}

function indented(text: string): readonly string[] {
  if (text === '') return [];
  return text.split(/\r\n|\r|\n/).map((line) => (line.trim() === '' ? '' : INDENT + line));
}

function oneLine(text: string): string {
  return squeezed(text).slice(0, 200);
}

/** `2026-11-18 10:42:03 UTC` of an ISO time; anything else is shown as it is. */
export function readableTime(iso: string): string {
  const parts = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)/.exec(iso);
  return parts === null ? oneLine(iso) : `${parts[1] ?? ''} ${parts[2] ?? ''} UTC`;
}

function amount(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
