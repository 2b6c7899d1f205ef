import type { Redactor } from '../ports';
import type { CallEntry, CapturedSession, PromptEntry, SessionEntry, SessionHeader } from '../sessions/session';
import { redactDeep, redactValues } from './redactDeep';

/**
 * The session as today's rules leave it: what was captured before a rule, an `.env` value or a setting existed holds
 * secrets that nobody knew to be some. Nothing is written. Where nothing is found the very same object comes back.
 */
export function redactSession(session: CapturedSession, redactor: Redactor): CapturedSession {
  const header = redactHeader(session.header, redactor);
  const entries = session.entries.map((entry) => redactEntry(entry, redactor));
  const isSame = header === session.header && entries.every((entry, index) => entry === session.entries[index]);
  return isSame ? session : { header, entries };
}

/** The header likewise. Ids stay: they are names of files, checked when they were read. */
export function redactHeader(header: SessionHeader, redactor: Redactor): SessionHeader {
  const clean = redactDeep(header, redactor);
  return clean === header ? header : { ...clean, id: header.id };
}

function redactEntry(entry: SessionEntry, redactor: Redactor): SessionEntry {
  switch (entry.kind) {
    case 'prompt':
      return redactPrompt(entry, redactor);
    case 'call':
      return redactCall(entry, redactor);
    default:
      return redactValues(entry, redactor);
  }
}

function redactCall(entry: CallEntry, redactor: Redactor): CallEntry {
  const { input, ...rest } = entry;
  const clean = redactValues(rest, redactor);
  const fields = redactFields(input, redactor);
  const names = Object.keys(fields);
  const isSame = names.length === Object.keys(input).length && names.every((name) => fields[name] === input[name]);
  return isSame && clean === rest ? entry : { ...clean, id: entry.id, input: fields };
}

/**
 * Fields of a tool call. A name tells as much as the value: `{"password": "…"}` has been taken apart here, so both are
 * looked at as one line.
 */
export function redactFields(
  fields: Readonly<Record<string, string>>,
  redactor: Pick<Redactor, 'redact'>,
): Readonly<Record<string, string>> {
  const clean = Object.entries(fields).map(([name, value]) => {
    const key = redactor.redact(name).text;
    const alone = redactor.redact(value).text;
    const lead = `${key}: `;
    const line = redactor.redact(lead + alone).text;
    return [key, line.startsWith(lead) ? line.slice(lead.length) : alone] as const;
  });
  return Object.fromEntries(clean);
}

/** Pasted ranges move with the text; where that cannot be told, everything from the first one on counts as pasted. */
function redactPrompt(entry: PromptEntry, redactor: Redactor): PromptEntry {
  const whole = redactor.redact(entry.text).text;
  if (whole === entry.text) return entry;
  const ranges = [...(entry.pasted ?? [])].sort((a, b) => a[0] - b[0]);
  if (ranges.length === 0) return { ...entry, text: whole };
  const pasted: [number, number][] = [];
  let text = '';
  let from = 0;
  const take = (to: number): void => {
    text += redactor.redact(entry.text.slice(from, to)).text;
    from = to;
  };
  for (const [start, end] of ranges) {
    if (start > from) take(start);
    const at = text.length;
    if (end > from) take(end);
    if (text.length > at) pasted.push([at, text.length]);
  }
  take(entry.text.length);
  if (redactor.redact(text).text === text) return { ...entry, text, pasted };
  return { ...entry, text: whole, pasted: [[Math.min(whole.length, ranges[0]?.[0] ?? 0), whole.length]] };
}
