import { sentencesOf } from '../dream/memoryText';

/** A part of a memory's text that claims something of its own: a sentence, or a command, path or address in it. */
export interface Piece {
  readonly kind: 'sentence' | 'code';
  readonly text: string;
}

const CODE = /`([^`]{1,2000})`/gu;
const URL = /\bhttps?:\/\/[^\s<>()`"'”]{1,500}/gu;
const MAX_LINE = 4_000;

/** The pieces of a text, in order; code stands for itself and is left out of its sentence. */
export function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let fenced = false;
  for (const whole of text.split(/\r\n|\r|\n/u)) {
    if (/^\s{0,12}(?:```|~~~)/u.test(whole)) {
      fenced = !fenced;
      continue;
    }
    for (let from = 0; from < whole.length; from += MAX_LINE) {
      const line = whole.slice(from, from + MAX_LINE);
      if (fenced) pieces.push({ kind: 'code', text: line.trim() });
      else pieces.push(...linePieces(line));
    }
  }
  return pieces.filter((piece) => piece.text !== '');
}

function linePieces(line: string): readonly Piece[] {
  const code = [...line.matchAll(CODE)].map((match) => match[1] ?? '');
  const prose = line.replace(CODE, ' ');
  const links = [...prose.matchAll(URL)].map((match) => match[0]);
  return [
    ...[...code, ...links].map((text): Piece => ({ kind: 'code', text: text.trim() })),
    ...sentencesOf(prose.replace(URL, ' ')).map((text): Piece => ({ kind: 'sentence', text: text.trim() })),
  ];
}
