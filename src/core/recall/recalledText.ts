/** Reads back what recall printed: which text it was, and which memories stood in it. The text is a log's: untrusted. */

/** What the preface of every printed text holds, before eight hex digits of the hash of that text. */
const MARKER = /Agent Dreams memory ([0-9a-f]{8})(?![0-9a-f])/u;
const QUICK = 'Agent Dreams memory ';
/** How an entry begins, in a heading or a line of the index. */
const ENTRY = /\[(m-[0-9a-f]{4,64})\]/gu;
const HEADING = /^#{1,6} \[(m-[0-9a-f]{4,64})\]/gmu;
const LISTED = /^- \[(m-[0-9a-f]{4,64})\]/gmu;
/** How an agent names an entry, with or without its brackets. */
const NAMED = /(?<![\w-])m-[0-9a-f]{4,64}(?![\w-])/gu;
const ID = /^m-[0-9a-f]{4,64}$/u;
/** The label of a machine's entry in a session that is a text of ours. */
export const RECALLED = 'recalled';
/** So much of a text is looked at, and so many ids are taken from it. */
const LIMITS = { chars: 200_000, ids: 500, line: 160, lines: 60 } as const;

/** One printed text, as it is found in a log. */
export interface RecalledText {
  /** The eight hex digits; '' in a text that has ids and no marker. */
  readonly marker: string;
  /** Ids of the entries in it, each once, in order. */
  readonly entries: readonly string[];
  /** Those of them that only a line of the index tells of. */
  readonly listed: readonly string[];
}

/** True for `m-1a2b`. */
export function isEntryId(text: string): boolean {
  return ID.test(text);
}

/** The eight hex digits of the marker in this text, or undefined where it is none of ours. */
export function markerIn(text: string): string | undefined {
  const at = text.indexOf(QUICK);
  return at === -1 ? undefined : MARKER.exec(text.slice(at, at + LIMITS.chars))?.[1];
}

/** True for a command, or for words about one, that prints what recall rendered. */
export function isRecallCommand(text: string): boolean {
  return /\.agent-memory[\\/]\.local[\\/]recall|agent-dreams/u.test(text);
}

/** What of recall stands in this text, or undefined where it is none of ours. */
export function readRecalledText(text: string): RecalledText | undefined {
  const marker = markerIn(text);
  return marker === undefined ? undefined : { marker, entries: entriesIn(text), listed: listedIn(text) };
}

/** Ids of entries in a text of ours, each once, in order. */
export function entriesIn(text: string): readonly string[] {
  return unique(text.slice(0, LIMITS.chars).matchAll(ENTRY), 1);
}

/** A line of the index begins as an item of a list does, an entry that is there as a heading. */
function listedIn(text: string): readonly string[] {
  const part = text.slice(0, LIMITS.chars);
  const whole = new Set(unique(part.matchAll(HEADING), 1));
  return unique(part.matchAll(LISTED), 1).filter((id) => !whole.has(id));
}

/** Ids that somebody names in what they say. Only those that exist are memories. */
export function idsNamedIn(text: string): readonly string[] {
  return text.includes('m-') ? unique(text.slice(0, LIMITS.chars).matchAll(NAMED), 0) : [];
}

/**
 * A printed text as a session keeps it: its marker, and of each entry only how its line begins. Enough to tell an echo of
 * memory from something new, and no copy of the store in each session.
 */
export function shortRecalledText(text: string): string {
  const marker = markerIn(text) ?? '';
  const lines = text
    .slice(0, LIMITS.chars)
    .split('\n')
    .filter((line) => /\[m-[0-9a-f]{4}/u.test(line.slice(0, LIMITS.line)))
    .slice(0, LIMITS.lines)
    .map((line) => (line.length > LIMITS.line ? `${line.slice(0, LIMITS.line - 1)}…` : line));
  return [`${QUICK}${marker}`.trim(), ...lines].join('\n');
}

function unique(matches: Iterable<RegExpMatchArray>, group: number): readonly string[] {
  const found = new Set<string>();
  for (const match of matches) {
    if (found.size >= LIMITS.ids) break;
    const id = match[group];
    if (id !== undefined) found.add(id);
  }
  return [...found];
}
