import { redactFields } from '../boundary/redactSession';
import type { CorePorts, Redactor } from '../ports';
import { cutText, cutWithProof, INPUT_LIMIT, MACHINE_LIMIT, RESULT_LIMIT, SPEECH_LIMIT } from './cutText';
import type { Draft, PromptDraft } from './draft';
import type { PromptPart } from './pasted';
import type { PromptEntry, SessionEntry } from './session';

/** The one way out for text of a log: counts what it replaces. */
export interface RedactionTally {
  redact(text: string): string;
  readonly counts: ReadonlyMap<string, number>;
  total(): number;
}

/** No value shorter than this is ever taken for a secret. */
const SHORTEST = 6;

export function createRedactionTally(redactor: Redactor): RedactionTally {
  const counts = new Map<string, number>();
  return {
    counts,
    redact(text) {
      if (text.length < SHORTEST) return text;
      const redacted = redactor.redact(text);
      for (const rule of redacted.rules) counts.set(rule, (counts.get(rule) ?? 0) + 1);
      return redacted.text;
    },
    total: () => [...counts.values()].reduce((sum, count) => sum + count, 0),
  };
}

type Ports = Pick<CorePorts, 'hasher' | 'text'>;

function mergeParts(parts: readonly PromptPart[]): PromptPart[] {
  const merged: PromptPart[] = [];
  for (const part of parts) {
    const last = merged.at(-1);
    if (last?.pasted === part.pasted) merged[merged.length - 1] = { ...last, text: last.text + part.text };
    else merged.push(part);
  }
  return merged;
}

function finishPrompt(draft: PromptDraft, redact: (text: string) => string): PromptEntry {
  const { parts, ...rest } = draft;
  const pasted: [number, number][] = [];
  let text = '';
  for (const part of mergeParts(parts)) {
    const start = text.length;
    text += redact(part.text);
    if (part.pasted && text.length > start) pasted.push([start, text.length]);
  }
  const whole = pasted.length > 0 ? redact(text) : text;
  if (whole !== text) {
    // A secret that was typed in part and pasted in part: then nothing from the first pasted part on counts as typed.
    const start = Math.min(whole.length, pasted[0]?.[0] ?? whole.length);
    pasted.splice(0, pasted.length, [start, whole.length]);
    text = whole;
  }
  const short = cutText(text, SPEECH_LIMIT);
  // What was cut out was too long to have been typed: then everything after the head counts as pasted.
  const ranges: readonly (readonly [number, number])[] =
    short === text
      ? pasted
      : [...pasted.filter(([, end]) => end < SPEECH_LIMIT.head), [SPEECH_LIMIT.head, short.length]];
  return ranges.length > 0 ? { ...rest, text: short, pasted: ranges } : { ...rest, text: short };
}

function finishInput(
  input: Readonly<Record<string, string>>,
  redact: (text: string) => string,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(redactFields(input, { redact: (text) => ({ text: redact(text), rules: [] }) })).map(
      ([name, value]) => [name.slice(0, 200), cutText(value, INPUT_LIMIT)],
    ),
  );
}

function finishText(draft: Exclude<Draft, PromptDraft>, redact: (text: string) => string, ports: Ports): SessionEntry {
  switch (draft.kind) {
    case 'assistant': {
      const id = draft.messageId === undefined ? {} : { messageId: redact(draft.messageId) };
      return { ...draft, ...id, text: cutText(redact(draft.text), SPEECH_LIMIT) };
    }
    case 'call':
      return {
        ...draft,
        callId: redact(draft.callId),
        tool: redact(draft.tool),
        input: finishInput(draft.input, redact),
      };
    case 'result': {
      const denied = draft.denied && { denied: { reason: cutText(redact(draft.denied.reason), SPEECH_LIMIT) } };
      const text = cutWithProof(redact(draft.text), RESULT_LIMIT, ports);
      return { ...draft, callId: redact(draft.callId), ...denied, ...text };
    }
    case 'machine':
      return { ...draft, label: redact(draft.label), text: cutText(redact(draft.text), MACHINE_LIMIT) };
    case 'compaction':
      return { ...draft, trigger: redact(draft.trigger) };
    case 'interrupt':
      return draft;
  }
}

/** The entry as it is written: every text redacted, then long ones cut. */
export function finishEntry(draft: Draft, tally: RedactionTally, ports: Ports): SessionEntry {
  const redact = (text: string): string => tally.redact(text);
  const entry = draft.kind === 'prompt' ? finishPrompt(draft, redact) : finishText(draft, redact, ports);
  return entry.agent === undefined ? entry : { ...entry, agent: redact(entry.agent) };
}
