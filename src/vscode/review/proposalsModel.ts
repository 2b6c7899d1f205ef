import { wasDreamt } from '../../core/dream/dream';
import { isOpen, type OpenChange, type OpenProposal } from '../../core/review/openProposals';
import type { ChangeKind, Risk } from '../../core/review/proposal';
import { engineLabel } from '../engines/engineCatalog';
import { costOutcome } from '../engines/estimateWords';
import type { Translate } from '../translate';
import { baseName, kindName } from './lensesFor';
import type { ReviewArguments } from './reviewArguments';
import { shortWarning } from './warningWords';

/** A row of the Proposals view. Built by a pure function; the provider only translates it. */
export interface ProposalRow {
  /** Unique and stable across refreshes. */
  readonly id: string;
  readonly kind: 'folder' | 'dream' | 'change' | 'file' | 'problem';
  readonly label: string;
  readonly description: string;
  /** Plain text. */
  readonly tooltip: string;
  readonly icon: string;
  readonly color?: string;
  readonly contextValue: string;
  readonly accessibleLabel: string;
  /** Ids for commands; absent on a folder. */
  readonly target?: ReviewArguments;
  readonly children: readonly ProposalRow[];
}

/** The proposals of one folder. */
export interface ProposalsInput {
  readonly folder: { readonly id: string; readonly name: string };
  readonly proposals: readonly OpenProposal[];
}

interface Words {
  readonly t: Translate;
  readonly formatTime: (iso: string) => string;
}

/** The rows of the Proposals view: dreams with something to decide; a level of folders only where there are several. */
export function proposalRows(inputs: readonly ProposalsInput[], words: Words): readonly ProposalRow[] {
  const filled = inputs
    .map((input) => ({ ...input, proposals: input.proposals.filter(({ pending }) => pending > 0) }))
    .filter(({ proposals }) => proposals.length > 0);
  const dreams = (input: ProposalsInput): readonly ProposalRow[] =>
    input.proposals.map((proposal) => dreamRow(input.folder.id, proposal, words));
  if (inputs.length < 2) return filled.flatMap(dreams);
  return filled.map((input) => ({
    id: input.folder.id,
    kind: 'folder',
    label: input.folder.name,
    description: '',
    tooltip: input.folder.name,
    icon: 'root-folder',
    contextValue: 'folder',
    accessibleLabel: input.folder.name,
    children: dreams(input),
  }));
}

function dreamRow(folder: string, open: OpenProposal, words: Words): ProposalRow {
  const { t, formatTime } = words;
  const { id, createdAt } = open.proposal;
  const { record } = open;
  const dreamt = wasDreamt(record);
  const label = dreamt
    ? t('Dream of {0}', formatTime(createdAt))
    : t('{0}, {1}', record.by ?? t('A program'), formatTime(createdAt));
  const description = t('{0} of {1} to review', open.pending, open.changes.length);
  const { instructions } = record;
  const cost = costOutcome(record, t);
  const tooltip = [
    label,
    dreamt
      ? t('{0} sessions, dreamt over by: {1}', record.sessions.length, engineLabel(record.engine, t))
      : t('Nothing was dreamt: these changes were asked for.'),
    ...(cost === '' ? [] : [cost]),
    ...(instructions === undefined ? [] : [t('Instructions: {0}', instructions)]),
  ].join('\n');
  const decidedLast = [...open.changes].sort((a, b) => Number(isOpen(b.status)) - Number(isOpen(a.status)));
  return {
    id: `${folder}/${id}`,
    kind: 'dream',
    label,
    description,
    tooltip,
    icon: dreamt ? 'sparkle' : 'comment',
    contextValue: 'dream open',
    accessibleLabel: `${label}, ${description}`,
    target: { folder, dream: id },
    children: [
      ...problemRows(folder, open, words),
      ...decidedLast.map((change) => changeRow(folder, open, change, words)),
    ],
  };
}

function problemRows(folder: string, open: OpenProposal, { t }: Words): readonly ProposalRow[] {
  if (open.problem === undefined) return [];
  const label = t('Decisions could not be read');
  const tooltip = t(
    'The review file of this dream {0}. It is set aside at the next decision; nothing is lost.',
    open.problem,
  );
  return [
    {
      id: `${folder}/${open.proposal.id}/problem`,
      kind: 'problem',
      label,
      description: open.problem,
      tooltip,
      icon: 'warning',
      color: 'list.warningForeground',
      contextValue: 'problem',
      accessibleLabel: `${label}, ${open.problem}`,
      children: [],
    },
  ];
}

