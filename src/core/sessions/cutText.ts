import type { CorePorts } from '../ports';
import type { CutText } from './session';

/** How much of a long text is kept, in UTF-16 units. */
export interface TextLimit {
  readonly head: number;
  readonly tail: number;
}

export const RESULT_LIMIT: TextLimit = { head: 5_000, tail: 3_000 };
export const INPUT_LIMIT: TextLimit = { head: 3_000, tail: 1_000 };
export const MACHINE_LIMIT: TextLimit = { head: 1_500, tail: 500 };
export const SPEECH_LIMIT: TextLimit = { head: 60_000, tail: 40_000 };

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}

/** The text, or its head and tail around a note of what was left out. Never cuts a character in two. */
export function cutText(text: string, limit: TextLimit): string {
  if (text.length <= limit.head + limit.tail + 100) return text;
  const head = isLowSurrogate(text.charCodeAt(limit.head)) ? limit.head - 1 : limit.head;
  const from = text.length - limit.tail;
  const tail = isLowSurrogate(text.charCodeAt(from)) ? from + 1 : from;
  return `${text.slice(0, head)}\n[… ${tail - head} characters left out …]\n${text.slice(tail)}`;
}

/** The same, with size and hash of the whole where something was left out. */
export function cutWithProof(
  text: string,
  limit: TextLimit,
  ports: Pick<CorePorts, 'hasher' | 'text'>,
): { readonly text: string; readonly cut?: CutText } {
  const short = cutText(text, limit);
  if (short === text) return { text };
  const bytes = ports.text.encode(text);
  return { text: short, cut: { bytes: bytes.length, sha256: ports.hasher.sha256(bytes) } };
}
