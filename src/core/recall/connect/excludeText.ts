import { applyEdit, undoByContent, undoInPlace, type InverseEdit } from './textEdits';

/** The exclude file with these lines at its end, and how to take them back. Lines that stand there are left out. */
export function addLines(
  text: string,
  lines: readonly string[],
): { readonly text: string; readonly inverse: readonly InverseEdit[] } {
  const present = new Set(text.split(/\r?\n/u).map((line) => line.trim()));
  const missing = lines.filter((line) => !present.has(line));
  if (missing.length === 0) return { text, inverse: [] };
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const before = text === '' || text.endsWith('\n') ? '' : eol;
  const content = before + missing.map((line) => line + eol).join('');
  return applyEdit({ text, inverse: [] }, { offset: text.length, length: 0, content });
}

/** The exclude file as it was; where it was changed since, without the lines that were inserted. */
export function withoutLines(text: string, inverse: readonly InverseEdit[]): string {
  const undone = undoInPlace(text, inverse) ?? undoByContent(text, inverse);
  if (undone !== undefined) return undone;
  const ours = new Set(inverse.flatMap(({ inserted }) => inserted.split(/\r?\n/u)).filter((line) => line !== ''));
  return text
    .split('\n')
    .filter((line) => !ours.has(line.trimEnd()))
    .join('\n');
}
