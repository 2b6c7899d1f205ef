/** Replaces `length` UTF-16 units at `offset` by `content`. */
export interface TextEdit {
  readonly offset: number;
  readonly length: number;
  readonly content: string;
}

/** An edit that takes another one back: what stands there now, and what stood there before. */
export interface InverseEdit {
  readonly offset: number;
  readonly inserted: string;
  readonly removed: string;
}

/** A text and how it came to be, so that every step can be taken back. */
export interface EditedText {
  readonly text: string;
  /** In the order in which the edits were made. */
  readonly inverse: readonly InverseEdit[];
}

/** Makes the edit and remembers how to take it back. */
export function applyEdit({ text, inverse }: EditedText, { offset, length, content }: TextEdit): EditedText {
  const removed = text.slice(offset, offset + length);
  return {
    text: text.slice(0, offset) + content + text.slice(offset + length),
    inverse: [...inverse, { offset, inserted: content, removed }],
  };
}

/** Makes edits of one and the same text; they may not overlap. */
export function applyEdits(edited: EditedText, edits: readonly TextEdit[]): EditedText {
  return [...edits].sort((a, b) => b.offset - a.offset).reduce(applyEdit, edited);
}

/** The text before the edits; undefined if this is not the text that they gave. */
export function undoInPlace(text: string, inverse: readonly InverseEdit[]): string | undefined {
  let before = text;
  for (const { offset, inserted, removed } of inverse.toReversed()) {
    if (before.slice(offset, offset + inserted.length) !== inserted) return undefined;
    before = before.slice(0, offset) + removed + before.slice(offset + inserted.length);
  }
  return before;
}

/**
 * Takes the edits back in a text that was changed elsewhere since, by what they inserted; undefined unless each insertion
 * stands there whole and once only.
 */
export function undoByContent(text: string, inverse: readonly InverseEdit[]): string | undefined {
  let before = text;
  for (const { inserted, removed, offset } of inverse.toReversed()) {
    const at = placeOf(before, inserted, offset);
    if (at === undefined) return undefined;
    before = before.slice(0, at) + removed + before.slice(at + inserted.length);
  }
  return before;
}

/** Short insertions, such as a comma, are found only where they were. */
const FINDABLE = 12;

function placeOf(text: string, inserted: string, offset: number): number | undefined {
  if (text.slice(offset, offset + inserted.length) === inserted) return offset;
  if (inserted.length < FINDABLE) return undefined;
  const first = text.indexOf(inserted);
  return first >= 0 && text.indexOf(inserted, first + 1) < 0 ? first : undefined;
}
