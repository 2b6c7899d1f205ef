import { showHiddenCharacters } from '../unicode/cleanText';
import { fakeTurns } from '../unicode/fakeTurns';

const LINE_END = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/u;
/** What a recalled text itself writes: an entry's id, and the marker by which a text is found in a log. */
const ID = /\[(?=m-[0-9a-f])/giu;
/** How tags of a frame begin, also where they are not closed on their line; and comments, which hide what follows. */
const FRAME =
  /<(?=!--|\s{0,4}\/?\s{0,4}(?:antml:)?(?:system[-_](?:reminder|prompt|message|instructions?|note|warning)|persisted[-_]output|tool[-_](?:result|use|call|response|output)|function[-_](?:call|result)|user[-_](?:message|prompt)|session[-_](?:message|prompt|start)|local-command|command-(?:name|message|args|contents)|task-notification|agent-memory)(?![a-z]))/giu;
const MARKER = /(Agent\s{1,20}Dreams)(\s{1,20})(?=memory)/giu;

/**
 * The lines of a memory's text as they may stand inside an entry: nothing in them can be taken for an id of ours, for the
 * marker, for another speaker or for the frame around the text; characters that are not seen are written out.
 */
export function neutralLines(text: string): readonly string[] {
  return withoutTurns(showHiddenCharacters(text))
    .replace(FRAME, '&lt;')
    .replace(ID, '(')
    .replace(MARKER, '$1:$2')
    .split(LINE_END)
    .map((line) => line.trimEnd());
}

/** The same on one line, for descriptions and names. */
export function neutralLine(text: string): string {
  // What two lines say apart could be a mark of ours once they are one.
  return neutralLines(text.replace(/[\s\u0085]+/gu, ' '))
    .join(' ')
    .trim();
}

/** Words that pose as a turn or its frame, also those in code: the first sign of each is written as another one. */
function withoutTurns(text: string): string {
  const found = [...fakeTurns(text, Number.MAX_SAFE_INTEGER)].sort((a, b) => a.offset - b.offset);
  let [out, from] = ['', 0];
  for (const { offset, length } of found) {
    if (offset < from) continue;
    out += text.slice(from, offset) + defused(text.slice(offset, offset + length));
    from = offset + length;
  }
  return out + text.slice(from);
}

function defused(turn: string): string {
  const start = turn.search(/\S/u);
  const [space, words] = [turn.slice(0, Math.max(0, start)), turn.slice(Math.max(0, start))];
  if (words.startsWith('<')) return `${space}&lt;${words.slice(1)}`;
  if (words.startsWith('[')) return `${space}(${words.slice(1)}`;
  return /^["']/u.test(words) ? turn : `${space}· ${words}`;
}
