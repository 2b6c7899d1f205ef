import { findCredential } from '../boundary/credential';
import type { CorePorts } from '../ports';
import { newFindings } from '../unicode/inspectText';

/** Why words may not be kept, and on which 1-based line. Never the words. */
export type TextRefusal =
  | {
      readonly reason: 'hidden-text';
      readonly line: number;
      /** Like `U+202E`; '' where it is the words that hide or pose. */
      readonly codePoint: string;
      /** What it is, as part of a sentence. */
      readonly words: string;
    }
  | {
      readonly reason: 'credential';
      readonly line: number;
      readonly rule: string;
      /** By which the setting `secrets.allow` lets it pass. */
      readonly fingerprint: string;
    };

/** A text that is about to be kept. */
export interface OfferedText {
  /** The file as it will be, and as it is: what is in it already was let in before, lines count from 1. */
  readonly after: string;
  readonly before: string;
}

/** The one gate that every text passes on its way into the store, whoever decided. Undefined: it may be kept. */
export function textRefusal(
  { after, before }: OfferedText,
  ports: Pick<CorePorts, 'redactor'>,
): TextRefusal | undefined {
  const hidden = newFindings(before, after)[0];
  if (hidden !== undefined) {
    const { line, codePoints, words } = hidden;
    return { reason: 'hidden-text', line: line + 1, codePoint: codePoints[0] ?? '', words };
  }
  const credential = findCredential(after, ports.redactor, before);
  return credential === undefined ? undefined : { reason: 'credential', ...credential };
}
