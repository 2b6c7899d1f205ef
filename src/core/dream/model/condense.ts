import { typedText } from '../../sessions/typedText';
import type { Beat } from '../../sessions/beats';
import type { CallEntry, CapturedSession, PromptEntry, ResultEntry, SessionEntry } from '../../sessions/session';
import { oneSpace } from '../text/words';
import { seen } from './marked';

/**
 * What of a session a model reads: everything a person typed, refused or corrected, every call that failed, what else was
 * done as one line a call, what the agent said in short, and how each beat ended. No output of calls that went well.
 */

/** One beat, an entry a line or more. A line that begins at the margin is this program's; all others are indented. */
export interface CondensedBeat {
  readonly head: string;
  readonly entries: readonly string[];
}

/** Characters kept of each kind of text; longer ones keep head and tail. Prompts are cut only past what anybody types. */
const LIMITS = {
  typed: [12_000, 4_000],
  pasted: [500, 300],
  said: [260, 240],
  lastSaid: [900, 1_100],
  finalSaid: [4_000, 4_000],
  input: [150, 50],
  failedInput: [500, 200],
  failed: [350, 450],
  reason: [4_000, 1_000],
} as const;

/** Of the inputs of a call, the one that says most, in this order. */
const TELLING = ['command', 'file_path', 'path', 'pattern', 'query', 'url', 'skill', 'description', 'prompt'] as const;

/** The line above the first beat of a chunk. */
export function headOf({ header }: CapturedSession): string {
  const facts = [
    header.startedAt.slice(0, 10),
    header.branch === undefined ? '' : `branch ${oneSpace(header.branch).slice(0, 60)}`,
  ];
  return `# session of ${facts.filter((fact) => fact !== '').join(', ')}`;
}

/** The beats of a session as a model reads them; empty where no person took part. */
export function condense(session: CapturedSession, beats: readonly Beat[]): readonly CondensedBeat[] {
  if (!session.entries.some((entry) => entry.kind === 'prompt')) return [];
  const numbers = new Map(session.entries.map((entry, index) => [entry, index] as const));
  const final = session.entries.findLast(isAgent);
  const condensed = beats.map((beat): CondensedBeat => {
    const results = new Map(beat.calls.map(({ call, result }) => [call, result] as const));
    const last = beat.entries.findLast(isAgent);
    const lines = [...(beat.prompt === undefined ? [] : [beat.prompt]), ...beat.entries].flatMap((entry) => {
      const number = numbers.get(entry) ?? 0;
      return linesOf(entry, {
        number,
        result: entry.kind === 'call' ? results.get(entry) : undefined,
        said: entry === final ? 'finalSaid' : entry === last ? 'lastSaid' : 'said',
      });
    });
    return { head: `## beat ${beat.index + 1}, ${beat.grade}`, entries: lines };
  });
  return withEnd(condensed, `# the session ended as ${session.header.outcome}`);
}

function isAgent(entry: SessionEntry): boolean {
  return entry.kind === 'assistant' && entry.agent === undefined && entry.text.trim() !== '';
}

/** At the end and nowhere else: what came before stays as it was sent when the session goes on. */
function withEnd(beats: readonly CondensedBeat[], end: string): readonly CondensedBeat[] {
  const at = beats.findLastIndex(({ entries }) => entries.length > 0);
  return beats.map((beat, index) =>
    index === at ? { ...beat, entries: [...beat.entries.slice(0, -1), `${beat.entries.at(-1) ?? ''}\n${end}`] } : beat,
  );
}

interface Place {
  readonly number: number;
  readonly result: ResultEntry | undefined;
  /** Where the agent said it: in the middle of a beat, last in it, or last of all. */
  readonly said: 'said' | 'lastSaid' | 'finalSaid';
}

function linesOf(entry: SessionEntry, { number, result, said }: Place): readonly string[] {
  const who = entry.agent === undefined ? '' : ` of subagent ${oneSpace(entry.agent).slice(0, 40)}`;
  switch (entry.kind) {
    case 'prompt':
      return promptLines(entry, number);
    case 'assistant': {
      if (entry.agent !== undefined || entry.text.trim() === '') return [];
      return [line(`${number} agent`, cut(entry.text, LIMITS[said]))];
    }
    case 'call':
      return result?.ok === true && entry.agent !== undefined ? [] : [callLine(entry, result, `${number} call${who}`)];
    case 'result':
      return resultLines(entry, `${number}`, who);
    case 'interrupt':
      return [`[${number} interrupted by the user]`];
    case 'compaction':
    case 'machine':
      return [];
  }
}

function promptLines(entry: PromptEntry, number: number): readonly string[] {
  const typed = typedText(entry);
  const pasted = (entry.pasted ?? [])
    .map(([start, end]) => entry.text.slice(start, end))
    .filter((text) => text.trim() !== '');
  return [
    ...(typed === '' ? [] : [line(`${number} user`, cut(typed, LIMITS.typed))]),
    ...pasted.map((text) => line(`${number} pasted by the user`, cut(text, LIMITS.pasted))),
  ];
}

function callLine(entry: CallEntry, result: ResultEntry | undefined, label: string): string {
  const input = TELLING.map((name) => entry.input[name]).find((text) => text !== undefined && text !== '');
  const state = result === undefined ? ', no result' : result.denied ? ', refused' : result.ok ? '' : ', failed';
  const shown = input ?? Object.values(entry.input)[0] ?? '';
  return line(
    `${label} ${oneSpace(entry.tool).slice(0, 60)}${state}`,
    oneSpace(cut(shown, result?.ok === true ? LIMITS.input : LIMITS.failedInput)),
  );
}

function resultLines(entry: ResultEntry, number: string, who: string): readonly string[] {
  if (entry.denied !== undefined) {
    const { reason } = entry.denied;
    return [
      reason === ''
        ? `[${number} refused by the user]`
        : line(`${number} refused by the user`, cut(reason, LIMITS.reason)),
    ];
  }
  if (entry.ok) return [];
  const exit = entry.exitCode === undefined ? '' : `, exit ${entry.exitCode}`;
  return [line(`${number} error${who}${exit}`, cut(entry.text, LIMITS.failed))];
}

/** Further lines of a text are indented, so that no text can begin a line the way an entry does. */
function line(label: string, text: string): string {
  const flat = indented(seen(text));
  return `[${label}] ${flat}`.trimEnd();
}

function cut(text: string, [head, tail]: readonly [number, number]): string {
  if (text.length <= head + tail + 20) return text;
  return `${text.slice(0, head)} […] ${text.slice(-tail)}`;
}

/** The lines of a text that say something, all but the first indented. */
export function indented(text: string): string {
  return text
    .split(/[\r\n]/u)
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .join('\n ');
}
