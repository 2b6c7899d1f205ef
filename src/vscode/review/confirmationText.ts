import { askedAbout, confirmationOf } from '../../core/review/confirmation';
import type { Change } from '../../core/review/proposal';
import { addedLines } from '../../core/trust/addedText';
import { plainRow, plainWords } from '../plainWords';
import type { Translate } from '../translate';
import { quotedIn } from './evidenceWords';

/** What a person is asked before a risky change is accepted, and what the journal keeps of their yes. */
export interface ConfirmationText {
  readonly message: string;
  readonly detail: string;
  readonly note: string;
}

const MAX_SHOWN = 500;
const MAX_QUOTE = 240;
const MAX_QUOTES = 2;

/** The question, or undefined where the change needs none: its source is a person or an event, and its words are harmless. */
export function confirmationText(change: Change, t: Translate): ConfirmationText | undefined {
  const asked = askedAbout(change);
  const note = confirmationOf(change);
  if (note === undefined) return undefined;
  const reasons = asked.map(({ message }) => `• ${message}`).join('\n');
  const added = change.files.map(addedLines).join('\n').trim();
  const words = added.length > MAX_SHOWN ? `${added.slice(0, MAX_SHOWN)}…` : added;
  const quotes = change.evidence
    .flatMap((one) => quotedIn(one, t))
    .slice(0, MAX_QUOTES)
    .map(({ who, quote }) => `${who}: “${quote.length > MAX_QUOTE ? `${quote.slice(0, MAX_QUOTE)}…` : quote}”`);
  return {
    message: t('Put “{0}” into memory?', plainWords(change.title)),
    detail: plainRow([reasons, t('It would add:'), words, t('It rests on:'), ...quotes].join('\n\n')),
    note,
  };
}
