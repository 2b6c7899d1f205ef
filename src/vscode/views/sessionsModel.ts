import type { Outcome, SessionHeader } from '../../core/sessions/session';
import type { Translate } from '../translate';
import type { ViewNode } from './viewNode';

/** What the Sessions view knows of one folder. */
export interface SessionsInput {
  readonly folder: { readonly id: string; readonly name: string };
  readonly sessions: readonly SessionHeader[];
  /** Session ids that a dream has read already. */
  readonly dreamt: ReadonlySet<string>;
}

interface Words {
  readonly t: Translate;
  /** Date and time as the user's locale writes them. */
  readonly formatTime: (iso: string) => string;
}

const OUTCOME_ICON: Readonly<Record<Outcome, { readonly name: string; readonly color?: string }>> = {
  success: { name: 'pass', color: 'testing.iconPassed' },
  corrected: { name: 'edit', color: 'list.warningForeground' },
  failed: { name: 'error', color: 'testing.iconFailed' },
  unknown: { name: 'comment-discussion' },
};

function outcomeWords(outcome: Outcome, t: Translate): string {
  switch (outcome) {
    case 'success':
      return t('succeeded');
    case 'corrected':
      return t('corrected by the user');
    case 'failed':
      return t('failed');
    case 'unknown':
      return t('outcome unknown');
  }
}

function completenessWords(header: SessionHeader, t: Translate): string {
  switch (header.completeness) {
    case 'tools':
      return t('has tool calls and results');
    case 'text':
      return t('text only');
    case 'truncated':
      return t('truncated');
  }
}

/** "2 failed, 1 correction, truncated": only what is worth a look. */
function marks(header: SessionHeader, t: Translate): readonly string[] {
  const { failedToolCalls, corrections } = header.counts;
  return [
    ...(header.private === true ? [t('excluded')] : []),
    ...(failedToolCalls > 0 ? [t('{0} failed', failedToolCalls)] : []),
    ...(corrections === 1 ? [t('1 correction')] : []),
    ...(corrections > 1 ? [t('{0} corrections', corrections)] : []),
    ...(header.completeness === 'tools' ? [] : [completenessWords(header, t)]),
  ];
}

function details(header: SessionHeader, dreamt: boolean, { t, formatTime }: Words): string {
  const { counts } = header;
  const lines = [
    header.title,
    header.startedAt === '' ? undefined : formatTime(header.startedAt),
    t('Outcome: {0}', outcomeWords(header.outcome, t)),
    t('Completeness: {0}', completenessWords(header, t)),
    t('Prompts: {0}, corrections: {1}', counts.prompts, counts.corrections),
    t('Tool calls: {0}, failed: {1}, denied: {2}', counts.toolCalls, counts.failedToolCalls, counts.rejections),
    counts.redactions > 0 ? t('{0} secrets redacted', counts.redactions) : undefined,
    header.problemCount > 0 ? t('{0} unreadable log lines', header.problemCount) : undefined,
    header.branch === undefined ? undefined : t('Branch: {0}', header.branch),
    header.model === undefined ? undefined : t('Model: {0}', header.model),
    header.private === true
      ? t('Excluded from dreams')
      : dreamt
        ? t('Read by a dream')
        : t('New: no dream has read it yet'),
  ];
  return lines.filter((line) => line !== undefined).join('\n');
}

function sessionNode(header: SessionHeader, input: SessionsInput, words: Words): ViewNode {
  const { t, formatTime } = words;
  const excluded = header.private === true;
  const fresh = !excluded && !input.dreamt.has(header.id);
  const when = header.startedAt === '' ? [] : [formatTime(header.startedAt)];
  const description = [...(fresh ? [t('new')] : []), ...marks(header, t), ...when].join(' · ');
  const label = header.title === '' ? t('Untitled session') : header.title;
  return {
    id: `${input.folder.id}/${header.id}`,
    label,
    description,
    tooltip: details(header, !fresh, words),
    icon: excluded ? { name: 'eye-closed' } : OUTCOME_ICON[header.outcome],
    accessibleLabel: [label, outcomeWords(header.outcome, t), description].join(', '),
    contextValue: excluded ? 'session excluded' : 'session included',
    target: { kind: 'session', folder: input.folder.id, session: header.id },
    children: [],
  };
}

/** The rows of the Sessions view, newest first as given; a level of folders only where there are several. */
export function sessionRows(inputs: readonly SessionsInput[], words: Words): readonly ViewNode[] {
  const rows = inputs.map((input) => input.sessions.map((header) => sessionNode(header, input, words)));
  if (inputs.length === 1) return rows[0] ?? [];
  return inputs.map((input, index) => ({
    id: input.folder.id,
    label: input.folder.name,
    description: words.t('{0} sessions', input.sessions.length),
    icon: { name: 'root-folder' },
    contextValue: 'folder',
    target: { kind: 'folder', folder: input.folder.id },
    children: rows[index] ?? [],
    expanded: true,
  }));
}
