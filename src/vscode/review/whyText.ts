import type { Evidence, Trust } from '../../core/dream/finding';
import { termLine, termsOf, totalWords } from '../../core/dream/scoreWords';
import type { OpenChange } from '../../core/review/openProposals';
import type { HunkId, Risk } from '../../core/review/proposal';
import { showHiddenCharacters } from '../../core/unicode/cleanText';
import { reviewCommands } from '../ids';
import type { Translate } from '../translate';
import { usageWords } from '../recall/recallWords';
import { eventWords, requestWords, speakerWords } from './evidenceWords';
import type { ReviewArguments, SessionArguments } from './reviewArguments';
import { warningIcon } from './warningWords';

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
    ...change.warnings.map(({ kind, message }) => `$(${warningIcon(kind)}) ${plainMarkdown(message)}`),
    ...shown.map((evidence) => evidenceMarkdown(evidence, input, t)),
    ...(more > 0 ? [t('{0} more: Shift+F12 lists all evidence.', more)] : []),
    ...facts(input, t),
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

/** Who it rests on and how risky it is, then every term of the score with what it says. */
function facts({ change }: WhyInput, t: Translate): readonly string[] {
  const { score, trust, risk } = change.change;
  const words = plainMarkdown([trustWords(trust, t), riskLine(risk, t)].join(' '));
  if (score === undefined) return [words];
  const total = plainMarkdown(t('Score {0}:', totalWords(score)));
  return [words, [total, '', ...termsOf(score).map((term) => `- ${plainMarkdown(termLine(term))}`)].join('\n')];
}

function trustWords(trust: Trust, t: Translate): string {
  switch (trust) {
    case 'user':
      return t('It rests on your own words.');
    case 'observed':
      return t('It rests on what was seen to happen.');
    case 'agent':
      return t('It rests on what the agent said.');
    case 'tool':
      return t('It rests on what a tool printed.');
    case 'file':
      return t('It rests on a file or a web page.');
    case 'recalled':
      return t('It rests on memory alone.');
  }
}

function riskLine(risk: Risk, t: Translate): string {
  switch (risk) {
    case 'low':
      return t('Low risk.');
    case 'medium':
      return t('Medium risk.');
    case 'high':
      return t('High risk.');
  }
}

function evidenceMarkdown(evidence: Evidence, input: WhyInput, t: Translate): string {
  switch (evidence.kind) {
    case 'quote':
      return quoted(evidence.quote, source(speakerWords(evidence.by, t), evidence, input, t));
    case 'event':
      return quoted(evidence.quote, source(eventWords(evidence.event, t), evidence, input, t));
    case 'check':
      return `$(search) ${plainMarkdown(`${evidence.subject}: ${evidence.detail}`)} (${plainMarkdown(input.formatTime(evidence.at))})`;
    case 'memory':
      return quoted(evidence.quote, t('Memory {0}', plainMarkdown(evidence.path)));
    case 'by-hand':
      return t('Written by hand, {0}', plainMarkdown(input.formatTime(evidence.at)));
    case 'usage': {
      const used = usageWords(evidence, { t, time: input.formatTime }).join(' ');
      return `$(graph-line) ${plainMarkdown(`${evidence.path}: ${used}`)}`;
    }
    case 'request': {
      const asked = requestWords(evidence, t);
      return quoted(evidence.quote, `${plainMarkdown(asked)} · ${plainMarkdown(input.formatTime(evidence.at))}`);
    }
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

function link(label: string, command: string, argument: ReviewArguments | SessionArguments): string {
  const encoded = encodeURIComponent(JSON.stringify([argument])).replace(
    /[()']/g,
    (character) => `%${character.charCodeAt(0).toString(16)}`,
  );
  return `[${label}](command:${command}?${encoded})`;
}

/** Text as Markdown that shows exactly this text: no markup, no icons, no links, hidden characters by their names. */
export function plainMarkdown(text: string): string {
  return showHiddenCharacters(text)
    .replace(/[\r\n\t]{1,100}/g, ' ')
    .replace(/[!-/:-@[-`{-~]/g, '\\$&');
}
