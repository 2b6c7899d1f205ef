import type { Change, Proposal } from '../review/proposal';
import { readableTime } from '../review/transcript';
import type { DreamRecord } from './dream';
import { ExplainText, foreign, type Explanation } from './explainText';
import type { Dismissed, Evidence, UsageEvidence } from './finding';
import { fixed, termLine, termsOf, totalWords } from './scoreWords';

export interface ExplainInput {
  readonly record: DreamRecord;
  /** Undefined where the dream did not get as far as that. */
  readonly proposal: Proposal | undefined;
  /** Titles of the captured sessions that are still kept, by id: only into those there are links. */
  readonly titles: ReadonlyMap<string, string>;
}

const MAX_EVIDENCE = 6;
/** The length of a summary in a proposal, and as much of a quote. */
const MAX_TEXT = 160;
const MAX_TITLE = 60;
/** Entry ids that capturing writes; anything else is no place to go to. */
const PLACE = /^[\w.:#/-]{1,200}$/u;

/** What the miners look for, in the words of a person. A miner that is not named here goes by its own name. */
const MINERS: ReadonlyMap<string, string> = new Map([
  ['instructions', 'Standing instructions'],
  ['corrections', 'Corrections'],
  ['decisions', 'Decisions'],
  ['said commands', 'Commands that somebody named'],
  ['fixes', 'Fixes of errors'],
  ['commands', 'Commands that work'],
  ['workflows', 'Workflows'],
  ['co-change', 'Files that change together'],
  ['hot places', 'Files whose edits were put right'],
  ['duplicates', 'Memories that say the same'],
  ['staleAnchors', 'Memories that name what is gone'],
  ['model', 'What the model read in the sessions'],
]);

/**
 * Why a dream proposed what it did, and what it considered and left: a page to read. Pure; the same dream gives the same
 * page. Nothing that was said in a session can become markup or a link of it.
 */
export function explainDream({ record, proposal, titles }: ExplainInput): Explanation {
  const page = new ExplainText();
  const changes = proposal?.changes ?? [];
  const dismissed = proposal?.dismissed ?? [];
  page.add(`# What the dream of ${readableTime(record.createdAt)} considered`, '', summary(record, changes, dismissed));
  if (record.instructions !== undefined && record.instructions !== '')
    page.add('', `It was asked to look at “${foreign(record.instructions, 500)}”.`);
  if (proposal === undefined) return page.done();
  page.add('', '## Proposed', '');
  if (changes.length === 0) page.add('Nothing. A dream that proposes nothing is a good dream.');
  else page.add('Best first. docs/scoring.md of Agent Dreams has the formula.');
  for (const change of changes) explainChange(page, change, titles);
  page.add('', '## Considered, and not proposed', '');
  if (dismissed.length === 0) page.add('Nothing new: no session held anything else that looked worth remembering.');
  for (const [miner, items] of grouped(dismissed, (one) => one.miner)) explainMiner(page, miner, items, titles);
  return page.done();
}

function summary(record: DreamRecord, changes: readonly Change[], dismissed: readonly Dismissed[]): string {
  const read = `${amount(record.sessions.length, 'session was', 'sessions were')} read`;
  switch (record.status) {
    case 'completed': {
      if (changes.length + dismissed.length === 0) return `Nothing new: ${read}, and nothing stood out.`;
      return `${sentence(read)}, ${amount(changes.length, 'change', 'changes')} proposed, ${amount(dismissed.length, 'candidate', 'candidates')} left out.`;
    }
    case 'failed':
      return `This dream failed, so there is nothing to explain: ${foreign(record.error?.message ?? 'no reason is known', 500)}`;
    case 'canceled':
      return 'This dream was cancelled, so there is nothing to explain.';
    case 'pending':
    case 'running':
      return 'This dream is still under way.';
  }
}

function explainChange(page: ExplainText, change: Change, titles: ExplainInput['titles']): void {
  page.add('', `### ${foreign(change.title, MAX_TEXT)}`, '', `- why: ${quoted(change.rationale, 500)}`);
  if (change.score === undefined) page.add('- score: none; it tidies memories that exist');
  else {
    page.add(`- score: ${totalWords(change.score)}`);
    page.add(...termsOf(change.score).map((term) => `  - ${termLine(term)}`));
  }
  page.add(...change.warnings.map(({ message }) => `- warning: ${quoted(message, 500)}`));
  page.add(`- evidence: ${change.evidence.length}`);
  for (const one of change.evidence.slice(0, MAX_EVIDENCE)) explainEvidence(page, one, titles);
  const more = change.evidence.length - MAX_EVIDENCE;
  if (more > 0) page.add(`  - and ${more} more`);
}

function explainEvidence(page: ExplainText, evidence: Evidence, titles: ExplainInput['titles']): void {
  const { session, entry } = evidence.kind === 'quote' || evidence.kind === 'event' ? evidence : {};
  placed(page, `  - ${evidenceWords(evidence)}`, { session, entry }, titles);
}

function evidenceWords(evidence: Evidence): string {
  switch (evidence.kind) {
    case 'quote':
      return `${SPEAKERS[evidence.by]}: ${quoted(evidence.quote)}`;
    case 'event':
      return `it was seen (${evidence.event}): ${quoted(evidence.quote)}`;
    case 'check':
      return `checked ${quoted(evidence.subject)}: ${quoted(evidence.detail)}`;
    case 'memory':
      return `memory ${quoted(evidence.path)}: ${quoted(evidence.quote)}`;
    case 'by-hand':
      return 'written by hand';
    case 'usage':
      return usageText(evidence);
    case 'request':
      return `asked for by ${quoted(evidence.by, 200)}: ${quoted(evidence.quote)}`;
  }
}

function usageText({ path, loaded, listed, read, cited, success, corrected }: UsageEvidence): string {
  const where = `memory ${quoted(path)} was loaded in ${loaded} sessions (in ${listed} as a line of the index)`;
  return `${where}, opened in ${read}, named in ${cited}; after that ${success} went well, ${corrected} were corrected`;
}

const SPEAKERS = {
  user: 'you said',
  agent: 'the agent said',
  tool: 'a tool printed',
  file: 'a file or page said',
} as const;

function explainMiner(
  page: ExplainText,
  miner: string,
  items: readonly Dismissed[],
  titles: ExplainInput['titles'],
): void {
  page.add('', `### ${MINERS.get(miner) ?? foreign(miner, MAX_TITLE)}: ${items.length}`);
  for (const [reason, alike] of grouped(items, (one) => one.reason)) {
    page.add('', `#### ${sentence(foreign(reason, 500))} (${alike.length})`, '');
    for (const { summary: said, score, session, entry } of alike) {
      const ranked = score === undefined ? '' : `, score ${fixed(score.total)}`;
      placed(page, `- ${quoted(said)}${ranked}`, { session, entry }, titles);
    }
  }
}

/** A line, with the way to its entry where that can be gone. */
function placed(
  page: ExplainText,
  line: string,
  { session, entry }: { readonly session?: string | undefined; readonly entry?: string | undefined },
  titles: ExplainInput['titles'],
): void {
  if (session === undefined || entry === undefined) {
    page.add(line);
    return;
  }
  const title = titles.get(session);
  if (title === undefined) {
    page.add(`${line} (in a session that is not kept any more)`);
    return;
  }
  const name = `“${foreign(title, MAX_TITLE)}”`;
  if (!PLACE.test(session) || !PLACE.test(entry)) {
    page.add(`${line} (in ${name})`);
    return;
  }
  page.addLinked(line, `show in ${name}`, { session, entry });
}

/** Groups in the order in which their first member comes. */
function grouped<T>(items: readonly T[], key: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group === undefined) groups.set(key(item), [item]);
    else group.push(item);
  }
  return groups;
}

function quoted(text: string, limit = MAX_TEXT): string {
  return `“${foreign(text, limit)}”`;
}

function sentence(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function amount(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
