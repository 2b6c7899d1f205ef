import type { MemoryHit } from '../../core/search/memorySearch';
import { plainLabel } from '../plainWords';
import type { Translate } from '../translate';

/** What a row of Search Memory says. */
export interface MemoryWords {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  /** Id of a theme icon. */
  readonly icon: string;
}

export interface MemoryState {
  /** Not accepted by this user with this content. */
  readonly waiting: boolean;
  /** Of the workspace folder, where there are several, or of the attached store. */
  readonly folder?: string;
}

/** Name and description, then where and in which state it is, then the line that answers. */
export function memoryWords({ memory, line }: MemoryHit, { waiting, folder }: MemoryState, t: Translate): MemoryWords {
  const { scope, slug, category, pinned, agents, paths } = memory;
  const states = [
    ...(waiting ? [t('waiting to be accepted')] : []),
    ...(scope.kind === 'archive' ? [t('archived')] : []),
    ...(pinned ? [t('pinned')] : []),
    ...(scope.kind === 'personal' ? [t('personal')] : []),
    ...(scope.kind === 'agent'
      ? [t('only {0}', scope.agent)]
      : agents.length > 0
        ? [t('only {0}', agents.join(', '))]
        : []),
    ...(paths.length > 0 ? [t('for {0}', paths.join(', '))] : []),
    ...(folder === undefined ? [] : [folder]),
  ];
  const said = memory.description === '' ? line.text : `${memory.description} · ${line.text}`;
  return {
    label: plainLabel(slug),
    description: plainLabel([category, ...states].join(' · ')),
    detail: plainLabel(bare(line.text) === bare(memory.description) ? memory.description : said),
    icon: iconOf(memory, waiting),
  };
}

/** Without the full stop that a description lacks. */
function bare(text: string): string {
  return text.trim().replace(/\.$/u, '');
}

function iconOf({ scope, pinned }: MemoryHit['memory'], waiting: boolean): string {
  if (waiting) return 'warning';
  if (scope.kind === 'archive') return 'archive';
  if (pinned) return 'pinned';
  return scope.kind === 'personal' ? 'lock' : 'note';
}
