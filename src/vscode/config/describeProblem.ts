import { settingsSection } from '../ids';
import type { Translate } from '../translate';
import type { SettingProblem } from './parseSettings';

/** One sentence that names the setting and says what it takes. */
export function describeProblem({ key, reason }: SettingProblem, t: Translate): string {
  const name = `${settingsSection}.${key}`;
  switch (reason.kind) {
    case 'not-boolean':
      return t('{0} must be true or false; the default is used.', name);
    case 'not-one-of':
      return t('{0} must be one of {1}; the default is used.', name, reason.allowed.join(', '));
    case 'out-of-range':
      return t('{0} must be a whole number from {1} to {2}; the default is used.', name, reason.min, reason.max);
    case 'not-a-time':
      return t('{0} must be a time as HH:MM on a 24-hour clock; the default is used.', name);
    case 'not-a-list':
      return t('{0} must be a list of texts; it is ignored.', name);
    case 'not-a-path-map':
      return t('{0} must map old folders to new ones; it is ignored.', name);
  }
}
