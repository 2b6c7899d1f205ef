import { createTwoFilesPatch } from 'diff';
import type { DreamRecord } from '../core/dream/dream';
import type { Evidence } from '../core/dream/finding';
import type { Change, FileEdit, Proposal } from '../core/review/proposal';
import { printable, printableLine } from './printable';

const CONTEXT_LINES = 3;

function evidenceLine(evidence: Evidence): string {
  switch (evidence.kind) {
    case 'quote':
      return `${evidence.by}, session ${evidence.session}, ${evidence.at}: "${evidence.quote}"`;
    case 'event':
      return `${evidence.event}, session ${evidence.session}, ${evidence.at}: "${evidence.quote}"`;
    case 'check':
      return `checked ${evidence.subject}: ${evidence.verdict}, ${evidence.detail}`;
    case 'memory':
      return `memory ${evidence.path}: "${evidence.quote}"`;
    case 'by-hand':
      return `written by hand, ${evidence.at}`;
    case 'usage':
      return `used: ${evidence.path} loaded ${evidence.loaded}, opened ${evidence.read}, named ${evidence.cited}, corrected after ${evidence.corrected}`;
    case 'request':
      return `asked for by ${evidence.by} (${evidence.way}), ${evidence.at}: "${evidence.quote}"`;
  }
}

function fileDiff({ path, from, before, after }: FileEdit): string {
  const oldName = before === null ? '/dev/null' : `a/${from ?? path}`;
  const patch = createTwoFilesPatch(oldName, `b/${path}`, before ?? '', after, undefined, undefined, {
    context: CONTEXT_LINES,
  });
  // The first line is only a rule.
  return printable(patch.slice(patch.indexOf('\n') + 1).trimEnd());
}

function printChange(change: Change, number: number): string {
  const names = change.files.map(({ path, from }) => (from ? `${from} -> ${path}` : path));
  return [
    `${number}. ${change.kind}: ${printableLine(change.title)}  (risk ${change.risk}, trust ${change.trust})`,
    ...names.map((name) => `   ${printableLine(name)}`),
    `   ${printableLine(change.rationale)}`,
    ...change.warnings.map((warning) => `   Warning, ${warning.kind}: ${printableLine(warning.message)}`),
    '   Evidence:',
    ...change.evidence.map((evidence) => `   - ${printableLine(evidenceLine(evidence))}`),
    '',
    ...change.files.map((file) => fileDiff(file)),
  ].join('\n');
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** The proposal as text for a terminal: each change with its evidence and its diff. */
export function printProposal(record: DreamRecord, proposal: Proposal): string {
  const summary = `Dream ${record.id}: ${count(proposal.changes.length, 'change')} proposed from ${count(record.sessions.length, 'session')}.`;
  if (proposal.changes.length === 0) return `${summary} Nothing in them is worth a change of memory.\n`;
  return `${[summary, ...proposal.changes.map((change, index) => printChange(change, index + 1))].join('\n\n')}\n`;
}