function changeRow(folder: string, open: OpenProposal, change: OpenChange, words: Words): ProposalRow {
  const { t } = words;
  const { id, title, kind, evidence, risk, files } = change.change;
  const target = { folder, dream: open.proposal.id, change: id };
  const status = statusWords(change, t);
  const count = evidence.length === 1 ? t('1 quote') : t('{0} quotes', evidence.length);
  const covered = change.coveredBy === undefined ? [] : [t('a newer dream changes this file too')];
  const warned = warningWords(change, t);
  const facts = [...status, count, riskWords(risk, t), ...warned, ...covered];
  // The icon's colour says the risk: a narrow side bar cuts words off at the end.
  const short = [...warned, ...status, count];
  const look = lookOf(change);
  const name = kindName(kind, t);
  const several = files.length > 1;
  return {
    id: `${folder}/${open.proposal.id}/${id}`,
    kind: 'change',
    label: title,
    description: short.join(' · '),
    tooltip: [
      `${name}: ${title}`,
      ...files.map(({ path, from }) => (from === undefined ? path : `${from} → ${path}`)),
      change.change.rationale,
      facts.join(' · '),
      ...change.change.warnings.map(({ message }) => message),
    ].join('\n'),
    ...look,
    contextValue: `change ${change.status}`,
    accessibleLabel: [name, title, ...facts].join(', '),
    target,
    children: several ? change.files.map((file) => fileRow(target, file)) : [],
  };
}

function fileRow(target: ReviewArguments, file: OpenChange['files'][number]): ProposalRow {
  const moves = file.from === undefined ? file.path : `${file.from} → ${file.path}`;
  return {
    id: `${target.folder}/${target.dream}/${target.change ?? ''}/${file.path}`,
    kind: 'file',
    label: baseName(file.path),
    description: moves,
    tooltip: moves,
    icon: 'file',
    contextValue: 'file',
    accessibleLabel: moves,
    target,
    children: [],
  };
}

function statusWords({ status, openHunks }: OpenChange, t: Translate): readonly string[] {
  switch (status) {
    case 'pending':
      return [];
    case 'partly':
      return [openHunks === 1 ? t('1 part left') : t('{0} parts left', openHunks)];
    case 'accepted':
      return [t('accepted')];
    case 'rejected':
      return [t('rejected')];
    case 'conflict':
      return [t('conflict: the memory changed')];
  }
}

function riskWords(risk: Risk, t: Translate): string {
  switch (risk) {
    case 'low':
      return t('low risk');
    case 'medium':
      return t('medium risk');
    case 'high':
      return t('high risk');
  }
}

function warningWords({ change }: OpenChange, t: Translate): readonly string[] {
  return [...new Set(change.warnings.map(({ kind }) => shortWarning(kind, t)))];
}

const KIND_ICON: Readonly<Record<ChangeKind, string>> = {
  add: 'diff-added',
  update: 'diff-modified',
  merge: 'git-merge',
  split: 'split-horizontal',
  archive: 'archive',
  restore: 'history',
  promote: 'arrow-up',
  demote: 'arrow-down',
  rescope: 'diff-renamed',
};

const RISK_COLOR: Readonly<Record<Risk, string | undefined>> = {
  low: undefined,
  medium: 'charts.yellow',
  high: 'charts.red',
};

function lookOf({ status, change }: OpenChange): { readonly icon: string; readonly color?: string } {
  switch (status) {
    case 'accepted':
      return { icon: 'pass', color: 'testing.iconPassed' };
    case 'rejected':
      return { icon: 'circle-slash', color: 'disabledForeground' };
    case 'conflict':
      return { icon: 'warning', color: 'list.warningForeground' };
    default: {
      const quarantined = change.warnings.some(({ kind }) => kind === 'quarantined');
      const color = RISK_COLOR[change.risk];
      return { icon: quarantined ? 'shield' : KIND_ICON[change.kind], ...(color === undefined ? {} : { color }) };
    }
  }
}
