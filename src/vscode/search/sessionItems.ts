import type { SessionHit } from '../../core/search/sessionSearch';
import type { SessionLine } from '../../core/search/sessionLines';
import { plainLabel } from '../plainWords';
import type { Translate } from '../translate';

/** What a row of Search Sessions says. */
export interface SessionWords {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  /** Id of a theme icon. */
  readonly icon: string;
}

/** Title, when and in which state, then who said what answers. `time` writes a time for the user. */
export function sessionWords(
  { session, line, snippet }: SessionHit,
  folder: string | undefined,
  { t, time }: { readonly t: Translate; readonly time: (iso: string) => string },
): SessionWords {
  const at = line === undefined || line.at === '' ? session.startedAt : line.at;
  const states = [
    ...(at === '' ? [] : [time(at)]),
    ...(session.private === true ? [t('excluded from dreams')] : []),
    ...(folder === undefined ? [] : [folder]),
  ];
  return {
    label: session.title === '' ? t('Untitled session') : plainLabel(session.title),
    description: plainLabel(states.join(' · ')),
    detail: plainLabel(line === undefined ? t('Prompts: {0}', session.counts.prompts) : `${who(line, t)}: ${snippet}`),
    icon: session.private === true ? 'lock' : 'comment-discussion',
  };
}

function who(line: SessionLine, t: Translate): string {
  if (line.speaker === 'user') return t('You');
  const name = line.agent ?? t('Agent');
  if (line.speaker === 'tool') return t('Result for {0}', name);
  return line.tool === undefined ? name : t('{0} used {1}', name, line.tool);
}
