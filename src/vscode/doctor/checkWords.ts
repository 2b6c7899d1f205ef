import type { CheckName } from '../../core/doctor/finding';
import type { Translate } from '../translate';

/** What a check is about, as a heading. */
export function checkName(check: CheckName, t: Translate): string {
  switch (check) {
    case 'store':
      return t('Memory');
    case 'connection':
      return t('Connection to Claude Code');
    case 'delivery':
      return t('Proof that memory arrives');
    case 'hooks':
      return t('Hooks');
    case 'hookSwitches':
      return t('Settings of Claude Code');
    case 'rendered':
      return t('What sessions are given');
    case 'stableCommand':
      return t('Command of Agent Dreams');
    case 'logging':
      return t('Logs');
    case 'retention':
      return t('How long logs are kept');
    case 'index':
      return t('Index and budget');
    case 'schedule':
      return t('Schedule');
    case 'waiting':
      return t('Files that wait to be accepted');
    case 'unreadable':
      return t('Readable memories');
    case 'conflicts':
      return t('CLAUDE.md and the like');
    case 'autoMemory':
      return t("Claude Code's own memory");
    case 'secrets':
      return t('Secrets');
    case 'attached':
      return t('Attached stores');
  }
}
