import type { Warning } from '../../core/review/proposal';
import type { Translate } from '../translate';

/** The icon that stands before a warning, wherever it is shown. */
export function warningIcon(kind: Warning['kind']): string {
  return kind === 'quarantined' ? 'shield' : kind === 'quotes-tool' ? 'quote' : 'warning';
}

/** One or two words for a warning, where there is little room. */
export function shortWarning(kind: Warning['kind'], t: Translate): string {
  switch (kind) {
    case 'quarantined':
      return t('quarantined');
    case 'contradiction':
      return t('replaces');
    case 'permission':
      return t('permissions');
    case 'hidden-text':
      return t('hides something');
    case 'credential':
      return t('credentials');
    case 'executes':
      return t('runs code');
    case 'stale':
      return t('stale');
    case 'quotes-tool':
      return t('quotes a tool');
    case 'suspicious':
      return t('suspicious');
  }
}
