import type { CapturedSession, SessionEntry } from '../../core/sessions/session';
import type { Translate } from '../translate';

/** A session as a person reads it. */
export interface Transcript {
  readonly text: string;
  /** First line (0-based) of each entry, by entry id. */
  readonly lineOf: ReadonlyMap<string, number>;
}

const indent = (text: string): readonly string[] => text.split('\n').map((line) => `    ${line}`);

function heading(entry: SessionEntry, words: string): string {
  const time = entry.at === '' ? '' : ` · ${entry.at.slice(0, 19).replace('T', ' ')}`;
  const agent = entry.agent === undefined ? '' : ` · ${entry.agent}`;
  return `── ${words}${agent}${time}`;
}

function entryLines(entry: SessionEntry, t: Translate): readonly string[] {
  switch (entry.kind) {
    case 'prompt':
      return [heading(entry, entry.queued === true ? t('User (queued)') : t('User')), ...entry.text.split('\n')];
    case 'assistant':
      return [heading(entry, t('Agent')), ...entry.text.split('\n')];
    case 'call': {
      const fields = Object.entries(entry.input).flatMap(([name, value]) => indent(`${name}: ${value}`));
      return [heading(entry, t('Calls {0}', entry.tool)), ...fields];
    }
    case 'result': {
      const outcome = entry.denied
        ? t('Denied by the user')
        : entry.ok
          ? t('Result')
          : entry.exitCode === undefined
            ? t('Failed')
            : t('Failed with exit code {0}', entry.exitCode);
      const reason = entry.denied && entry.denied.reason !== '' ? indent(entry.denied.reason) : [];
      const cut = entry.cut ? [t('    (cut: {0} bytes in all)', entry.cut.bytes)] : [];
      return [heading(entry, outcome), ...reason, ...indent(entry.text), ...cut];
    }
    case 'interrupt':
      return [heading(entry, t('Interrupted by the user'))];
    case 'compaction':
      return [heading(entry, t('Context compacted ({0})', entry.trigger))];
    case 'machine':
      return [heading(entry, t('Machine: {0}', entry.label)), ...indent(entry.text)];
  }
}

/** Renders a session. Nothing in it is interpreted: it is untrusted text, shown in a plain language of its own. */
export function renderTranscript({ header, entries }: CapturedSession, t: Translate): Transcript {
  const lines: string[] = [
    header.title === '' ? t('Untitled session') : header.title,
    [header.startedAt.slice(0, 19).replace('T', ' '), header.model, header.branch, header.entrypoint]
      .filter((part) => part !== undefined && part !== '')
      .join(' · '),
    '',
  ];
  const lineOf = new Map<string, number>();
  for (const entry of entries) {
    if (!lineOf.has(entry.id)) lineOf.set(entry.id, lines.length);
    lines.push(...entryLines(entry, t), '');
  }
  return { text: lines.join('\n'), lineOf };
}
