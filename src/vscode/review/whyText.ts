import type { Evidence } from '../../core/dream/finding';
import type { OpenChange } from '../../core/review/openProposals';
import type { HunkId } from '../../core/review/proposal';
import { showHiddenCharacters } from '../../core/unicode/cleanText';
import { reviewCommands } from '../ids';
import type { Translate } from '../translate';
import type { ReviewArguments, SessionArguments } from './reviewArguments';

/** What the hover on a hunk says. */
export interface WhyInput {
  readonly change: OpenChange;
  readonly target: ReviewArguments;
  /** The hunk under the cursor, where parts are decided one by one. */
  readonly hunk?: HunkId;
  /** Title of a captured session, or undefined if it is not there any more. */
  readonly sessionTitle: (session: string) => string | undefined;
  /** A time as the user's locale writes it. */
  readonly formatTime: (iso: string) => string;
}

/** The only commands that a link in the hover can run. */
export const whyCommands: readonly string[] = [
  reviewCommands.acceptHunk,
  reviewCommands.acceptChange,
  reviewCommands.rejectHunk,
  reviewCommands.rejectChange,
  reviewCommands.showInSession,
];

const MAX_QUOTE = 1_200;
const MAX_EVIDENCE = 12;

/** The reasons of a change as Markdown. Every word that comes from a log or a memory is escaped: it is text, not markup. */
export function whyMarkdown(input: WhyInput, t: Translate): string {
  const { change } = input.change;
  const shown = change.evidence.slice(0, MAX_EVIDENCE);
  const more = change.evidence.length - shown.length;
  return [
    `**${plainMarkdown(change.title)}**`,
    plainMarkdown(change.rationale),
    decisionLinks(input, t),
    ...change.warnings.map(({ message }) => `$(warning) ${plainMarkdown(message)}`),
    ...shown.map((evidence) => evidenceMarkdown(evidence, input, t)),
    ...(more > 0 ? [t('{0} more: Shift+F12 lists all evidence.', more)] : []),
    facts(input, t),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function decisionLinks({ change, target, hunk }: WhyInput, t: Translate): string {
  if (change.status === 'accepted' || change.status === 'rejected') return '';
  const [accept, reject] =
    hunk === undefined
      ? [reviewCommands.acceptChange, reviewCommands.rejectChange]
      : [reviewCommands.acceptHunk, reviewCommands.rejectHunk];
  const argument = hunk === undefined ? target : { ...target, hunk };
  const links = [link(t('$(close) Reject'), reject, argument)];
  return (change.status === 'conflict' ? links : [link(t('$(check) Accept'), accept, argument), ...links]).join(' | ');
}

function facts({ change }: WhyInput, t: Translate): string {
  const { score, trust, risk } = change.change;
  const terms = score
    ? t(
        'Score {0}: recurrence {1}, spread {2}, outcome {3}, speaker {4}, specificity {5}',
        decimal(score.total),
        decimal(score.recurrence),
        decimal(score.spread),
        decimal(score.outcome),
        decimal(score.speaker),
        decimal(score.specificity),
      )
    : '';
  const rest = t('Trust: {0} · Risk: {1}', trust, risk);
  return plainMarkdown([terms, rest].filter((part) => part !== '').join(' · '));
}

function evidenceMarkdown(evidence: Evidence, input: WhyInput, t: Translate): string {
  switch (evidence.kind) {
    case 'quote':
      return quoted(evidence.quote, source(speaker(evidence.by, t), evidence, input, t));
    case 'event':
      return quoted(evidence.quote, source(eventWords(evidence.event, t), evidence, input, t));
    case 'check':
      return `$(search) ${plainMarkdown(`${evidence.subject}: ${evidence.detail}`)} (${plainMarkdown(input.formatTime(evidence.at))})`;
    case 'memory':
      return quoted(evidence.quote, t('Memory {0}', plainMarkdown(evidence.path)));
    case 'by-hand':
      return t('Written by hand, {0}', plainMarkdown(input.formatTime(evidence.at)));
  }
}

function quoted(quote: string, from: string): string {
  const cut = quote.length > MAX_QUOTE ? `${quote.slice(0, MAX_QUOTE)}…` : quote;
  const lines = cut.split(/\r\n|\r|\n/).map((line) => `> ${plainMarkdown(line)}`);
  return `${lines.join('  \n')}\n\n${from}`;
}

function source(
  who: string,
  evidence: { readonly session: string; readonly entry: string; readonly quote: string; readonly at: string },
  input: WhyInput,
  t: Translate,
): string {
  const title = input.sessionTitle(evidence.session);
  const time = evidence.at === '' ? '' : plainMarkdown(input.formatTime(evidence.at));
  if (title === undefined)
    return [who, t('a session that is not kept any more'), time].filter((part) => part !== '').join(' · ');
  const place: SessionArguments = {
    folder: input.target.folder,
    session: evidence.session,
    entry: evidence.entry,
    quote: evidence.quote.slice(0, 400),
  };
  const show = link(t('Show in session'), reviewCommands.showInSession, place);
  return [who, `*${plainMarkdown(title)}*`, time, show].filter((part) => part !== '').join(' · ');
}

function speaker(by: 'user' | 'agent' | 'tool' | 'file', t: Translate): string {
  switch (by) {
    case 'user':
      return t('You said');
    case 'agent':
      return t('The agent said');
    case 'tool':
      return t('A tool printed');
    case 'file':
      return t('A file or page said');
  }
}

function eventWords(event: 'failed' | 'succeeded' | 'denied' | 'edited' | 'interrupted', t: Translate): string {
  switch (event) {
    case 'failed':
      return t('It failed');
    case 'succeeded':
      return t('It worked');
    case 'denied':
      return t('You denied it');
    case 'edited':
      return t('It was edited');
    case 'interrupted':
      return t('You interrupted it');
  }
}

function link(label: string, command: string, argument: ReviewArguments | SessionArguments): string {
  const encoded = encodeURIComponent(JSON.stringify([argument])).replace(
    /[()']/g,
    (character) => `%${character.charCodeAt(0).toString(16)}`,
  );
  return `[${label}](command:${command}?${encoded})`;
}

function decimal(value: number): string {
  return (Math.round(value * 100) / 100).toFixed(2);
}

/** Text as Markdown that shows exactly this text: no markup, no icons, no links, hidden characters by their names. */
export function plainMarkdown(text: string): string {
  return showHiddenCharacters(text)
    .replace(/[\r\n\t]{1,100}/g, ' ')
    .replace(/[!-/:-@[-`{-~]/g, '\\$&');
}
