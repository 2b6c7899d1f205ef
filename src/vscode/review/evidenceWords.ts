import type { Evidence, EventEvidence, QuoteEvidence, RequestEvidence } from '../../core/dream/finding';
import type { Translate } from '../translate';

/** Who said a quote, in words for a person. */
export function speakerWords(by: QuoteEvidence['by'], t: Translate): string {
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

/** What happened, in words for a person. */
export function eventWords(event: EventEvidence['event'], t: Translate): string {
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

/** Who asked for a change, and how, in words for a person. */
export function requestWords({ way, by }: Pick<RequestEvidence, 'way' | 'by'>, t: Translate): string {
  switch (way) {
    case 'mcp':
      return t('{0} asked for it over MCP', by);
    case 'tool':
      return t('{0} asked for it with a tool of the editor', by);
    case 'memory-tool':
      return t('{0} asked for it with the memory tool', by);
    case 'inbox':
      return t('{0} noted it in the inbox', by);
    case 'import':
      return t('It was imported from {0}', by);
  }
}

/** The words that a piece of evidence shows and whose they are, on one line; none for a check or a hand. */
export function quotedIn(
  evidence: Evidence,
  t: Translate,
): readonly { readonly who: string; readonly quote: string }[] {
  if (evidence.kind !== 'quote' && evidence.kind !== 'event') return [];
  const who = evidence.kind === 'quote' ? speakerWords(evidence.by, t) : eventWords(evidence.event, t);
  return [{ who, quote: evidence.quote.replace(/\s{1,1000}/gu, ' ').trim() }];
}
