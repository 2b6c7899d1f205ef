import { inspectCharacters } from './inspectText';

/** A text without the characters that nobody sees, where they do not belong; a separator becomes a line end. */
export function removeHiddenCharacters(text: string): string {
  return replaceCharacters(text, ({ kind }) => (kind === 'separator' ? '\n' : ''));
}

/** A text with each hidden character written out, like `[U+202E]`; a row of them as the first and how many more. */
export function showHiddenCharacters(text: string): string {
  return replaceCharacters(text, ({ codePoints, count }) => `[${codePoints[0] ?? ''}${count > 1 ? ` ×${count}` : ''}]`);
}

type Finding = ReturnType<typeof inspectCharacters>[number];

function replaceCharacters(text: string, replacement: (finding: Finding) => string): string {
  let [out, from] = ['', 0];
  for (const finding of inspectCharacters(text, Number.MAX_SAFE_INTEGER)) {
    if (finding.offset < from) continue;
    out += text.slice(from, finding.offset) + replacement(finding);
    from = finding.offset + finding.length;
  }
  return out + text.slice(from);
}

/** Canonical composition (NFC): what we write spells each word one way. */
export function composed(text: string): string {
  return text.normalize('NFC');
}

/** Composes the lines that are not in `before`; lines that stand there already keep their bytes. */
export function composeNewLines(before: string, text: string): string {
  if (text === text.normalize('NFC')) return text;
  const known = new Set(before.split(/\r\n|\r|\n/u));
  return text
    .split(/(\r\n|\r|\n)/u)
    .map((line) => (known.has(line) ? line : line.normalize('NFC')))
    .join('');
}
