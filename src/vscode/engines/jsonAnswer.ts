/** What a text holds that should have been one JSON object. */
export type JsonAnswer =
  | { readonly kind: 'object'; readonly value: Readonly<Record<string, unknown>> }
  /** An object begins and does not end: the answer was cut off. */
  | { readonly kind: 'cut' }
  | { readonly kind: 'none' };

/** Braces of prose and code open with something else. */
const BEGINNING = /\{\s{0,200}["}]/gu;

/**
 * The JSON object that makes up most of a text. Models without a schema write words before it, fences around it, remarks
 * behind it and a comma after the last item; all of that is forgiven, a missing end is not. Linear in the text.
 */
export function readJsonAnswer(text: string): JsonAnswer {
  let best: JsonAnswer = { kind: 'none' };
  let longest = 0;
  let searched = 0;
  for (;;) {
    BEGINNING.lastIndex = searched;
    const start = BEGINNING.exec(text)?.index;
    if (start === undefined) return best;
    const { end, needless } = scanObject(text, start);
    const length = (end ?? text.length) - start;
    // Inside of an object that is no JSON nothing is looked for: a part of the answer is not the answer.
    searched = start + length;
    const found = end === undefined ? undefined : parseObject(text.slice(start, end), start, needless);
    if (end === undefined && length > longest) return { kind: 'cut' };
    if (found === undefined || length <= longest) continue;
    best = { kind: 'object', value: found };
    longest = length;
  }
}

interface Scanned {
  /** Behind its last brace; undefined where there is none. */
  readonly end: number | undefined;
  /** Commas with nothing but white space before a closing bracket. */
  readonly needless: readonly number[];
}

function scanObject(text: string, start: number): Scanned {
  const needless: number[] = [];
  let depth = 0;
  let comma: number | undefined;
  for (let at = start; at < text.length; at++) {
    const letter = text.charAt(at);
    if (letter === '"') {
      at = endOfString(text, at);
      comma = undefined;
    } else if (letter === '{' || letter === '[') {
      depth += 1;
      comma = undefined;
    } else if (letter === '}' || letter === ']') {
      if (comma !== undefined) needless.push(comma);
      comma = undefined;
      depth -= 1;
      if (depth === 0) return { end: at + 1, needless };
    } else if (letter === ',') comma = at;
    else if (letter.trim() !== '') comma = undefined;
  }
  return { end: undefined, needless };
}

/** The place of the closing quotation mark, or the end of the text. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const letter = text.charAt(at);
    if (letter === '\\') at += 1;
    else if (letter === '"') return at;
  }
  return text.length;
}

function parseObject(
  json: string,
  offset: number,
  needless: readonly number[],
): Readonly<Record<string, unknown>> | undefined {
  let from = 0;
  const kept = needless.map((comma) => {
    const piece = json.slice(from, comma - offset);
    from = comma - offset + 1;
    return piece;
  });
  try {
    return JSON.parse([...kept, json.slice(from)].join('')) as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
}
