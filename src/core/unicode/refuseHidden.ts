import { AgentDreamsError } from '../errors';
import { newFindings } from './inspectText';
import type { TextFinding } from './textFinding';

/** Throws `hidden-text` if a text that is about to be kept hides, fakes or does something that `known` did not. */
export function refuseHidden(path: string, text: string, known = ''): void {
  refuse(path, newFindings(known, text));
}

/**
 * Like `refuseHidden`, for a file that a person or a program wrote by other means: only what nobody can see in an editor
 * is refused. Words in plain sight are for the reader to judge.
 */
export function refuseUnseen(path: string, text: string, known = ''): void {
  const unseen = newFindings(known, text).filter(({ kind }) => !IN_PLAIN_SIGHT.has(kind));
  refuse(path, unseen);
}

const IN_PLAIN_SIGHT: ReadonlySet<TextFinding['kind']> = new Set(['hidden-html', 'hidden-markdown', 'link', 'turn']);

function refuse(path: string, [first]: readonly TextFinding[]): void {
  if (first === undefined) return;
  const { line, words, codePoints } = first;
  const codePoint = codePoints[0] ?? '';
  const details = { path, line: line + 1, words, codePoint };
  throw new AgentDreamsError(
    'hidden-text',
    `Line ${line + 1} of ${path} hides something: ${words} ${codePoint}.`,
    details,
  );
}
